"""Filled pauses (um, uh, er, hmm) and discourse fillers (you know, I mean) in an answer.

Which words are fillers, and how surely, follows their shares of true fillers in the
disfluency-tagged Switchboard corpus: you know .97, turn-initial well .93, I mean .90, like .25.
"So", "right", "actually", "basically", "kind of" are hardly ever fillers: a user may list them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.core.hearing.words import bare
from simulator.core.speech import Certainty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.core.speech import Transcript, Word

FillerKind = Literal["filled_pause", "discourse"]

BEFORE_YOU_KNOW = frozenset({
    "do", "did", "does", "if", "as", "let", "would", "should", "could", "don't", "didn't",
    "will", "because", "that", "to", "how", "what", "all", "everything", "anything", "everyone",
    "people", "someone",
})  # fmt: skip
"""After these "you know" is a clause: "do you know", "as you know", "everything you know"."""
AFTER_YOU_KNOW = frozenset({
    "what", "how", "who", "where", "why", "when", "whether", "about", "that", "this", "it",
    "him", "her", "them", "me", "us", "of", "each",
})  # fmt: skip
"""Before these "you know" is a clause: "you know what it costs"."""
BEFORE_I_MEAN = frozenset({
    "what", "that", "do", "if", "as", "when", "which", "mean",
})  # fmt: skip
AFTER_I_MEAN = frozenset({
    "it", "that", "by", "to", "business", "every", "no", "what",
})  # fmt: skip
BEFORE_WELL = frozenset({
    "as", "very", "so", "quite", "pretty", "really", "went", "goes", "go", "worked", "works",
    "did", "do",
})  # fmt: skip
AFTER_WELL = frozenset({
    "done", "known", "paid", "made", "before", "after", "enough", "and",
})  # fmt: skip
LIKE_BEFORE = frozenset({
    "was", "were", "is", "and", "but", "so", "it's",
})  # fmt: skip
"""After these "like" may stand apart: "it was like two in the morning"."""
LIKE_NOT_BEFORE = frozenset({
    "something", "things", "that", "would", "people", "anything",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filler:
    """Hold one filler with its moment."""

    text: str
    start: float
    end: float
    kind: FillerKind
    certainty: Certainty
    first: int
    "Position of its first word."
    last: int
    "Position of its last word."


def find_fillers(transcript: Transcript, own: tuple[str, ...] = ()) -> tuple[Filler, ...]:
    """List the fillers of a transcript in order of time; ``own`` holds the user's own phrases."""
    words = transcript.words
    texts = tuple(bare(word.text) for word in words)
    found = [*_filled_pauses(words), *_discourse(words, texts)]
    taken = {place for filler in found for place in range(filler.first, filler.last + 1)}
    for phrase in own:
        for first, last in places(texts, tuple(bare(part) for part in phrase.split())):
            if taken.isdisjoint(range(first, last + 1)):
                found.append(_filler(words, first, last, "heard"))
                taken.update(range(first, last + 1))
    return tuple(sorted(found, key=lambda filler: filler.first))


def places(texts: tuple[str, ...], phrase: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Give the first and last position of each place where a phrase is said."""
    if not phrase:
        return
    for first in range(len(texts) - len(phrase) + 1):
        if texts[first : first + len(phrase)] == phrase:
            yield first, first + len(phrase) - 1


def _filled_pauses(words: tuple[Word, ...]) -> Iterator[Filler]:
    for i, word in enumerate(words):
        if word.kind == "filled_pause":
            yield Filler(word.text, word.start, word.end, "filled_pause", word.certainty, i, i)


def _discourse(words: tuple[Word, ...], texts: tuple[str, ...]) -> Iterator[Filler]:
    for i, text in enumerate(texts):
        before = texts[i - 1] if i else ""
        pair = texts[i : i + 2]
        after = texts[i + 2] if i + 2 < len(texts) else ""
        if pair == ("you", "know"):
            if before not in BEFORE_YOU_KNOW and after not in AFTER_YOU_KNOW:
                yield _filler(words, i, i + 1, "heard")
        elif pair == ("i", "mean"):
            if before not in BEFORE_I_MEAN and after not in AFTER_I_MEAN:
                yield _filler(words, i, i + 1, "heard")
        elif text == "well" and _opens(words, i, texts):
            yield _filler(words, i, i, "heard")
        elif text == "like" and _is_loose_like(words, i, before):
            yield _filler(words, i, i, "uncertain")


def _opens(words: tuple[Word, ...], i: int, texts: tuple[str, ...]) -> bool:
    after = texts[i + 1] if i + 1 < len(texts) else ""
    if after in AFTER_WELL:
        return False
    opening = i == 0 or words[i - 1].text.endswith((".", "?", "!"))
    if not opening and words[i - 1].kind == "filled_pause":
        opening = i == 1 or words[i - 2].text.endswith((".", "?", "!"))
    return opening and texts[max(0, i - 1)] not in BEFORE_WELL


def _is_loose_like(words: tuple[Word, ...], i: int, before: str) -> bool:
    """Say whether a "like" stands apart: only so much can be told without its melody."""
    if words[i].text.endswith(","):
        return before not in LIKE_NOT_BEFORE
    return before in LIKE_BEFORE or (i > 0 and words[i - 1].text.endswith(","))


def _filler(words: tuple[Word, ...], first: int, last: int, certainty: Certainty) -> Filler:
    text = " ".join(word.text for word in words[first : last + 1])
    start, end = words[first].start, max(words[first].start, words[last].end)
    return Filler(text, start, end, "discourse", certainty, first, last)
