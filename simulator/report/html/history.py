"""The history of many sessions as one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.core.wording import day
from simulator.report.html.markup import NOTHING, Html, el, join, number
from simulator.report.html.page import document

if TYPE_CHECKING:
    from simulator.core.history import History, Metric
    from simulator.core.trend import Trend

WIDTH, HEIGHT = 720, 150
LEFT, EDGE = 8, 14
MOST_DOTS = 300
"""Latest sessions drawn; more dots than pixels say nothing."""


def render(history: History) -> str:
    """Write the page of a history."""
    theme = el("button", "Dark", type="button", class_="theme", hidden=True)
    title = "Your sessions over time"
    intro = (
        "Each dot is a session, the mean of its answers. The band is your own spread from one "
        "session to the next: what lies in it is no change."
    )
    charts = (_chart(metric, trend) for metric, trend in history.trends)
    body = join(
        el("header", theme, el("h1", title), el("p", intro, class_="facts")),
        el("main", *charts, _missed(history), _crutches(history), _next(history), id=Html("main")),
    )
    return document("History", body)


def _chart(metric: Metric, trend: Trend) -> Html:
    low, high = trend.band
    spread = f"your spread: {metric.show(low)} to {metric.show(high)}"
    return el(
        "section",
        el("h2", metric.label),
        el(
            "p",
            el("strong", metric.show(trend.latest)),
            f" in the latest sessions – {trend.direction}; {spread}",
        ),
        _drawing(metric, trend),
        class_="answer",
    )


def _drawing(metric: Metric, trend: Trend) -> Html:
    values = trend.values[-MOST_DOTS:]
    low, high = trend.band
    bottom = min(low, *(v.value for v in values))
    reach = (max(high, *(v.value for v in values)) - bottom) or 1.0

    def y(value: float) -> float:
        return EDGE + (1 - (value - bottom) / reach) * (HEIGHT - 2 * EDGE)

    step = (WIDTH - 2 * LEFT) / max(1, len(values) - 1)
    places = [(LEFT + i * step, y(v.value)) for i, v in enumerate(values)]
    dots = (
        el(
            "circle",
            el("title", f"{day(v.created)}: {metric.show(v.value)}"),
            class_="dot", cx=px, cy=py, r=4,
        )
        for v, (px, py) in zip(values, places, strict=True)
    )  # fmt: skip
    band = el("rect", class_="band", x=0, y=y(high), width=WIDTH, height=max(1, y(low) - y(high)))
    line = "L".join(f"{number(px)} {number(py)}" for px, py in places)
    return el(
        "svg",
        el("title", f"{metric.label}: {len(values)} sessions, {trend.direction}"),
        band,
        el("path", class_="curve", d=Html(f"M{line}")),
        *dots,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        class_="plot",
        role="img",
    )


def _missed(history: History) -> Html:
    entries = (
        el("li", el("strong", f"{m.missed} of {m.asked}"), f" {m.name} ({m.question_id})")
        for m in history.missed
    )
    return _list("Not heard again and again", list(entries))


def _crutches(history: History) -> Html:
    entries = (
        el(
            "li",
            el("strong", crutch.phrase),
            f" {crutch.count} times, in {crutch.sessions} sessions",
        )
        for crutch in history.crutches
    )
    return _list("Fillers said most", list(entries))


def _next(history: History) -> Html:
    return _list("Rehearse next", [el("li", question) for question in history.weakest])


def _list(title: str, entries: list[Html]) -> Html:
    if not entries:
        return NOTHING
    return el("section", el("h2", title), el("ul", *entries), class_="answer")
