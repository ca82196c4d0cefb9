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


def frame_levels(samples: Samples) -> Levels:
    """Give the level of each whole frame in dBFS, at least ``FLOOR_DB``."""
    whole = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    centred = whole - whole.mean(axis=1, keepdims=True)
    power = np.mean(np.square(centred, dtype=np.float64), axis=1)
    return np.asarray(10 * np.log10(power + 10 ** (FLOOR_DB / 10)), np.float32)


def smooth(values: Levels, width: int) -> Levels:
    """Give the centred moving mean over ``width`` values; the edges repeat."""
    padded = np.pad(values.astype(np.float64), (width // 2, width - 1 - width // 2), mode="edge")
    total = np.cumsum(np.concatenate([[0.0], padded]))
    return np.asarray((total[width:] - total[:-width]) / width, np.float32)
