"""A recorded session: the questions asked and every take of every answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from simulator.core.scenario import Question, Scenario

SCHEMA = 1
"""Version of session.json; raised when an older reader could misunderstand a newer file."""

TakeEnd = Literal[
    "recording", "key", "silence", "time limit", "end of file", "skipped",
    "finished early", "interrupted", "device lost", "recovered",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Take:
    """Hold one recorded attempt at one question."""

    question_id: str
    number: int
    "1 for the first take of the question."
    audio: str
    "File name inside the session folder."
    ended_by: TakeEnd
    duration: float = 0.0
    "Seconds of audio."
    answer_offset: float | None = None
    "Seconds from the end of the spoken question to the first sample; none when not spoken."
    follow_up_of: str | None = None
    "Id of the criterion whose follow-up question this answers."
    started: str = ""
    "ISO 8601 time, UTC."

    @property
    def stands(self) -> bool:
        """Say whether the take holds an answer: something was recorded, and it was not skipped."""
        return self.duration > 0 and self.ended_by != "skipped"


@dataclass(frozen=True, slots=True)
class Rating:
    """Hold the candidate's own rating of one criterion, given before the report."""

    question_id: str
    criterion_id: str
    status: Literal["covered", "maybe", "missing"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold what was in force when the session was recorded."""

    voice: str = ""
    rate: int = 0
    "Words a minute; 0 is the voice's own."
    style: str = "neutral"
    silence_seconds: float | None = 4.0
    "Silence that ends an answer; none when off."
    model: str = "tiny.en"


@dataclass(frozen=True, slots=True)
class Session:
    """Hold one sitting."""

    id: str
    created: str
    "ISO 8601 time, UTC."
    scenario: Scenario
    takes: tuple[Take, ...] = ()
    settings: Settings = Settings()
    finished: bool = False
    source: Literal["microphone", "files"] = "microphone"
    ratings: tuple[Rating, ...] = ()
    "The candidate's own, before the report."
    corrections: tuple[Rating, ...] = ()
    "The candidate's word against the judge's."
    versions: tuple[tuple[str, str], ...] = ()
    "Name and version of what recorded it."
    audio_deleted: str = ""
    "ISO 8601 time, UTC, at which the recordings were deleted by age; empty while they are kept."
    schema: int = SCHEMA

    def takes_of(self, question_id: str) -> tuple[Take, ...]:
        """List the takes of one question, oldest first."""
        return tuple(take for take in self.takes if take.question_id == question_id)

    def answer_to(self, question_id: str) -> Take | None:
        """Give the take that counts: the last one that stands, follow-ups left out."""
        takes = [t for t in self.takes_of(question_id) if t.follow_up_of is None and t.stands]
        return takes[-1] if takes else None

    def follow_ups_to(self, question_id: str) -> tuple[Take, ...]:
        """List the answers to follow-up questions, the last take of each."""
        latest = {
            t.follow_up_of: t
            for t in self.takes_of(question_id)
            if t.follow_up_of is not None and t.stands
        }
        return tuple(latest.values())

    def answered(self) -> tuple[tuple[Question, Take], ...]:
        """Pair each answered question with the take that counts, in the order of the scenario."""
        pairs = ((question, self.answer_to(question.id)) for question in self.scenario.questions)
        return tuple((question, take) for question, take in pairs if take is not None)

    def with_take(self, take: Take) -> Session:
        """Add a take, or replace the one that lies in the same file."""
        kept = tuple(t for t in self.takes if t.audio != take.audio)
        return replace(self, takes=(*kept, take))
