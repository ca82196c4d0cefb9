"""Pace over time: words a minute in a window that moves along the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.core.speech import Transcript

WINDOW_SECONDS = 15.0
"""Long enough for some thirty words, so that one pause does not look like a change of pace."""
STEP_SECONDS = 3.0
MOST_POINTS = 400
"""Points of a curve; a longer answer takes longer steps, no page shows more."""


@dataclass(frozen=True, slots=True)
class PacePoint:
    """Hold the pace around one moment."""

    at: float
    "Seconds: the middle of the window."
    rate: float
    "Words a minute, pauses included."


def pace_curve(transcript: Transcript) -> tuple[PacePoint, ...]:
    """Measure the pace along an answer; nothing for one shorter than the window.

    The windows lie between the first and the last speech. A word counts in a window with its
    middle; filled pauses are no words.
    """
    middles = [(w.start + w.end) / 2 for w in transcript.words if w.kind == "word"]
    if not transcript.speech or not middles:
        return ()
    first, last = transcript.speech[0].start, transcript.speech[-1].end
    room = last - first - WINDOW_SECONDS
    if room < 0:
        return ()
    steps = min(MOST_POINTS - 1, int(room / STEP_SECONDS))
    starts = (first + room * step / steps for step in range(steps + 1)) if steps else (first,)
    return tuple(_point(start, middles) for start in starts)


def _point(start: float, middles: list[float]) -> PacePoint:
    from bisect import bisect_left

    end = start + WINDOW_SECONDS
    words = bisect_left(middles, end) - bisect_left(middles, start)
    return PacePoint(start + WINDOW_SECONDS / 2, 60 * words / WINDOW_SECONDS)
