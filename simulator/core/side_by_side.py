"""Two sessions side by side: the same questions, measure by measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.core.advice.evidence import corrected
from simulator.core.wording import clock

if TYPE_CHECKING:
    from simulator.core.analysis import AnswerReport, SessionReport

HEARD = {"covered": "heard", "maybe": "maybe", "missing": "not heard"}


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
    rows: tuple[Row, ...]
    "Measures first, then the criteria whose finding differs."


def pair_up(before: SessionReport, after: SessionReport) -> tuple[Pair, ...]:
    """Pair the answers to the questions that both sessions have, in the order of the first."""
    later = {answer.question.id: answer for answer in after.answers}
    return tuple(
        Pair(answer, other, (*_measures(answer, other), *_criteria(before, after, answer, other)))
        for answer in before.answers
        if (other := later.get(answer.question.id)) is not None
    )


def _measures(a: AnswerReport, b: AnswerReport) -> tuple[Row, ...]:
    pairs = (a.pacing, b.pacing)
    rows = [
        Row("Length", *(clock(p.duration) for p in pairs)),
        Row("Words/min", *(f"{p.speech_rate:.0f}" for p in pairs)),
        Row("Fillers/min", *(f"{x.fillers_per_minute:.1f}" for x in (a, b))),
        Row("Long pauses", *(str(p.long_pauses) for p in pairs)),
        Row("Longest pause", *(f"{p.longest_pause:.1f} s" for p in pairs)),
    ]
    if a.coverage is not None and b.coverage is not None:
        rows.append(Row("Rubric", *(f"{c.weighted:.0%}" for c in (a.coverage, b.coverage))))
    return tuple(rows)


def _criteria(
    first: SessionReport, second: SessionReport, a: AnswerReport, b: AnswerReport
) -> tuple[Row, ...]:
    if a.coverage is None or b.coverage is None:
        return ()
    question = a.question.id
    was = {c.id: corrected(first.session, question, c) for c in a.coverage.criteria}
    now = {c.id: corrected(second.session, question, c) for c in b.coverage.criteria}
    return tuple(
        Row(c.name, HEARD[was[c.id]], HEARD[now[c.id]])
        for c in a.coverage.criteria
        if c.id in now and was[c.id] != now[c.id]
    )
