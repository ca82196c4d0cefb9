"""Silent pauses and speech, found in the signal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.core.hearing.frames import FRAME_SECONDS
from simulator.core.speech import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulator.core.hearing.frames import Levels

PAUSE_FRAMES = 25
"""Frames of the shortest silent pause, 0.25 s (de Jong & Bosker 2013)."""


def find_silences(levels: Levels) -> tuple[Span, ...]:
    """Give the silences of at least 0.25 s."""
    if not len(levels):
        return ()
    threshold = silence_threshold(levels)
    return spans(levels < threshold, shortest=PAUSE_FRAMES)


def silence_threshold(levels: Levels) -> float:
    """Give the level in dBFS below which nobody speaks."""
    floor, loud = np.percentile(levels, [5, 95])
    return float(max(floor + min(10.0, (loud - floor) / 2), loud - 40.0))


def spans(mask: NDArray[np.bool_], *, shortest: int) -> tuple[Span, ...]:
    """Give the runs of true frames of at least ``shortest`` frames."""
    edges = np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return tuple(
        Span(float(start * FRAME_SECONDS), float(end * FRAME_SECONDS))
        for start, end in zip(starts, ends, strict=True)
        if end - start >= shortest
    )
