"""Two sessions, or two takes, side by side: the same questions, measure by measure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.core.advice.evidence import corrected, share_heard
from simulator.core.wording import clock, day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.core.analysis import AnswerReport, SessionReport
    from simulator.core.session import Session

HEARD = {"covered": "heard", "maybe": "maybe", "missing": "not heard"}
UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one measure of both answers, as it is shown."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold two answers to one question."""

    before: AnswerReport
    after: AnswerReport
    names: tuple[str, str]
    "What tells the two apart: their dates and takes."
    measures: tuple[Row, ...]
    criteria: tuple[Row, ...]
    "Only those whose finding differs."


def only_take(session: Session, number: int, question: str | None = None) -> Session:
    """Leave one take of each question, or of one: that of the number, where it holds an answer."""
    takes = tuple(
        take
        for take in session.takes
        if take.number == number and take.follow_up_of is None and take.stands
        if question in {None, take.question_id}
    )
    return replace(session, takes=takes)


def pair_up(before: SessionReport, after: SessionReport) -> tuple[Pair, ...]:
    """Pair the answers to the questions that both reports have, in the order of the first."""
    later = {answer.question.id: answer for answer in after.answers}
    return tuple(
        Pair(
            answer,
            other,
            _names((before, after), (answer, other)),
            (*_measures(answer, other), *_shares((before, after), answer, other)),
            tuple(_criteria((before, after), answer, other)),
        )
        for answer in before.answers
        if (other := later.get(answer.question.id)) is not None
    )


def _names(
    reports: tuple[SessionReport, SessionReport], answers: tuple[AnswerReport, AnswerReport]
) -> tuple[str, str]:
    """Name each by what sets it apart: its take, its day, or else its session."""
    first, second = (report.session for report in reports)
    takes = tuple(f"take {answer.take.number}" for answer in answers)
    if first.id == second.id:
        return takes[0], takes[1]
    days = tuple(day(session.created) for session in (first, second))
    names = days if days[0] != days[1] else (first.id, second.id)
    if takes[0] != takes[1]:
        names = tuple(f"{name}, {take}" for name, take in zip(names, takes, strict=True))
    return names[0], names[1]


def _measures(a: AnswerReport, b: AnswerReport) -> Iterator[Row]:
    p, q = a.pacing, b.pacing
    if a.shows("length"):
        yield Row("Length", clock(p.duration), clock(q.duration))
    if a.shows("pace"):
        yield Row("Words/min", f"{p.speech_rate:.0f}", f"{q.speech_rate:.0f}")
    if a.shows("fillers"):
        yield Row("Fillers/min", f"{a.fillers_per_minute:.1f}", f"{b.fillers_per_minute:.1f}")
    if a.shows("pauses"):
        yield Row("Pauses of 2 s or more", str(p.long_pauses), str(q.long_pauses))
        yield Row("Longest pause", f"{p.longest_pause:.1f} s", f"{q.longest_pause:.1f} s")
    starts = (a.response_latency, b.response_latency)
    if a.shows("latency") and starts != (None, None):
        before, after = (UNKNOWN if start is None else f"{start:.1f} s" for start in starts)
        yield Row("Start", before, after)


def _shares(
    reports: tuple[SessionReport, SessionReport], a: AnswerReport, b: AnswerReport
) -> Iterator[Row]:
    was, now = (share_heard(r.session, x) for r, x in zip(reports, (a, b), strict=True))
    if was is not None and now is not None and a.shows("coverage"):
        yield Row("Rubric heard", f"{was:.0%}", f"{now:.0%}")


def _criteria(
    reports: tuple[SessionReport, SessionReport], a: AnswerReport, b: AnswerReport
) -> Iterator[Row]:
    if a.coverage is None or b.coverage is None or not a.shows("coverage"):
        return
    first, second = (report.session for report in reports)
    question = a.question.id
    now = {c.id: corrected(second, question, c) for c in b.coverage.criteria}
    for criterion in a.coverage.criteria:
        was = corrected(first, question, criterion)
        if now.get(criterion.id, was) != was:
            yield Row(criterion.name, HEARD[was], HEARD[now[criterion.id]])
