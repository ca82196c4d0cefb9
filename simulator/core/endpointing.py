"""When is an answer over? After a silence that follows some speech, or at the time limit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

SPEECH_PROBABILITY = 0.5
"""From here a window counts as speech: the detector's own default."""
ENOUGH_SPEECH_SECONDS = 1.0
"""Before so much speech no silence ends an answer: the candidate is still thinking."""
SHORTEST_SILENCE_SECONDS = 3.0
"""People think in mid-answer: a shorter silence would cut them off."""


@dataclass(frozen=True, slots=True)
class Endpointing:
    """Follow an answer as it is spoken."""

    silence_limit: float | None
    "Seconds of silence that end the answer; none when only a key or the time limit does."
    time_limit: float
    "Seconds."
    elapsed: float = 0.0
    speech: float = 0.0
    "Seconds of speech so far."
    silence: float = 0.0
    "Seconds since the last speech."

    def __post_init__(self) -> None:
        if self.silence_limit is not None and self.silence_limit < SHORTEST_SILENCE_SECONDS:
            raise ValueError(f"a silence limit lasts at least {SHORTEST_SILENCE_SECONDS:g} s")

    def hear(self, seconds: float, *, speaking: bool) -> Endpointing:
        """Move on by a stretch of sound."""
        return replace(
            self,
            elapsed=self.elapsed + seconds,
            speech=self.speech + seconds if speaking else self.speech,
            silence=0.0 if speaking else self.silence + seconds,
        )

    @property
    def verdict(self) -> Literal["silence", "time limit"] | None:
        """Say why the answer is over; none while it goes on."""
        if self.elapsed >= self.time_limit:
            return "time limit"
        limit = self.silence_limit
        if limit is not None and self.speech >= ENOUGH_SPEECH_SECONDS and self.silence >= limit:
            return "silence"
        return None
