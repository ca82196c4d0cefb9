"""How a voice sounds: its level against the noise, clipping, and how much its pitch moves.

The pitch is counted in a histogram while the sound comes, so that an answer of any length takes
the same memory. Spreads are in semitones, as melody is heard, not in hertz.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from simulator.core.hearing.frames import Levels
    from simulator.core.hearing.pitch import Pitch

LOWEST_HZ = 70.0
"""Lower edge of the histogram: that of the pitch tracker."""
BIN_SEMITONES = 0.125
BINS = 256
"""32 semitones, from 70 to 444 Hz."""
SURELY_VOICED = 0.8
"""Correlation of a period with the next; creak and octave errors lie below."""
MONOTONE_SEMITONES = 1.0
"""A spread below this is called flat. In semitones men and women are alike (Traunmüller & Eriksson
1995); the threshold is ours: nearly all recordings of `benchmarks/voice.py` spread twice as far."""
ENOUGH_VOICED = 20.0
"""Seconds of voiced sound below which nothing is said about melody."""
CLEAR_DB = 15.0
"""Speech above noise by less makes pitch unsure: nothing is said about melody."""
NOISY_DB = 10.0
"""Speech above noise by less is hard on the recogniser and on a listener."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Hold what an answer's sound was like."""

    speech_db: float
    "Median level of speech, dBFS."
    noise_db: float | None
    "Median level of the silences, dBFS; none where there were none."
    clipped: int
    "Samples at full scale."
    voiced_seconds: float
    pitch_hz: float | None = None
    "Median; none where too little was voiced."
    pitch_spread: float | None = None
    "Semitones: half the range of the middle 68 %, a standard deviation without outliers."

    @property
    def above_noise_db(self) -> float | None:
        """Give how far speech lies above the noise."""
        return None if self.noise_db is None else self.speech_db - self.noise_db

    @property
    def noisy(self) -> bool:
        """Say whether the noise comes close to the voice."""
        return self.above_noise_db is not None and self.above_noise_db < NOISY_DB

    @property
    def monotone(self) -> bool:
        """Say whether the pitch hardly moves; only on strong evidence."""
        if self.pitch_spread is None or self.above_noise_db is None:
            return False
        sure = self.voiced_seconds >= ENOUGH_VOICED and self.above_noise_db >= CLEAR_DB
        return sure and self.pitch_spread < MONOTONE_SEMITONES


def count_pitch(pitch: Pitch) -> NDArray[np.int64]:
    """Count the voiced frames by their pitch, one bin for each eighth of a semitone."""
    import numpy as np  # not before it is needed: this module is imported by all

    heard = pitch.frequency[pitch.strength >= SURELY_VOICED]
    bins = (12 * np.log2(np.maximum(heard, LOWEST_HZ) / LOWEST_HZ) / BIN_SEMITONES).astype(int)
    return np.bincount(np.minimum(bins, BINS - 1), minlength=BINS)


def measure_voice(
    levels: Levels,
    silent: NDArray[np.bool_],
    clipped: int,
    pitches: NDArray[np.int64],
    seconds_a_count: float,
) -> Voice | None:
    """Sum a voice up; ``silent`` marks the frames in silences. None where nobody speaks."""
    import numpy as np  # not before it is needed: this module is imported by all

    if silent.all():
        return None
    noise = levels[silent]
    voiced = float(pitches.sum()) * seconds_a_count
    low, middle, high = (_quantile(pitches, share) for share in (0.16, 0.5, 0.84))
    known = middle is not None and low is not None and high is not None
    return Voice(
        speech_db=float(np.median(levels[~silent])),
        noise_db=float(np.median(noise)) if len(noise) else None,
        clipped=clipped,
        voiced_seconds=voiced,
        pitch_hz=LOWEST_HZ * 2 ** (middle / 12) if middle is not None else None,
        pitch_spread=(high - low) / 2 if known and high is not None and low is not None else None,
    )


def _quantile(counts: NDArray[np.int64], share: float) -> float | None:
    """Give a quantile in semitones above the lowest; none where nothing was counted."""
    import numpy as np  # not before it is needed: this module is imported by all

    total = int(counts.sum())
    if not total:
        return None
    place = int(np.searchsorted(np.cumsum(counts), share * total))
    return (place + 0.5) * BIN_SEMITONES
