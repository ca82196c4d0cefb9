"""What the use cases need of the world: Protocols of one to three methods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from simulator.core.coverage import Coverage
    from simulator.core.scenario import Question
    from simulator.core.session import Session, Take
    from simulator.core.speech import Audio, Samples, Transcript, Word


class Voice(Protocol):
    """Turn text into sound."""

    def synthesise(self, text: str) -> Audio:
        """Speak into memory. Raises VoiceError."""
        ...


class Playback(Protocol):
    """Sound on its way to the listener."""

    @property
    def position(self) -> float:
        """Give the seconds of sound played so far."""
        ...

    def wait(self, seconds: float) -> bool:
        """Wait at most so long; say whether it has ended. Raises DeviceError."""
        ...

    def stop(self) -> None:
        """Fall silent at once; harmless when it has ended."""
        ...


class SpeechDetector(Protocol):
    """Tell speech from silence as the sound comes in."""

    def feed(self, samples: Samples) -> Iterable[float]:
        """Give the probability of speech, 0-1, of each window of 512 samples that is now full."""
        ...


class Speaker(Protocol):
    """Play sound to the listener."""

    def play(self, audio: Audio) -> Playback:
        """Begin to play. Raises DeviceError."""
        ...


class Microphone(Protocol):
    """Hear the candidate: blocks of mono float32 at ``SAMPLE_RATE``, in order, none lost unsaid."""

    def listen(self) -> AbstractContextManager[Iterator[Samples]]:
        """Open the ear; the iterator ends when the sound does. Raises DeviceError, also midway."""
        ...


class Transcription(Protocol):
    """One answer on its way to a transcript."""

    def feed(self, samples: Samples) -> None:
        """Take the next samples: mono float32 at ``SAMPLE_RATE``, any number."""
        ...

    @property
    def words(self) -> tuple[Word, ...]:
        """Give the words decoded so far; the last of them may still change."""
        ...

    def finish(self) -> Transcript:
        """Decode what is left. Raises TranscriptionError."""
        ...


class Transcriber(Protocol):
    """Hear what was said. The same samples give the same transcript, however they are cut."""

    @property
    def model(self) -> str:
        """Name the weights."""
        ...

    def start(self) -> Transcription:
        """Begin an answer. Raises ModelUnavailable."""
        ...


class Judge(Protocol):
    """Decide which criteria an answer shows."""

    def judge(self, words: tuple[str, ...], question: Question) -> Coverage:
        """Judge an answer's words against a rubric; quotes index ``words``. Raises JudgeError."""
        ...


class SentenceEncoder(Protocol):
    """Place sentences so that like meanings lie near."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give one row of length 1 for each text. Raises JudgeError."""
        ...


class Entailment(Protocol):
    """Say whether a stretch of speech shows what a hypothesis says."""

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Give entailed, neutral, contradicted for each (premise, hypothesis)."""
        ...


class TakeWriter(Protocol):
    """The file of a take while it is spoken."""

    def write(self, samples: Samples) -> None:
        """Append samples; at most 0.5 s are at risk. Raises SessionError."""
        ...

    def close(self) -> float:
        """Finish the file; give its seconds."""
        ...


class Archive(Protocol):
    """Keep sessions."""

    def save(self, session: Session) -> None:
        """Write the session's description, whole or not at all. Raises SessionError."""
        ...

    def record(self, session: Session, take: Take) -> TakeWriter:
        """Open a take's file for writing. Raises SessionError."""
        ...

    def audio(self, session: Session, take: Take) -> Iterable[Samples]:
        """Read a take's sound, block by block, at ``SAMPLE_RATE``. Raises SessionError."""
        ...

    def folder(self, session: Session) -> Path:
        """Say where the session lies."""
        ...
