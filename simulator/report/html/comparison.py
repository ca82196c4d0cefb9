"""Two sessions or takes on one page: what differs, then both answers with their sounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.html import answer as answer_part
from simulator.report.html import overview
from simulator.report.html.markup import Html, el, join
from simulator.report.html.page import document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.core.analysis import SessionReport
    from simulator.core.page_sound import PageSound
    from simulator.core.side_by_side import Pair

    Sounds = Mapping[str, PageSound]


def render(
    reports: tuple[SessionReport, SessionReport],
    pairs: tuple[Pair, ...],
    sounds: tuple[Sounds, Sounds],
) -> str:
    """Write the page of two sessions; ``sounds`` gives each session's takes by file name."""
    sections = (_pair(reports, pair, sounds, place) for place, pair in enumerate(pairs))
    first, second = (report.session for report in reports)
    title = "Two takes" if first.id == second.id else "Two sessions"
    facts = " · ".join(dict.fromkeys((first.scenario.title, second.scenario.title)))
    theme = el("button", "Dark", type="button", class_="theme", hidden=True)
    body = join(
        el("header", theme, el("h1", title), el("p", facts, class_="facts")),
        el("main", *sections, id=Html("main")),
        overview.footer(reports[1]),
    )
    return document(title, body)


def _pair(
    reports: tuple[SessionReport, SessionReport],
    pair: Pair,
    sounds: tuple[Sounds, Sounds],
    place: int,
) -> Html:
    rows = (
        el("tr", el("th", row.label, scope="row"), el("td", row.before), el("td", row.after))
        for row in (*pair.measures, *pair.criteria)
    )
    heads = (el("th", head, scope="col") for head in ("Measure", *pair.names))
    table = el("table", el("thead", el("tr", *heads)), el("tbody", *rows), class_="compared")
    answers = (
        answer_part.write(report, answer, 2 * place + side, sound.get(answer.take.audio), name)
        for side, (report, answer, sound, name) in enumerate(
            zip(reports, (pair.before, pair.after), sounds, pair.names, strict=True), 1
        )
    )
    return el(
        "section",
        el("h2", pair.before.question.prompt),
        el("div", table, class_="wide"),
        el("div", *answers, class_="sides"),
        class_="pair",
    )
