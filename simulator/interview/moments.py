"""What a candidate may see and do at each moment of an interview."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from simulator.core.levels import SoundCheck
from simulator.core.scenario import Question
from simulator.core.session import Session, Take

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


class Command(Enum):
    """Name what a key does."""

    END = "\n"
    REPEAT = "r"
    RETAKE = "t"
    PAUSE = "p"
    SKIP = "s"
    FINISH = "q"


@dataclass(frozen=True, slots=True)
class Checking:
    """The sound check goes on."""

    level_db: float
    speech: float


@dataclass(frozen=True, slots=True)
class Checked:
    """The sound check is over."""

    result: SoundCheck


@dataclass(frozen=True, slots=True)
class Says:
    """The interviewer says something beside the questions."""

    text: str


@dataclass(frozen=True, slots=True)
class Asking:
    """The interviewer asks a question; its text is on screen too."""

    question: Question
    number: int
    total: int
    text: str
    follow_up: bool = False


@dataclass(frozen=True, slots=True)
class Thinking:
    """The candidate may think."""

    question: Question
    left: float
    "Seconds."


@dataclass(frozen=True, slots=True)
class Listening:
    """The answer is being recorded."""

    question: Question
    take: Take
    elapsed: float
    "Seconds of answer."
    level_db: float
    silence: float
    "Seconds since the last speech, once there was some."
    silence_limit: float | None
    time_limit: float
    paused: bool = False
    retakes: bool = True
    "It may be paused and taken again."


@dataclass(frozen=True, slots=True)
class Answered:
    """A take has ended."""

    question: Question
    take: Take


@dataclass(frozen=True, slots=True)
class Notice:
    """Something went wrong, or differs from what was asked for, and the interview goes on."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The interview is over."""

    session: Session


Moment = Checking | Checked | Says | Asking | Thinking | Listening | Answered | Notice | Finished


class Stage(Protocol):
    """Where the candidate looks."""

    def show(self, moment: Moment) -> None:
        """Show a moment; called often while listening."""
        ...

    def ask(self, question: str, choices: tuple[str, ...]) -> str:
        """Let the candidate choose; the first choice is the default."""
        ...


class Keys(Protocol):
    """What the candidate presses."""

    def get(self, seconds: float) -> str | None:
        """Wait at most so long for a key."""
        ...

    def open(self) -> AbstractContextManager[None]:
        """Read single keys while this is in force."""
        ...


def pressed(keys: Keys, seconds: float) -> Command | None:
    """Wait at most so long for a command; other keys are ignored."""
    key = keys.get(seconds)
    return Command(key) if key in {command.value for command in Command} else None
