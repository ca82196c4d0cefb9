"""Everything an interview needs of the world, in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from simulator.core.coverage import Coverage
    from simulator.core.scenario import Question
    from simulator.core.speech import Transcript
    from simulator.core.style import Style
    from simulator.interview.moments import Keys, Stage
    from simulator.ports import Archive, Microphone, Speaker, SpeechDetector, Transcriber, Voice


class AnswerJudge(Protocol):
    """Judge an answer as soon as it is transcribed."""

    def __call__(self, transcript: Transcript, question: Question) -> Coverage | None:
        """Judge one answer; none when that cannot be done."""
        ...


class ReadAhead(Protocol):
    """Let a judge read what was said so far, so that little is left at the end."""

    def __call__(self, words: tuple[str, ...], question: Question) -> object:
        """Read the words so far; without any, get ready."""
        ...


@dataclass(frozen=True, slots=True)
class Room:
    """Hold the parts of an interview."""

    voice: Voice
    speaker: Speaker | None
    "None: the voice is synthesised, but cannot be heard."
    ear: Callable[[Question], Microphone]
    "The microphone for a question: the same one each time, or a file an answer."
    detector: Callable[[], SpeechDetector]
    "A fresh detector for each take."
    archive: Archive
    stage: Stage
    keys: Keys
    transcriber: Transcriber | None = None
    "None: nothing is decoded while the candidate speaks."
    judge: AnswerJudge = lambda transcript, question: None  # noqa: ARG005
    "Gives none when the rubric cannot be judged."
    read_ahead: ReadAhead = lambda words, question: None  # noqa: ARG005
    give_way: Callable[[], object] = lambda: None
    "Called by the thread that understands an answer: whatever records goes before it."
    microphones: Callable[[], tuple[str, ...]] = tuple
    "Names of the microphones there are, looked for anew when one is lost."
    choose_microphone: Callable[[str], None] = lambda name: None  # noqa: ARG005
    "Hear through another microphone from now on, empty for the same. Raises DeviceError."
    clock: Callable[[], float] = monotonic
    "Seconds; never set back."


@dataclass(frozen=True, slots=True)
class Manner:
    """Hold how an interview is conducted."""

    style: Style
    silence_limit: float | None = 4.0
    "Seconds of silence that end an answer."
    time_limit_factor: float = 2.0
    "Times the longest target length: from there on no interviewer would listen."
    think: bool = True
    "Give the thinking time that a question names."
    follow_ups: int = 0
    "Most follow-up questions to one question."
    retakes: bool = True
    "Let an answer be paused and taken again: no interviewer would."
