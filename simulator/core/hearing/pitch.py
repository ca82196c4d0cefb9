"""Voicing and fundamental frequency, by normalised autocorrelation (Boersma 1993, simplified)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.core.hearing.frames import FRAME
from simulator.core.speech import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulator.core.speech import Samples

WINDOW = 640
"""Samples of one analysis, 40 ms: three periods of the lowest voice."""
LOWEST_HZ, HIGHEST_HZ = 70, 400
"""Range of speaking voices (Boersma & Weenink's defaults for speech: 75-500)."""
VOICED = 0.5
"""Correlation of a period with the next from which a frame is voiced (Praat: 0.45)."""
OCTAVE_COST = 0.05
"""Of a period and its multiples, which fit as well, the shortest counts (Boersma 1993: 0.01)."""
SIZE = 1024
"""Length of the transform: window and longest lag, so that nothing wraps round."""
HANN = np.hanning(WINDOW)


@dataclass(frozen=True, slots=True)
class Pitch:
    """Hold voicing frame by frame, 10 ms apart."""

    frequency: NDArray[np.float32]
    "Hz; meaningless where unvoiced."
    strength: NDArray[np.float32]
    "Correlation, 0-1."

    @property
    def voiced(self) -> NDArray[np.bool_]:
        """Say which frames are voiced."""
        return self.strength >= VOICED


def track_pitch(samples: Samples, every: int = 1, wanted: NDArray[np.bool_] | None = None) -> Pitch:
    """Track the voice, one value for each whole frame, or for ``every`` so many-th only.

    Of these, only those ``wanted``, if given.
    """
    count = -(-(len(samples) // FRAME) // every)
    if not count:
        return Pitch(np.zeros(0, np.float32), np.zeros(0, np.float32))
    margin = (WINDOW - FRAME) // 2
    padded = np.pad(samples.astype(np.float64), (margin, WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)
    frames = frames[:: FRAME * every][:count]
    if wanted is not None:
        frames, count = frames[wanted], int(np.count_nonzero(wanted))
    frames = (frames - frames.mean(axis=1, keepdims=True)) * HANN
    correlation = _autocorrelate(frames) / _autocorrelate(HANN[None, :])
    shortest, longest = SAMPLE_RATE // HIGHEST_HZ, SAMPLE_RATE // LOWEST_HZ
    lags = correlation[:, shortest : longest + 1]
    power = correlation[:, 0]
    octaves = np.log2(np.arange(shortest, longest + 1) / shortest)
    best = (lags - OCTAVE_COST * octaves * power[:, None]).argmax(axis=1)
    peak = lags[np.arange(count), best]
    strength = np.where(power > 1e-9, peak / np.maximum(power, 1e-9), 0.0)
    periods = best + shortest + _between(lags, best)
    return Pitch(
        (SAMPLE_RATE / periods).astype(np.float32),
        np.clip(strength, 0.0, 1.0).astype(np.float32),
    )


def _between(lags: NDArray[np.float64], best: NDArray[np.intp]) -> NDArray[np.float64]:
    """Give how far the top of the parabola through a peak lies beside it, in samples."""
    rows, inner = np.arange(len(best)), np.clip(best, 1, lags.shape[1] - 2)
    left, top, right = (lags[rows, inner + step] for step in (-1, 0, 1))
    bend = left - 2 * top + right
    peaked = (bend < 0) & (inner == best)
    return np.where(peaked, np.clip((left - right) / (2 * np.where(peaked, bend, 1)), -1, 1), 0.0)


def _autocorrelate(frames: NDArray[np.float64]) -> NDArray[np.float64]:
    spectrum = np.fft.rfft(frames, SIZE, axis=1)
    return np.asarray(np.fft.irfft(np.square(np.abs(spectrum)), SIZE, axis=1)[:, : WINDOW // 2])
