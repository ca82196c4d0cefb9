"""What was heard: spans of time, words, and the transcript of one answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.core.voice import Voice

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

SAMPLE_RATE = 16_000
"""Hz. The rate of every analysis; Whisper and Silero both expect it."""

WordKind = Literal["word", "filled_pause"]
Certainty = Literal["heard", "suspected", "uncertain"]
"""How sure a finding is: heard by the recogniser and borne out by the sound, suspected from the
sound alone, or uncertain (the two disagree)."""


@dataclass(frozen=True, slots=True)
class Span:
    """Mark a stretch of time."""

    start: float
    "Seconds from the start of the answer."
    end: float
    "Seconds; never before ``start``."

    def __post_init__(self) -> None:
        if not self.start <= self.end:
            raise ValueError(f"a span ends before it starts: {self.start} to {self.end}")

    @property
    def duration(self) -> float:
        """Give the length in seconds."""
        return self.end - self.start

    def overlap(self, other: Span) -> float:
        """Give the seconds shared with another span, 0 when apart."""
        return max(0.0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True)
class Audio:
    """Hold mono sound."""

    samples: Samples
    "float32, shape (n,), in [-1, 1]."
    sample_rate: int
    "Hz."

    @property
    def duration(self) -> float:
        """Give the length in seconds."""
        return len(self.samples) / self.sample_rate


@dataclass(frozen=True, slots=True)
class Word:
    """Hold one word, or one filled pause (um, uh, er, hmm), as it was said."""

    text: str
    "Verbatim, with the recogniser's punctuation, without spaces around it."
    start: float
    end: float
    kind: WordKind = "word"
    certainty: Certainty = "heard"

    @property
    def span(self) -> Span:
        """Give the word's place in time."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Transcript:
    """Hold what one answer sounded like: words and filled pauses in order, and the silences."""

    words: tuple[Word, ...]
    "In order of time, filled pauses included."
    pauses: tuple[Span, ...]
    "Silent pauses of at least 0.25 s, found in the signal, leading and trailing silence included."
    speech: tuple[Span, ...]
    "Where somebody speaks, found in the signal."
    duration: float
    "Seconds of audio."
    language: str = "en"
    notes: tuple[str, ...] = ()
    "What the hearer should know: 'silent', 'no speech', 'clipped', 'noisy', 'truncated file'."
    voice: Voice | None = None
    "Level, noise and pitch; none where nobody speaks or it was not measured."

    @property
    def text(self) -> str:
        """Join all words as they were said."""
        return " ".join(word.text for word in self.words)
