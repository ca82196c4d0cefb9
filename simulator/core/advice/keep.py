"""The rules that choose what to keep, the weightiest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.core.advice import evidence
from simulator.core.advice.points import Point
from simulator.core.advice.work_on import pace_off
from simulator.core.wording import clock

if TYPE_CHECKING:
    from simulator.core.analysis import AnswerReport, SessionReport

    Answers = tuple[AnswerReport, ...]


def surest_criterion(report: SessionReport, answers: Answers) -> Point | None:
    """Speak of the weightiest criterion that was heard."""
    heard = [
        (answer, finding)
        for answer, finding in evidence.criteria(answers)
        if finding.status == "covered"
        and finding.quote is not None
        and evidence.corrected(report.session, answer.question.id, finding) == "covered"
    ]
    if not heard:
        return None
    answer, finding = max(heard, key=lambda entry: (entry[1].weight, entry[1].score))
    number = evidence.number_of(report, answer)
    text = f"Answer {number}: “{finding.name}” was heard clearly."
    return Point("criterion", text, (evidence.quoted(answer, finding),))


def length_kept(report: SessionReport, answers: Answers) -> Point | None:
    """Speak of answers as long as asked."""
    kept = [answer for answer in answers if not evidence.off_target(answer)]
    if not kept:
        return None
    if len(kept) == len(answers) > 1:
        return Point("length", "Every answer lasted as long as its target asks.")
    answer = kept[0]
    low, high = answer.question.answer_seconds
    text = (
        f"Answer {evidence.number_of(report, answer)} lasted {clock(answer.pacing.duration)}, "
        f"inside its target of {clock(low)} to {clock(high)}."
    )
    return Point("length", text)


def few_fillers(report: SessionReport, answers: Answers) -> Point | None:
    """Speak of a low rate of fillers in all answers."""
    enough = evidence.long_enough(answers)
    if not enough or any(a.fillers_per_minute > a.measuring.fillers_per_minute[1] for a in enough):
        return None
    highest = max(enough, key=lambda a: a.fillers_per_minute)
    if highest.fillers_per_minute == 0:
        return Point("fillers", "No fillers were heard.")
    text = f"Few fillers: at most {highest.fillers_per_minute:.1f} a minute"
    where = f" (answer {evidence.number_of(report, highest)})" if len(enough) > 1 else ""
    return Point("fillers", f"{text}{where}.")


def pace_kept(report: SessionReport, answers: Answers, band: tuple[float, float]) -> Point | None:
    """Speak of a speech rate inside the band in all answers."""
    enough = evidence.long_enough(answers)
    if not enough or pace_off(report, answers, band) is not None:
        return None
    rates = sorted(answer.pacing.speech_rate for answer in enough)
    spread = f"{rates[0]:.0f}" if len(rates) == 1 else f"{rates[0]:.0f} to {rates[-1]:.0f}"
    return Point("pace", f"A steady pace: {spread} words a minute, inside the band.")
