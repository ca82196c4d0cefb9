"""Silent pauses and speech, found in the signal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.core.hearing.frames import FLOOR_DB, FRAME_SECONDS, smooth
from simulator.core.speech import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulator.core.hearing.frames import Levels

PAUSE_FRAMES = 25
"""Frames of the shortest silent pause, 0.25 s (de Jong & Bosker 2013)."""
SURELY_NONE, SURELY_SPEECH = 0.1, 0.5
"""Probabilities of speech that bound noise from below and speech from above."""
SPEECH_RANGE_DB = 40.0
"""Speech lies within so many decibels of its loud parts; what is softer counts as silence."""
NOISE_MARGIN_DB = 2.0
"""What sounds louder than the noise's own fluctuation by this is no longer noise."""
CLICK_FRAMES = 3
"""Frames of a sound too short for speech: 30 ms (Moattar & Homayounpour 2009 use as much)."""
SETTLE_FRAMES = 20
"""Frames from the edge of a stretch without speech that still ring with speech."""


def find_silences(levels: Levels, probabilities: NDArray[np.float32]) -> tuple[Span, ...]:
    """Give the silences of at least 0.25 s; all is silence where nobody speaks."""
    if not len(levels):
        return ()
    if not (probabilities >= SURELY_SPEECH).any():
        return spans(np.ones(len(levels), bool), shortest=PAUSE_FRAMES)
    threshold = silence_threshold(levels, probabilities)
    loud = smooth(levels, 3) > threshold
    loud &= ~_clicks(loud, probabilities)
    return spans(~loud, shortest=PAUSE_FRAMES)


def silence_threshold(levels: Levels, probabilities: NDArray[np.float32]) -> float:
    """Give the level in dBFS below which nobody speaks: above the noise, below speech."""
    loud = float(np.percentile(levels[probabilities >= SURELY_SPEECH], 90))
    # The lower part of it only: the detector may be deaf to some of the speech.
    noise = levels[_settled(probabilities < SURELY_NONE)]
    if len(noise) < PAUSE_FRAMES:
        noise = levels[levels <= np.percentile(levels, 10)]
    low, quarter = (float(level) for level in np.percentile(noise, [5, 30]))
    above = quarter + 2 * (quarter - low) + NOISE_MARGIN_DB
    if quarter <= FLOOR_DB:
        above = FLOOR_DB
    return max(min(above, (quarter + loud) / 2), loud - SPEECH_RANGE_DB)


def spans(mask: NDArray[np.bool_], *, shortest: int) -> tuple[Span, ...]:
    """Give the runs of true frames of at least ``shortest`` frames."""
    return tuple(
        Span(float(start * FRAME_SECONDS), float(end * FRAME_SECONDS))
        for start, end in runs(mask)
        if end - start >= shortest
    )


def runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Give the first and the one-past-last frame of each run of true frames."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]])))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def _clicks(loud: NDArray[np.bool_], probabilities: NDArray[np.float32]) -> NDArray[np.bool_]:
    clicks = np.zeros(len(loud), bool)
    for first, last in runs(loud):
        if last - first <= CLICK_FRAMES and probabilities[first:last].max() < SURELY_SPEECH:
            clicks[first:last] = True
    return clicks


def _settled(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Shrink each run of true frames at both ends."""
    settled = np.zeros(len(mask), bool)
    for first, last in runs(mask):
        settled[first + SETTLE_FRAMES : max(first + SETTLE_FRAMES, last - SETTLE_FRAMES)] = True
    return settled
