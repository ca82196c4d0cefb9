"""Whether what was said is English, as far as a recogniser can tell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.core.hearing.frames import FRAME_SECONDS
from simulator.core.hearing.pauses import SURELY_SPEECH

if TYPE_CHECKING:
    from simulator.core.hearing.chunks import Chunk
    from simulator.core.hearing.words import Heard

UNKNOWN = "und"
"""ISO 639 for a language that cannot be told."""
HARD = -0.7
"""Mean log-probability below which an answer is not taken for English: German, French and Spanish
given to weights that know only English lie below it, clear English far above."""
ENOUGH_SECONDS = 5.0
"""Speech below which nothing is said about its language."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """Sum up how sure the recogniser was, weighted by seconds of speech."""

    seconds: float = 0.0
    "Of speech."
    doubt: float = 0.0
    "Log-probability times seconds."
    others: tuple[tuple[str, float], ...] = ()
    "Languages other than English, each with a stretch of speech in it, in seconds."

    def with_speech(self, seconds: float, heard: Heard) -> Understanding:
        """Add what was heard in so many seconds of speech, as it was first decoded."""
        others = ((heard.language, seconds),) if heard.language else ()
        return replace(
            self,
            seconds=self.seconds + seconds,
            doubt=self.doubt + heard.log_probability * seconds,
            others=self.others + others,
        )

    @property
    def language(self) -> str:
        """Name the language: English unless most of the speech is surely something else."""
        if self.seconds < ENOUGH_SECONDS:
            return "en"
        elsewhere = sum(seconds for _, seconds in self.others)
        if elsewhere > self.seconds / 2:
            return max(self.others, key=lambda other: other[1])[0]
        return UNKNOWN if self.doubt / self.seconds < HARD else "en"


def speech_seconds(chunk: Chunk) -> float:
    """Give the seconds of a chunk that are surely speech."""
    return float(np.count_nonzero(chunk.probabilities >= SURELY_SPEECH)) * FRAME_SECONDS
