"""Where an answer runs and where it drags: its fastest and slowest stretch, and its long pauses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.core.pace_curve import WINDOW_SECONDS
from simulator.core.pacing import LONG_PAUSE_SECONDS, inner_pauses
from simulator.core.speech import Span

if TYPE_CHECKING:
    from simulator.core.speech import Transcript

STEP_SECONDS = 1.0
LEAST_PHONATION = 5.0
"""Seconds of speech without which a window says nothing about how fast the words come."""
WORDS_BEFORE = 6
"""Words shown before a pause: enough to find the place again."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hold a window of 15 s and how fast the words come in it."""

    start: float
    end: float
    articulation_rate: float
    "Words a minute, silent pauses left out."


@dataclass(frozen=True, slots=True)
class LongPause:
    """Hold a long pause with what was said before it."""

    start: float
    end: float
    before: str
    "The last words before it."


def extremes(transcript: Transcript) -> tuple[Stretch, Stretch] | None:
    """Give the fastest and the slowest stretch; none where two don't fit beside each other."""
    stretches = _stretches(transcript)
    if not stretches:
        return None
    fastest = max(stretches, key=lambda stretch: stretch.articulation_rate)
    apart = [s for s in stretches if s.end <= fastest.start or s.start >= fastest.end]
    if not apart:
        return None
    return fastest, min(apart, key=lambda stretch: stretch.articulation_rate)


def long_pauses(transcript: Transcript) -> tuple[LongPause, ...]:
    """List the pauses of at least 2 s between the first and the last speech."""
    return tuple(
        LongPause(pause.start, pause.end, _before(transcript, pause))
        for pause in inner_pauses(transcript)
        if pause.duration >= LONG_PAUSE_SECONDS
    )


def _stretches(transcript: Transcript) -> list[Stretch]:
    if not transcript.speech:
        return []
    first, last = transcript.speech[0].start, transcript.speech[-1].end
    steps = int((last - first - WINDOW_SECONDS) / STEP_SECONDS)
    middles = [(w.start + w.end) / 2 for w in transcript.words if w.kind == "word"]
    windows = (
        Span(first + step * STEP_SECONDS, first + step * STEP_SECONDS + WINDOW_SECONDS)
        for step in range(steps + 1)
    )
    found = (_stretch(window, middles, transcript) for window in windows)
    return [stretch for stretch in found if stretch is not None]


def _stretch(window: Span, middles: list[float], transcript: Transcript) -> Stretch | None:
    from bisect import bisect_left

    silent = sum(window.overlap(pause) for pause in _near(window, transcript.pauses))
    phonation = window.duration - silent
    words = bisect_left(middles, window.end) - bisect_left(middles, window.start)
    if phonation < LEAST_PHONATION:
        return None
    return Stretch(window.start, window.end, 60 * words / phonation)


def _near(window: Span, pauses: tuple[Span, ...]) -> tuple[Span, ...]:
    """Give the pauses that may overlap: an hour has thousands of pauses and of windows."""
    from bisect import bisect_left, bisect_right

    first = bisect_left(pauses, window.start, key=lambda pause: pause.end)
    last = bisect_right(pauses, window.end, key=lambda pause: pause.start)
    return pauses[first:last]


def _before(transcript: Transcript, pause: Span) -> str:
    middle = (pause.start + pause.end) / 2
    said = [word.text for word in transcript.words if (word.start + word.end) / 2 <= middle]
    return " ".join(said[-WORDS_BEFORE:])
