"""How loud the microphone is, and whether it can be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from simulator.core.speech import Samples

FLOOR_DB = -96.0
"""dBFS of digital silence: one bit of 16."""
QUIET_DB = -45.0
"""Speech peaking below -45 dBFS drowns in the noise of common sound cards."""
CLIPPED = 0.999
"""Share of full scale from which a sample counts as clipped."""

Verdict = Literal["good", "quiet", "loud", "no speech", "no sound"]


@dataclass(frozen=True, slots=True)
class SoundCheck:
    """Say what a few seconds of the microphone were like."""

    peak_db: float
    "Loudest block, dBFS (root mean square)."
    speech: float
    "Seconds of speech heard."
    clipped: int
    "Samples at full scale."
    verdict: Verdict


def level_db(samples: Samples) -> float:
    """Give the root-mean-square level in dBFS, at least ``FLOOR_DB``."""
    import numpy as np

    if not len(samples):
        return FLOOR_DB
    rms = float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))
    return max(FLOOR_DB, 20 * float(np.log10(rms))) if rms > 0 else FLOOR_DB


def judge_sound(peak_db: float, speech: float, clipped: int, *, zeros: bool) -> SoundCheck:
    """Turn what was heard in a sound check into a verdict."""
    verdict: Verdict = "good"
    if zeros:
        verdict = "no sound"
    elif not speech:
        verdict = "no speech"
    elif clipped:
        verdict = "loud"
    elif peak_db < QUIET_DB:
        verdict = "quiet"
    return SoundCheck(peak_db, speech, clipped, verdict)
