"""What the rules look at: an answer's length, its criteria, its flags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.core.advice.points import Moment
from simulator.core.findings import quote_times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.core.analysis import AnswerReport, SessionReport
    from simulator.core.coverage import CriterionFinding, FlagFinding
    from simulator.core.session import Session
    from simulator.core.structure import Structure

FEW_FILLERS, MANY_FILLERS = 5.0, 8.0
"""Fillers a minute. Listeners did not mark down 5 and did mark down 12 (Laske & DiGennaro Reed
2024); the border lies between them, rather nearer to 5."""
PACE_BAND = (100.0, 165.0)
"""Words a minute: the band of Microsoft's Speaker Coach, wide on purpose."""
ENOUGH_WORDS = 40
"""Words below which an answer has no parts worth naming: some five clauses."""
ENOUGH_SECONDS = 20.0
"""Speaking time below which a rate a minute means little."""


def corrected(session: Session, question_id: str, finding: CriterionFinding) -> str:
    """Give a criterion's status: the candidate's correction where there is one."""
    for rating in reversed(session.corrections):
        if (rating.question_id, rating.criterion_id) == (question_id, finding.id):
            return rating.status
    return finding.status


def number_of(report: SessionReport, answer: AnswerReport) -> int:
    """Give an answer's number in the report, from 1."""
    return report.answers.index(answer) + 1


def off_target(answer: AnswerReport) -> float:
    """Give the seconds by which an answer is too short (negative) or too long; 0 when neither."""
    low, high = answer.question.answer_seconds
    seconds = answer.pacing.duration
    if seconds < low:
        return seconds - low
    return max(0.0, seconds - high)


def long_enough(answers: tuple[AnswerReport, ...]) -> tuple[AnswerReport, ...]:
    """Keep the answers with enough speech for a rate a minute."""
    return tuple(a for a in answers if a.pacing.speaking_time >= ENOUGH_SECONDS)


def flags(answers: tuple[AnswerReport, ...]) -> Iterator[tuple[AnswerReport, FlagFinding]]:
    """Pair each red flag with its answer."""
    for answer in answers:
        if answer.coverage is not None:
            for flag in answer.coverage.red_flags:
                yield answer, flag


def criteria(answers: tuple[AnswerReport, ...]) -> Iterator[tuple[AnswerReport, CriterionFinding]]:
    """Pair each criterion with its answer."""
    for answer in answers:
        if answer.coverage is not None:
            for finding in answer.coverage.criteria:
                yield answer, finding


def mean_weight(answer: AnswerReport) -> float:
    """Give the mean weight of an answer's criteria; 0 when there are none."""
    criteria = answer.coverage.criteria if answer.coverage is not None else ()
    return sum(c.weight for c in criteria) / len(criteria) if criteria else 0.0


def share_heard(session: Session, answer: AnswerReport) -> float | None:
    """Give the share of an answer's rubric that was heard, 0-1, by the candidate's corrections.

    None where the rubric was not judged.
    """
    if answer.coverage is None:
        return None
    criteria = answer.coverage.criteria
    total = sum(finding.weight for finding in criteria)
    heard = (f.weight for f in criteria if corrected(session, answer.question.id, f) == "covered")
    return sum(heard) / total if total else 0.0


def mean_heard(report: SessionReport) -> float | None:
    """Give the mean share of the rubric that was heard, 0-1; none when no answer was judged."""
    shares = [share_heard(report.session, answer) for answer in report.answers]
    judged = [share for share in shares if share is not None]
    return sum(judged) / len(judged) if judged else None


def quoted(answer: AnswerReport, finding: CriterionFinding | FlagFinding) -> Moment:
    """Point at a finding's quote. Raises ValueError when it has none."""
    if finding.quote is None:
        raise ValueError(f"{finding.id} has no quote")
    start, end = quote_times(answer.transcript, finding.quote)
    return Moment(answer.question.id, start, end, finding.quote.text)


def story(answer: AnswerReport) -> Structure | None:
    """Give the parts of a story; none where no story was asked for or too little was said."""
    if answer.question.kind != "behavioural" or answer.pacing.words < ENOUGH_WORDS:
        return None
    return answer.structure
