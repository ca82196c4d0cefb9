"""One line a session and one line an answer: what lists and histories are made of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.core.analysis import AnswerReport, SessionReport
    from simulator.core.coverage import Status
    from simulator.core.session import Session


@dataclass(frozen=True, slots=True)
class SessionLine:
    """Hold one session in a list."""

    id: str
    created: str
    "ISO 8601 time, UTC."
    scenario_id: str = ""
    title: str = ""
    questions: int = 0
    answered: int = 0
    seconds: float = 0.0
    "Length of the answers that count."
    finished: bool = False
    source: str = ""
    coverage: float | None = None
    "Mean weighted coverage, 0-1; none when it was not measured."
    fault: str = ""
    "Why it cannot be opened; empty when it can."


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """Hold the measures of one answer."""

    session_id: str
    created: str
    "Of the session; ISO 8601 time, UTC."
    scenario_id: str
    question_id: str
    model: str
    duration: float
    words: int
    speech_rate: float
    articulation_rate: float
    pauses: int
    long_pauses: int
    longest_pause: float
    fillers_per_minute: float
    coverage: float | None
    response_latency: float | None
    prompt: str = ""
    "The question as it was asked."


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """Say whether one criterion was heard in one answer; the candidate's correction counts."""

    session_id: str
    question_id: str
    criterion_id: str
    name: str
    status: Status


@dataclass(frozen=True, slots=True)
class PhraseLine:
    """Count one filler in one answer."""

    session_id: str
    question_id: str
    kind: str
    phrase: str
    "In lower case, without punctuation."
    count: int


def session_line(session: Session, report: SessionReport | None) -> SessionLine:
    """Sum a session up."""
    from simulator.core.advice.evidence import mean_heard  # loads what lists need not

    answered = session.answered()
    return SessionLine(
        id=session.id,
        created=session.created,
        scenario_id=session.scenario.id,
        title=session.scenario.title,
        questions=len(session.scenario.questions),
        answered=len(answered),
        seconds=sum(take.duration for _, take in answered),
        finished=session.finished,
        source=session.source,
        coverage=None if report is None else mean_heard(report),
    )


def answer_line(session: Session, report: SessionReport, answer: AnswerReport) -> AnswerLine:
    """Sum an answer's measures up."""
    from simulator.core.advice.evidence import share_heard

    pacing = answer.pacing
    return AnswerLine(
        session_id=session.id,
        created=session.created,
        scenario_id=session.scenario.id,
        question_id=answer.question.id,
        model=report.model,
        duration=pacing.duration,
        words=pacing.words,
        speech_rate=pacing.speech_rate,
        articulation_rate=pacing.articulation_rate,
        pauses=pacing.pauses,
        long_pauses=pacing.long_pauses,
        longest_pause=pacing.longest_pause,
        fillers_per_minute=answer.fillers_per_minute,
        coverage=share_heard(session, answer),
        response_latency=answer.response_latency,
        prompt=answer.question.prompt,
    )


def criterion_lines(session: Session, answer: AnswerReport) -> tuple[CriterionLine, ...]:
    """List the criteria of an answer, as corrected by the candidate."""
    if answer.coverage is None:
        return ()
    corrected = {
        rating.criterion_id: rating.status
        for rating in session.corrections
        if rating.question_id == answer.question.id
    }
    return tuple(
        CriterionLine(
            session.id,
            answer.question.id,
            finding.id,
            finding.name,
            corrected.get(finding.id, finding.status),
        )
        for finding in answer.coverage.criteria
    )


def phrase_lines(session: Session, answer: AnswerReport) -> tuple[PhraseLine, ...]:
    """Count the fillers of an answer, uncertain ones left out."""
    counts = Counter(
        (filler.kind, filler.text.lower().strip(" .,;:!?-…"))
        for filler in answer.fillers
        if filler.certainty != "uncertain"
    )
    return tuple(
        PhraseLine(session.id, answer.question.id, kind, phrase, count)
        for (kind, phrase), count in sorted(counts.items())
    )
