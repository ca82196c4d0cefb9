"""Filled pauses (um, uh, er, hmm) and filler phrases (you know, I mean) in an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.core.discourse import RULES, Rule, look_around
from simulator.core.hearing.words import bare
from simulator.core.speech import Certainty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.core.speech import Transcript, Word

FillerKind = Literal["filled_pause", "discourse"]


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


def find_fillers(
    transcript: Transcript, own: tuple[str, ...] = (), ignored: tuple[str, ...] = ()
) -> tuple[Filler, ...]:
    """List the fillers of a transcript in order of time.

    ``own`` holds the user's own phrases, ``ignored`` those not to count. Of overlapping ones the
    first counts.
    """
    words = transcript.words
    texts = tuple(bare(word.text) for word in words)
    left_out = {split(phrase) for phrase in ignored}
    found = [f for f in _filled_pauses(words) if split(f.text) not in left_out]
    taken = {filler.first for filler in found}
    for rule in _rules(own):
        if rule.phrase in left_out:
            continue
        for first, last in places(texts, rule.phrase):
            free = taken.isdisjoint(range(first, last + 1))
            if free and rule.holds(look_around(words, first, last)):
                found.append(_filler(words, first, last, rule.certainty))
                taken.update(range(first, last + 1))
    return tuple(sorted(found, key=lambda filler: filler.first))


def split(phrase: str) -> tuple[str, ...]:
    """Give the bare words of a phrase."""
    return tuple(bare(part) for part in phrase.split())


def places(texts: tuple[str, ...], phrase: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Give the first and last position of each place where a phrase is said."""
    if not phrase:
        return
    for first in range(len(texts) - len(phrase) + 1):
        if texts[first : first + len(phrase)] == phrase:
            yield first, first + len(phrase) - 1


def _rules(own: tuple[str, ...]) -> Iterator[Rule]:
    """Give the rules of the default phrases, then of the user's own."""
    listed = {split(phrase) for phrase in own}
    for rule in RULES:
        if rule.by_default or rule.phrase in listed:
            yield rule
    known = {rule.phrase for rule in RULES}
    for phrase in sorted(listed - known, key=lambda each: (-len(each), each)):
        yield Rule(phrase, lambda place: True)  # noqa: ARG005 - wherever it is said


def _filled_pauses(words: tuple[Word, ...]) -> Iterator[Filler]:
    for i, word in enumerate(words):
        if word.kind == "filled_pause":
            yield Filler(word.text, word.start, word.end, "filled_pause", word.certainty, i, i)


def _filler(words: tuple[Word, ...], first: int, last: int, certainty: Certainty) -> Filler:
    text = " ".join(word.text for word in words[first : last + 1])
    start, end = words[first].start, max(words[first].start, words[last].end)
    return Filler(text, start, end, "discourse", certainty, first, last)
