"""The rubric of an answer as a table, with quotes that can be heard; then the model answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.core.advice.evidence import corrected, share_heard
from simulator.core.findings import quote_times
from simulator.core.wording import moment
from simulator.report.html.markup import NOTHING, Html, el, join
from simulator.report.html.timeline import times

if TYPE_CHECKING:
    from simulator.core.analysis import AnswerReport, SessionReport
    from simulator.core.coverage import CriterionFinding, Quote
    from simulator.core.scenario import ModelAnswer, Question

HEARD = {"covered": "heard", "maybe": "maybe", "missing": "not heard"}
SAID = "Said, or the question to expect"
MARK = {"covered": "✓", "maybe": "~", "missing": "–"}


def numbers(answer: AnswerReport) -> dict[str, int]:
    """Give each criterion its number by its name, in the order of the rubric, from 1."""
    criteria = answer.coverage.criteria if answer.coverage is not None else ()
    return {finding.name: number for number, finding in enumerate(criteria, 1)}


def write(report: SessionReport, answer: AnswerReport) -> Html:
    """Write an answer's rubric; nothing where it was not judged."""
    if answer.coverage is None or not answer.coverage.criteria:
        return NOTHING
    rated = any(r.question_id == answer.question.id for r in report.session.ratings)
    heads = ("", "Criterion", "Heard", *(("Your own rating",) if rated else ()), SAID)
    rows = (
        _row(report, answer, finding, number, rated=rated)
        for number, finding in enumerate(answer.coverage.criteria, 1)
    )
    table = el(
        "table",
        el("caption", f"Rubric: {share_heard(report.session, answer):.0%} of its weight was heard"),
        el("thead", el("tr", *(_head(head) for head in heads))),
        el("tbody", *rows),
        class_="rubric",
    )
    return join(table, _flags(answer))


def _head(text: str) -> Html:
    return el("th", text, scope="col") if text else el("td")


def _row(
    report: SessionReport,
    answer: AnswerReport,
    finding: CriterionFinding,
    number: int,
    *,
    rated: bool,
) -> Html:
    status = corrected(report.session, answer.question.id, finding)
    note = " (your correction)" if status != finding.status else ""
    heard = join(el("span", MARK[status], class_="tick", aria_hidden="true"), HEARD[status], note)
    own = el("td", _own(report, answer, finding), data_label="Your own rating") if rated else None
    return el(
        "tr",
        el("td", str(number), class_="number"),
        el("th", finding.name, scope="row"),
        el("td", heard, class_="status", data_label="Heard"),
        own,
        el("td", _said(answer, finding), data_label="Said"),
        class_=Html(status),
    )


def _own(report: SessionReport, answer: AnswerReport, finding: CriterionFinding) -> str:
    for rating in report.session.ratings:
        if (rating.question_id, rating.criterion_id) == (answer.question.id, finding.id):
            return HEARD[rating.status]
    return "not rated"


def _said(answer: AnswerReport, finding: CriterionFinding) -> Html:
    follow_up = NOTHING
    if finding.prompted:
        follow_up = el("p", "When asked: ", el("q", finding.prompted), class_="expect")
    elif finding.status != "covered" and finding.follow_up:
        follow_up = el("p", "Expect: ", finding.follow_up, class_="expect")
    if finding.quote is None or finding.status == "missing":
        return follow_up or el("p", "–", class_="expect")
    return join(quote_button(answer, finding.quote), follow_up)


def quote_button(answer: AnswerReport, quote: Quote) -> Html:
    """Write a quote that plays its moment."""
    start, end = quote_times(answer.transcript, quote)
    return el(
        "button",
        el("span", moment(start), class_="time"),
        " ",
        el("q", quote.text),
        type="button",
        class_="quote",
        data_t=times(start, end),
    )


def _flags(answer: AnswerReport) -> Html:
    raised = (
        [f for f in answer.coverage.red_flags if f.status == "raised"] if answer.coverage else []
    )
    if not raised:
        return NOTHING
    entries = (
        el(
            "li",
            el("strong", f"Possible: {flag.name}" if flag.possible else flag.name),
            " ",
            quote_button(answer, flag.quote) if flag.quote is not None else NOTHING,
            class_="possible" if flag.possible else None,
        )
        for flag in raised
    )
    return el("section", el("h3", "Red flags"), el("ul", *entries), class_="flags")


def background(question: Question) -> Html:
    """Write what the interviewer is after and the model answers, folded until asked for."""
    parts = []
    if question.why:
        parts.append(_folded("What the interviewer wants to find out", el("p", question.why)))
    if question.model_answers:
        answers = (_model(answer) for answer in question.model_answers)
        parts.append(_folded("Model answers", join(*answers)))
    return join(*parts)


def _model(answer: ModelAnswer) -> Html:
    why = el("p", "Why: ", answer.why, class_="expect") if answer.why else NOTHING
    return join(el("h4", answer.level.capitalize()), el("p", answer.text), why)


def _folded(title: str, content: Html) -> Html:
    return el("details", el("summary", title), el("div", content))
