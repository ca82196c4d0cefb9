"""The level of sound, frame by frame: what chunks and pauses are found in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.core.speech import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulator.core.speech import Samples

    Levels = NDArray[np.float32]

FRAME = SAMPLE_RATE // 100
"""Samples of one frame: 10 ms, the step of speech analysis since Rabiner & Sambur (1975)."""
FRAME_SECONDS = FRAME / SAMPLE_RATE
FLOOR_DB = -100.0
"""dBFS given to digital silence."""
HANN = np.hanning(2 * FRAME + 1)[:-1]
"""Each frame is seen with half of its neighbours: 20 ms."""
ENERGY = 2 * FRAME * np.square(HANN).sum()
LOWEST_BIN = 3
"""Bins of 50 Hz: rumble and mains hum lie below 150 Hz, the first formant above."""


def frame_levels(samples: Samples) -> Levels:
    """Give the level of each whole frame in dBFS, hum and rumble left out.

    At least ``FLOOR_DB``.
    """
    count = len(samples) // FRAME
    if not count:
        return np.zeros(0, np.float32)
    edge = np.zeros(FRAME // 2, np.float32)  # np.pad takes as long as the levels of a short step
    padded = np.concatenate([edge, samples[: count * FRAME], edge])
    frames = np.lib.stride_tricks.sliding_window_view(padded, 2 * FRAME)[::FRAME]
    levels = [_band_levels(frames[first : first + 1000]) for first in range(0, count, 1000)]
    return np.concatenate(levels)


def _band_levels(frames: NDArray[np.float32]) -> Levels:
    spectrum = np.fft.rfft(frames * HANN, axis=1)[:, LOWEST_BIN:]
    power = 2 * np.square(np.abs(spectrum)).sum(axis=1) / ENERGY
    return np.asarray(10 * np.log10(power + 10 ** (FLOOR_DB / 10)), np.float32)


def smooth(values: Levels, width: int) -> Levels:
    """Give the centred moving mean over ``width`` values; the edges repeat."""
    padded = np.pad(values.astype(np.float64), (width // 2, width - 1 - width // 2), mode="edge")
    total = np.cumsum(np.concatenate([[0.0], padded]))
    return np.asarray((total[width:] - total[:-width]) / width, np.float32)
