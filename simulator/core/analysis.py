"""One answer, and one session, measured: pure functions from what was heard to a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.core.coverage import Coverage
from simulator.core.fillers import Filler, find_fillers
from simulator.core.pacing import Pacing, measure_pacing
from simulator.core.scenario import Question
from simulator.core.session import Session, Take
from simulator.core.speech import Transcript

if TYPE_CHECKING:
    from collections.abc import Iterable

ANALYSER = 1
"""Version of the measures; raised when the same recording would be measured differently."""


@dataclass(frozen=True, slots=True)
class AnswerReport:
    """Hold everything that was measured about one take of one answer."""

    question: Question
    take: Take
    transcript: Transcript
    pacing: Pacing
    fillers: tuple[Filler, ...]
    coverage: Coverage | None
    "None when the rubric could not be judged; ``notes`` says why."
    response_latency: float | None
    "Seconds from the end of the question to the first speech; none when either is unknown."
    notes: tuple[str, ...] = ()

    @property
    def fillers_per_minute(self) -> float:
        """Give the filled pauses and certain discourse fillers a minute of speaking time."""
        counted = sum(1 for filler in self.fillers if filler.certainty != "uncertain")
        minutes = self.pacing.speaking_time / 60
        return counted / minutes if minutes else 0.0


@dataclass(frozen=True, slots=True)
class SessionReport:
    """Hold the reports of all answers of a session, in the order of the questions."""

    session: Session
    answers: tuple[AnswerReport, ...]
    model: str
    "Name of the recogniser's weights."
    notes: tuple[str, ...] = ()
    analyser: int = ANALYSER

    @property
    def weighted_coverage(self) -> float | None:
        """Give the mean weighted coverage of the judged answers, 0-1; none when none was judged."""
        judged = [a.coverage.weighted for a in self.answers if a.coverage is not None]
        return sum(judged) / len(judged) if judged else None


def analyse_answer(
    question: Question,
    take: Take,
    transcript: Transcript,
    coverage: Coverage | None,
    notes: Iterable[str] = (),
) -> AnswerReport:
    """Measure one take."""
    return AnswerReport(
        question=question,
        take=take,
        transcript=transcript,
        pacing=measure_pacing(transcript),
        fillers=find_fillers(transcript),
        coverage=coverage,
        response_latency=_latency(take, transcript),
        notes=(*transcript.notes, *notes),
    )


def _latency(take: Take, transcript: Transcript) -> float | None:
    if take.answer_offset is None or not transcript.speech:
        return None
    return take.answer_offset + transcript.speech[0].start
