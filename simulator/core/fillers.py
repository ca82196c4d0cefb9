"""Filled pauses (um, uh, er, hmm) and discourse fillers (you know, I mean) in an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.core.speech import Certainty

if TYPE_CHECKING:
    from simulator.core.speech import Transcript

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


def find_fillers(transcript: Transcript) -> tuple[Filler, ...]:
    """List the fillers of a transcript in order of time."""
    return tuple(
        Filler(word.text, word.start, word.end, "filled_pause", word.certainty, i, i)
        for i, word in enumerate(transcript.words)
        if word.kind == "filled_pause"
    )
