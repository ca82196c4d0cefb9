"""The top of the page: what to keep, what to work on next, all answers at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.core.advice import advise
from simulator.core.advice.evidence import mean_heard, share_heard
from simulator.core.wording import clock, count, day, moment
from simulator.report.delivery import often_said
from simulator.report.html.markup import NOTHING, Html, el, join
from simulator.report.html.timeline import times

if TYPE_CHECKING:
    from simulator.core.advice import Moment, Point
    from simulator.core.analysis import AnswerReport, SessionReport
    from simulator.core.session import Session


def header(report: SessionReport) -> Html:
    """Name the session."""
    session = report.session
    spoken = sum(answer.pacing.duration for answer in report.answers)
    facts = [day(session.created), count(len(report.answers), "answer"), f"{clock(spoken)} spoken"]
    heard = mean_heard(report)
    if heard is not None:
        facts.append(f"{heard:.0%} of the rubric heard")
    role = el("p", session.scenario.role, class_="role") if session.scenario.role else NOTHING
    theme = el("button", "Dark", type="button", class_="theme", hidden=True)
    title = el("h1", session.scenario.title)
    return el("header", theme, role, title, el("p", " · ".join(facts), class_="facts"))


def advice(report: SessionReport) -> Html:
    """Say what to keep and what to work on next."""
    chosen = advise(report)
    places = {answer.question.id: number for number, answer in enumerate(report.answers, 1)}
    columns = (
        _points("Keep", "keep", chosen.keep, places),
        _points("Work on next", "next", chosen.work_on, places),
    )
    return el("section", *columns, class_="advice", aria_label="What to keep and to work on next")


def _points(title: str, kind: str, points: tuple[Point, ...], places: dict[str, int]) -> Html:
    if not points:
        return NOTHING
    entries = (_point(point, places) for point in points)
    return el("div", el("h2", title), el("ol", *entries), class_=Html(f"points {kind}"))


def _point(point: Point, places: dict[str, int]) -> Html:
    moments = [_moment(each, places) for each in point.moments]
    return el(
        "li",
        el("p", point.text),
        el("div", *moments, class_="moments") if moments else NOTHING,
        el("p", point.next_step, class_="step") if point.next_step else NOTHING,
    )


def _moment(each: Moment, places: dict[str, int]) -> Html:
    number = places.get(each.question_id, 1)
    said = el("q", each.text) if each.text else join(f"{each.end - each.start:.1f} s of silence")
    return el(
        "button",
        el("span", moment(each.start), class_="time"),
        " ",
        said,
        type="button",
        class_="quote",
        data_answer=str(number),
        data_t=times(each.start, each.end),
    )


def table(report: SessionReport) -> Html:
    """List all answers with their main measures; nothing for a single one."""
    if len(report.answers) < 2:
        return NOTHING
    heads = ("Answer", "Length", "Words/min", "Fillers/min", "Rubric")
    rows = (_row(report.session, answer, number) for number, answer in enumerate(report.answers, 1))
    often = often_said(report)
    return el(
        "section",
        el("h2", "At a glance"),
        el(
            "div",
            el(
                "table",
                el("thead", el("tr", *(el("th", head, scope="col") for head in heads))),
                el("tbody", *rows),
            ),
            class_="wide",
            tabindex=0,
            role="region",
            aria_label="All answers",
        ),
        el("p", el("strong", "Said most often"), f" {often}", class_="often") if often else None,
        class_="glance",
    )


def _row(session: Session, answer: AnswerReport, number: int) -> Html:
    spoken = bool(answer.transcript.words)
    paced, filled = spoken and answer.shows("pace"), spoken and answer.shows("fillers")
    share = share_heard(session, answer)
    coverage = f"{share:.0%}" if share is not None else "–"
    link = el("a", f"{number}. {answer.question.prompt}", href=Html(f"#a{number}"))
    return el(
        "tr",
        el("th", link, scope="row"),
        el("td", clock(answer.pacing.duration), data_label="Length"),
        el("td", f"{answer.pacing.speech_rate:.0f}" if paced else "–", data_label="Words/min"),
        el("td", f"{answer.fillers_per_minute:.1f}" if filled else "–", data_label="Fillers/min"),
        el("td", coverage, data_label="Rubric"),
    )


KEYS = (
    ("k", "play or pause"),
    ("j, l", "five seconds back, on"),
    ("n, p", "next, previous finding"),
    ("← →", "in the transcript: word by word; Enter plays from there"),
)


def footer(report: SessionReport) -> Html:
    """Explain the keys, the words and where all of this was made."""
    keys = (join(el("dt", el("kbd", key)), el("dd", what)) for key, what in KEYS)
    definitions = (
        "Speech rate counts words over the whole time, articulation rate over the time without "
        "silent pauses of 0.25 s or more. Filled pauses (um, uh) count as fillers, not as words. "
        "What is dashed or pale is uncertain: listen and decide yourself."
    )
    made = f"Measured on this machine with {report.model}, measures version {report.analyser}."
    return el(
        "footer",
        el("h2", "How to read this page"),
        el("p", definitions),
        el("p", "Keys inside an answer:", id=Html("keys")),
        el("dl", *keys, class_="keys"),
        el("p", made, class_="made"),
    )
