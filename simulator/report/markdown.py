"""A report as Markdown, for notes and for mail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulator.core.advice import advise
from simulator.core.advice.evidence import corrected, mean_heard
from simulator.core.clean import clean
from simulator.core.findings import quote_times
from simulator.core.wording import clock, count, day, moment
from simulator.report.delivery import delivery, often_said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.core.advice import Moment, Point
    from simulator.core.analysis import AnswerReport, SessionReport
    from simulator.core.coverage import Quote
    from simulator.report.delivery import Trait

HEARD = {"covered": "heard", "maybe": "maybe", "missing": "not heard"}

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+!|~<>&]|(?<=^\d)[.)]|(?<=^\d\d)[.)]|^[-=])")


def render(report: SessionReport) -> str:
    """Write a session's report as Markdown (CommonMark with tables)."""
    lines = [*_head(report), *_advice(report)]
    for number, answer in enumerate(report.answers, 1):
        lines += _answer(report, answer, number)
    lines += [f"> Note: {escape(note)}\n" for note in report.notes]
    return "\n".join(lines).rstrip() + "\n"


def escape(text: str) -> str:
    """Write foreign text so that it is no markup, in one line."""
    return _MARKUP.sub(r"\\\1", clean(text))


def _head(report: SessionReport) -> Iterator[str]:
    spoken = sum(answer.pacing.duration for answer in report.answers)
    facts = [day(report.session.created), count(len(report.answers), "answer"), clock(spoken)]
    heard = mean_heard(report)
    if heard is not None:
        facts.append(f"{heard:.0%} of the rubric heard")
    yield f"# {escape(report.session.scenario.title)}\n"
    yield f"{escape(' · '.join(facts))}\n"


def _advice(report: SessionReport) -> Iterator[str]:
    advice = advise(report)
    for title, points in (("Keep", advice.keep), ("Work on next", advice.work_on)):
        if points:
            yield f"## {title}\n"
            yield from (f"{number}. {_point(point)}" for number, point in enumerate(points, 1))
            yield ""
    often = often_said(report)
    if often:
        yield f"Said most often: {escape(often)}\n"


def _point(point: Point) -> str:
    parts = [escape(point.text), ", ".join(_moment(each) for each in point.moments)]
    parts.append(f"*{escape(point.next_step)}*" if point.next_step else "")
    return "  \n   ".join(part for part in parts if part)


def _moment(each: Moment) -> str:
    said = f"“{escape(each.text)}”" if each.text else f"{each.end - each.start:.1f} s of silence"
    return f"{moment(each.start)} {said}"


def _answer(report: SessionReport, answer: AnswerReport, number: int) -> Iterator[str]:
    yield f"## {number}. {escape(answer.question.prompt)}\n"
    if answer.transcript.words:
        yield from _figures(answer)
    else:
        yield "No speech was heard.\n"
    yield from _rubric(report, answer)
    yield from (f"> Note: {escape(note)}\n" for note in answer.notes)
    yield f"### Transcript\n\n{_transcript(answer)}\n"


def _figures(answer: AnswerReport) -> Iterator[str]:
    pacing, (low, high) = answer.pacing, answer.question.answer_seconds
    yield "| measure | value | band |"
    yield "|---|---|---|"
    if answer.shows("length"):
        yield f"| length | {clock(pacing.duration)} | {clock(low)} to {clock(high)} |"
    if answer.shows("pace"):
        slow, fast = answer.measuring.speech_wpm
        yield f"| speech rate | {pacing.speech_rate:.0f} words/min | {slow:.0f} to {fast:.0f} |"
        slow, fast = answer.measuring.articulation_wpm
        rate = f"{pacing.articulation_rate:.0f} words/min"
        yield f"| articulation rate | {rate} | {slow:.0f} to {fast:.0f} |"
    if answer.shows("fillers"):
        few = f"up to {answer.measuring.fillers_per_minute[1]:.0f}/min"
        yield f"| fillers | {answer.fillers_per_minute:.1f}/min | {few} |"
    if answer.shows("pauses"):
        yield f"| pauses | {pacing.pauses}, longest {pacing.longest_pause:.1f} s | |"
    yield from (f"| {name} | {number} | |" for name, number in _said(answer) if number)
    yield from (f"| {trait.label.lower()} | {_trait(trait)} | |" for trait in delivery(answer))
    if answer.specificity is not None and answer.shows("structure"):
        yield f"| concrete details | {escape(str(answer.specificity))} | |"
    if answer.response_latency is not None:
        yield f"| start | {answer.response_latency:.1f} s after the question | |"
    yield ""


def _said(answer: AnswerReport) -> tuple[tuple[str, int], ...]:
    return ("repetitions", len(answer.repetitions)), ("hedges", len(answer.hedges))


def _trait(trait: Trait) -> str:
    heard = "; ".join(f"{moment(each.start)} {escape(each.text)}" for each in trait.moments)
    return "; ".join(part for part in (heard, escape(trait.text)) if part)


def _rubric(report: SessionReport, answer: AnswerReport) -> Iterator[str]:
    if answer.coverage is None:
        return
    own = {(r.question_id, r.criterion_id): HEARD[r.status] for r in report.session.ratings}
    yield "| criterion | heard | own rating | said, or the question to expect |"
    yield "|---|---|---|---|"
    for finding in answer.coverage.criteria:
        heard = HEARD[corrected(report.session, answer.question.id, finding)]
        rated = own.get((answer.question.id, finding.id), "")
        quote = _quote(answer, finding.quote)
        if finding.prompted:
            quote = f"{quote} when asked: “{escape(finding.prompted)}”".strip()
        elif heard == HEARD["missing"] and finding.follow_up:
            quote = f"expect: {escape(finding.follow_up)}"
        yield f"| {escape(finding.name)} | {heard} | {rated} | {quote} |"
    yield ""
    for flag in answer.coverage.red_flags:
        if flag.status == "raised":
            kind = "Possible red flag" if flag.possible else "Red flag"
            yield f"**{kind}:** {escape(flag.name)} {_quote(answer, flag.quote)}\n"


def _quote(answer: AnswerReport, quote: Quote | None) -> str:
    if quote is None:
        return ""
    start, _ = quote_times(answer.transcript, quote)
    return f"{moment(start)} “{escape(quote.text)}”"


def _transcript(answer: AnswerReport) -> str:
    written = (
        f"*{escape(word.text)}*" if word.kind == "filled_pause" else escape(word.text)
        for word in answer.transcript.words
    )
    return " ".join(written)
