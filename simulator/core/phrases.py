"""Hedges, crutch phrases, and what a candidate says again and again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.core.discourse import KINDS, look_around
from simulator.core.fillers import places
from simulator.core.hearing.words import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulator.core.speech import Transcript

HEDGES = (
    "i think maybe", "i guess", "i suppose", "sort of", "kind of", "more or less", "i'm not sure",
    "i'm not really sure", "probably maybe", "or something", "or whatever", "i would say",
    "i'd say", "i feel like", "maybe i", "i don't know if",
)  # fmt: skip
PLAIN_AFTER = {
    "i would say": frozenset({"to", "sorry", "no", "yes", "thank", "hello", "nothing"}),
    "i'd say": frozenset({"to", "sorry", "no", "yes", "thank", "hello", "nothing"}),
    "or something": frozenset({"else", "new", "stronger", "better", "different", "that"}),
    "or whatever": frozenset({"the", "you", "they", "we", "he", "she", "it", "is", "was"}),
    "more or less": frozenset({"sugar", "money", "time", "work", "people", "of"}),
}
"""Before these the words mean what they say: "or something new"."""
PLAIN_BEFORE = {
    "kind of": KINDS,
    "sort of": KINDS,
    "i would say": frozenset({"what", "which", "and", "then"}),
    "i'd say": frozenset({"what", "which", "and", "then"}),
}
"""After these, too: "what kind of"."""
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


def find_hedges(transcript: Transcript) -> tuple[Phrase, ...]:
    """List the hedges, in order of time; of overlapping ones the longest."""
    return tuple(
        _outer(hedge for hedge in find_phrases(transcript, HEDGES) if _is_loose(transcript, hedge))
    )


def find_crutches(transcript: Transcript) -> tuple[Phrase, ...]:
    """List the crutch phrases, in order of time."""
    return find_phrases(transcript, CRUTCHES)


def find_phrases(transcript: Transcript, listed: tuple[str, ...]) -> tuple[Phrase, ...]:
    """List where any of the phrases is said, in order of time."""
    words = transcript.words
    texts = tuple(bare(word.text) for word in words)
    found = [
        Phrase(phrase, words[a].start, max(words[a].start, words[b].end), a, b)
        for phrase in listed
        for a, b in places(texts, tuple(phrase.split()))
    ]
    return tuple(sorted(found, key=lambda phrase: (phrase.first, -phrase.last)))


def _is_loose(transcript: Transcript, hedge: Phrase) -> bool:
    place = look_around(transcript.words, hedge.first, hedge.last)
    if place.before in PLAIN_BEFORE.get(hedge.text, ()) and not place.parted:
        return False
    return place.closed or place.after not in PLAIN_AFTER.get(hedge.text, ())


def _outer(hedges: Iterable[Phrase]) -> Iterator[Phrase]:
    """Leave out what begins inside the one before."""
    end = -1
    for hedge in hedges:
        if hedge.first > end:
            yield hedge
            end = hedge.last


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
