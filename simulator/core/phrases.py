"""Hedges, crutch phrases, and what a candidate says again and again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.core.fillers import places
from simulator.core.hearing.words import bare

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.core.speech import Transcript

HEDGES = (
    "i think maybe", "i guess", "i suppose", "sort of", "kind of", "more or less", "i'm not sure",
    "probably maybe", "or something", "or whatever", "a little bit", "i would say", "i feel like",
)  # fmt: skip
CRUTCHES = (
    "to be honest", "to be fair", "at the end of the day", "at this point in time", "as i said",
    "like i said", "the thing is", "if that makes sense", "and stuff like that", "needless to say",
    "in terms of", "and so on", "and so forth", "truth be told", "when all is said and done",
)  # fmt: skip
COMMON = frozenset({
    "the", "a", "an", "and", "or", "but", "of", "to", "in", "on", "at", "for", "with", "from",
    "by", "i", "you", "he", "she", "it", "we", "they", "my", "your", "his", "her", "our",
    "their", "this", "that", "is", "was", "were", "be", "been", "are", "am", "had", "have",
    "has", "do", "did", "as", "so", "not",
})  # fmt: skip
"""Words that say nothing by themselves."""
SHORTEST, LONGEST = 2, 4
"""Words of a phrase."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Hold a hedge or crutch phrase with its moment."""

    text: str
    start: float
    end: float
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Habit:
    """Hold a phrase said several times."""

    text: str
    times: int


def find_phrases(transcript: Transcript, listed: tuple[str, ...]) -> tuple[Phrase, ...]:
    """List where any of the phrases is said, in order of time."""
    words = transcript.words
    texts = tuple(bare(word.text) for word in words)
    found = [
        Phrase(phrase, words[a].start, max(words[a].start, words[b].end), a, b)
        for phrase in listed
        for a, b in places(texts, tuple(phrase.split()))
    ]
    return tuple(sorted(found, key=lambda phrase: phrase.first))


def find_habits(transcripts: Iterable[Transcript], least: int = 3) -> tuple[Habit, ...]:
    """List the phrases of 2-4 words said at least so often, the most frequent first.

    A phrase inside a longer one that is said as often is left out.
    """
    counts: Counter[tuple[str, ...]] = Counter()
    for transcript in transcripts:
        texts = [bare(word.text) for word in transcript.words if word.kind == "word"]
        for size in range(SHORTEST, LONGEST + 1):
            starts = range(len(texts) - size + 1)
            counts.update(tuple(texts[i : i + size]) for i in starts)
    often = {p: n for p, n in counts.items() if n >= least and not COMMON.issuperset(p)}
    kept = [(p, n) for p, n in often.items() if not _inside_another(p, n, often)]
    ranked = sorted(kept, key=lambda item: (-item[1], -len(item[0]), item[0]))
    return tuple(Habit(" ".join(phrase), times) for phrase, times in ranked)


def _inside_another(phrase: tuple[str, ...], times: int, often: dict[tuple[str, ...], int]) -> bool:
    return any(
        len(other) > len(phrase)
        and count >= times
        and any(other[i : i + len(phrase)] == phrase for i in range(len(other)))
        for other, count in often.items()
    )
