"""The rules that choose what to work on next, the weightiest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.core.advice import evidence
from simulator.core.advice.points import Moment, Point
from simulator.core.pacing import LONG_PAUSE_SECONDS, inner_pauses
from simulator.core.wording import clock, count

if TYPE_CHECKING:
    from simulator.core.analysis import AnswerReport, SessionReport
    from simulator.core.coverage import CriterionFinding

    Answers = tuple[AnswerReport, ...]

PATTERN = 3
"""Long pauses that make a pattern."""
VERY_LONG_PAUSE = 4.0
"""Seconds; twice a long pause stands out alone."""
MOST_MOMENTS = 4
"""Moments a point: enough to hear the pattern."""


def raised_flag(report: SessionReport, answers: Answers) -> Point | None:
    """Speak of the surest red flag; not of those that are possible only."""
    raised = [
        (flag.score, answer, flag)
        for answer, flag in evidence.flags(answers)
        if flag.status == "raised" and not flag.possible and flag.quote
    ]
    if not raised:
        return None
    _, answer, flag = max(raised, key=lambda entry: entry[0])
    moments = (evidence.quoted(answer, flag),)
    step = "Listen to the moment and say it another way."
    number = evidence.number_of(report, answer)
    text = f"Answer {number}: a red flag could be heard: {flag.name}."
    return Point("red flag", text, moments, step)


def missing_criterion(report: SessionReport, answers: Answers) -> Point | None:
    """Speak of the weightiest criterion that was not heard, in the answer that shows the least."""
    missing = [
        (answer, finding)
        for answer, finding in _missing(report, answers)
        if finding.weight >= evidence.mean_weight(answer)
    ]
    return _not_heard(report, missing)


def lighter_criterion(report: SessionReport, answers: Answers) -> Point | None:
    """Speak of any criterion that was not heard: what is left to a session with nothing else."""
    heaviest = max(_missing(report, answers), key=lambda entry: entry[1].weight, default=None)
    return _not_heard(report, [heaviest] if heaviest else [])


def _missing(
    report: SessionReport, answers: Answers
) -> list[tuple[AnswerReport, CriterionFinding]]:
    return [
        (answer, finding)
        for answer, finding in evidence.criteria(answers)
        if evidence.corrected(report.session, answer.question.id, finding) == "missing"
    ]


def _not_heard(
    report: SessionReport, missing: list[tuple[AnswerReport, CriterionFinding]]
) -> Point | None:
    if not missing:
        return None

    def urgency(entry: tuple[AnswerReport, CriterionFinding]) -> tuple[float, float]:
        return entry[1].weight, -(evidence.share_heard(report.session, entry[0]) or 0.0)

    answer, finding = max(missing, key=urgency)
    number = evidence.number_of(report, answer)
    more = len(missing) - 1
    also = f", nor {_were(more)} {more} more of the weightier criteria" if more else ""
    text = f"Answer {number}: “{finding.name}” was not heard{also}."
    step = f"Be ready for: {finding.follow_up}" if finding.follow_up else "Add one sentence on it."
    return Point("criterion", text, (), step)


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def no_result(report: SessionReport, answers: Answers) -> Point | None:
    """Speak of a story told without its result."""
    for answer in answers:
        parts = evidence.story(answer)
        if parts is not None and "result" in parts.missing:
            number = evidence.number_of(report, answer)
            text = f"Answer {number}: no sentence was found that states a result."
            return Point("result", text, (), "End with how it came out, and what you learned.")
    return None


def long_pauses(report: SessionReport, answers: Answers) -> Point | None:
    """Speak of the answer with the most long pauses."""

    def weight(answer: AnswerReport) -> tuple[int, float]:
        return answer.pacing.long_pauses, answer.pacing.longest_pause

    striking = [
        answer
        for answer in answers
        if answer.pacing.long_pauses >= PATTERN or answer.pacing.longest_pause >= VERY_LONG_PAUSE
    ]
    if not striking:
        return None
    answer = max(striking, key=weight)
    longest = sorted(inner_pauses(answer.transcript), key=lambda p: -p.duration)
    long = [pause for pause in longest if pause.duration >= LONG_PAUSE_SECONDS][:MOST_MOMENTS]
    text = (
        f"Answer {evidence.number_of(report, answer)}: "
        f"{count(answer.pacing.long_pauses, 'pause')} of 2 s or more, "
        f"the longest {answer.pacing.longest_pause:.1f} s."
    )
    moments = sorted((Moment(answer.question.id, p.start, p.end) for p in long), key=_start)
    return Point("long pauses", text, tuple(moments), "Know the next step before you begin.")


def _start(moment: Moment) -> float:
    return moment.start


def many_from(band: tuple[float, float]) -> float:
    """Give the fillers a minute that are many: as far above the band as 8 is above 5."""
    return band[1] * evidence.MANY_FILLERS / evidence.FEW_FILLERS


def many_fillers(report: SessionReport, answers: Answers) -> Point | None:
    """Speak of the answer with the highest rate of fillers."""
    many = [
        a
        for a in evidence.long_enough(answers)
        if a.fillers_per_minute > many_from(a.measuring.fillers_per_minute)
    ]
    if not many:
        return None
    answer = max(many, key=lambda a: a.fillers_per_minute)
    certain = [f for f in answer.fillers if f.certainty != "uncertain"]
    moments = tuple(Moment(answer.question.id, f.start, f.end, f.text) for f in certain)
    text = (
        f"Answer {evidence.number_of(report, answer)}: {count(len(certain), 'filler')}, "
        f"{answer.fillers_per_minute:.1f} a minute."
    )
    step = "Where one comes, be silent instead: a short pause is not heard as a fault."
    return Point("fillers", text, moments[:MOST_MOMENTS], step)


def length_off(report: SessionReport, answers: Answers) -> Point | None:
    """Speak of the answer that misses its target length the most."""
    off = [
        (evidence.off_target(answer), answer) for answer in answers if evidence.off_target(answer)
    ]
    if not off:
        return None
    distance, answer = max(off, key=lambda entry: abs(entry[0]))
    low, high = answer.question.answer_seconds
    side = "shorter" if distance < 0 else "longer"
    text = (
        f"Answer {evidence.number_of(report, answer)} lasted {clock(answer.pacing.duration)}, "
        f"{side} than its target of {clock(low)} to {clock(high)}."
    )
    short = "Add what you did step by step, and how it ended."
    step = short if distance < 0 else "Cut the situation to two sentences; keep what you did."
    return Point("length", text, (), step)


def pace_off(report: SessionReport, answers: Answers, band: tuple[float, float]) -> Point | None:
    """Speak of the answer whose speech rate is farthest outside the band."""
    low, high = band
    off = [a for a in evidence.long_enough(answers) if not low <= a.pacing.speech_rate <= high]
    if not off:
        return None
    middle = (low + high) / 2
    answer = max(off, key=lambda a: abs(a.pacing.speech_rate - middle))
    side = "below" if answer.pacing.speech_rate < low else "above"
    text = (
        f"Answer {evidence.number_of(report, answer)}: "
        f"{answer.pacing.speech_rate:.0f} words a minute, "
        f"{side} the band of {low:.0f} to {high:.0f}."
    )
    slow = "Say it once more with the story known by heart."
    step = slow if side == "below" else "Breathe at the end of each sentence."
    return Point("pace", text, (), step)
