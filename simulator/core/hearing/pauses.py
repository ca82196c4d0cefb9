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
NOISE_SPREAD, NOISE_MARGIN_DB = 3.0, 0.5
"""How far above its lower third noise fluctuates, in distances from there to its lowest
twentieth, and decibels."""
UNSURE_MARGIN_DB = 2.0
"""The same where only the lowest levels, too low for all of the noise, tell what it is."""
SHARP_FRAMES, STEADY_FRAMES = 3, 5
"""Over so many frames levels are averaged: few where it is quiet, for sharp edges, more where noise
would blur soft ones."""
CLICK_FRAMES = 3
"""Frames of a sound too short for speech: 30 ms (Moattar & Homayounpour 2009 use as much)."""
GUST_FRAMES = 10
"""Frames of a sound that is too short for a syllable where the detector surely hears nobody."""
SETTLE_FRAMES = 20
"""Frames from the edge of a stretch without speech that still ring with speech."""


def find_silences(levels: Levels, probabilities: NDArray[np.float32]) -> tuple[Span, ...]:
    """Give the silences of at least 0.25 s; all is silence where nobody speaks."""
    if not len(levels):
        return ()
    if not (probabilities >= SURELY_SPEECH).any():
        return spans(np.ones(len(levels), bool), shortest=PAUSE_FRAMES)
    return spans(~_loud(levels, probabilities), shortest=PAUSE_FRAMES)


def _loud(levels: Levels, probabilities: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Say in which frames somebody may speak: as loud as speech can be, and above the noise."""
    speech = float(np.percentile(levels[probabilities >= SURELY_SPEECH], 90))
    steady = smooth(levels, STEADY_FRAMES)
    noise = noise_ceiling(steady, probabilities, speech)
    if noise <= speech - SPEECH_RANGE_DB:
        loud = smooth(levels, SHARP_FRAMES) > speech - SPEECH_RANGE_DB
    else:
        loud = steady > noise
    return loud & ~_chance(loud, probabilities)


def noise_ceiling(levels: Levels, probabilities: NDArray[np.float32], speech: float) -> float:
    """Give the level in dBFS that noise stays below, well below ``speech``."""
    # The lower part of it only: the detector may be deaf to some of the speech.
    noise, margin = levels[_settled(probabilities < SURELY_NONE)], NOISE_MARGIN_DB
    if len(noise) < PAUSE_FRAMES:
        noise, margin = levels[levels <= np.percentile(levels, 10)], UNSURE_MARGIN_DB
    low, quarter = (float(level) for level in np.percentile(noise, [5, 30]))
    if quarter <= FLOOR_DB:
        return FLOOR_DB
    return min(quarter + NOISE_SPREAD * (quarter - low) + margin, (quarter + speech) / 2)


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


def _chance(loud: NDArray[np.bool_], probabilities: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Say which loud frames are clicks, or noise that rises for a moment."""
    chance = np.zeros(len(loud), bool)
    for first, last in runs(loud):
        most = probabilities[first:last].max()
        click = last - first <= CLICK_FRAMES and most < SURELY_SPEECH
        chance[first:last] = click or (last - first <= GUST_FRAMES and most < SURELY_NONE)
    return chance


def _settled(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Shrink each run of true frames at both ends."""
    settled = np.zeros(len(mask), bool)
    for first, last in runs(mask):
        settled[first + SETTLE_FRAMES : max(first + SETTLE_FRAMES, last - SETTLE_FRAMES)] = True
    return settled
