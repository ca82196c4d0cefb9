"""The history of many sessions as one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.core.trend import LATEST
from simulator.core.wording import day, phrase
from simulator.report.html.markup import NOTHING, Html, el, join, number
from simulator.report.html.page import document

if TYPE_CHECKING:
    from simulator.core.history import History, Metric, Missed
    from simulator.core.trend import Trend

WIDTH, HEIGHT = 480, 170
LEFT, RIGHT, TOP, BOTTOM = 56, 8, 14, 34
"""Margins for the scales, whose letters are larger on a phone."""
MOST_DOTS = 300
"""Latest sessions drawn; more dots than pixels say nothing."""


def render(history: History) -> str:
    """Write the page of a history: what to rehearse next first, then each measure over time."""
    theme = el("button", "Dark", type="button", class_="theme", hidden=True)
    title = "Your sessions over time"
    intro = (
        "Each dot is a session, the mean of its answers. The band is your own spread from one "
        "session to the next: a change within it is no news."
    )
    lists = [part for part in (_next(history), _missed(history), _crutches(history)) if part]
    charts = (_chart(metric, trend) for metric, trend in history.trends)
    body = join(
        el("header", theme, el("h1", title), el("p", intro, class_="facts")),
        el(
            "main",
            el("div", *lists, class_="tiles") if lists else NOTHING,
            el("div", *charts, class_="tiles"),
            id=Html("main"),
        ),
    )
    return document("History", body)


def _chart(metric: Metric, trend: Trend) -> Html:
    low, high = trend.band
    return el(
        "section",
        el("h2", metric.label),
        el("p", el("strong", metric.show(trend.latest)), f" {_compared(metric, trend)}"),
        _drawing(metric, trend),
        el("p", f"Your spread: {metric.show(low)} to {metric.show(high)}", class_="meaning"),
        class_="answer",
    )


def _compared(metric: Metric, trend: Trend) -> str:
    """Hold the latest sessions against those before."""
    if trend.direction == "too few sessions":
        return "in the latest sessions; too few yet to speak of a change"
    known = f"in the latest {LATEST} sessions, {metric.show(trend.earlier)} before:"
    return f"{known} {trend.direction}"


def _drawing(metric: Metric, trend: Trend) -> Html:
    values = trend.values[-MOST_DOTS:]
    low, high = trend.band
    bottom = min(low, *(v.value for v in values))
    top = max(high, *(v.value for v in values))
    reach = (top - bottom) or 1.0

    def y(value: float) -> float:
        return TOP + (1 - (value - bottom) / reach) * (HEIGHT - TOP - BOTTOM)

    step = (WIDTH - LEFT - RIGHT) / max(1, len(values) - 1)
    places = [(LEFT + i * step, y(v.value)) for i, v in enumerate(values)]
    dots = (
        el(
            "circle",
            el("title", f"{day(v.created)}: {metric.show(v.value)}"),
            class_="dot", cx=px, cy=py, r=4,
        )
        for v, (px, py) in zip(values, places, strict=True)
    )  # fmt: skip
    line = "L".join(f"{number(px)} {number(py)}" for px, py in places)
    across = WIDTH - LEFT - RIGHT
    return el(
        "svg",
        el("title", f"{metric.label}: {len(values)} sessions, {trend.direction}"),
        el("rect", class_="band", x=LEFT, y=y(high), width=across, height=max(1, y(low) - y(high))),
        *(_scale(metric, value, y(value)) for value in dict.fromkeys((bottom, top))),
        *_days((values[0].created, values[-1].created)),
        el("path", class_="curve", d=Html(f"M{line}")),
        *dots,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        class_="plot",
        role="img",
    )


def _scale(metric: Metric, value: float, y: float) -> Html:
    label = f"{value * metric.scale:.{metric.digits}f}"
    return join(
        el("line", class_="grid", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y),
        el("text", label, x=LEFT - 6, y=y + 5, text_anchor="end"),
    )


def _days(ends: tuple[str, str]) -> tuple[Html, ...]:
    """Write the first and the last day under the plot; one when they are the same."""
    first, last = (day(end) for end in ends)
    y = HEIGHT - 8
    begin = el("text", first, x=LEFT, y=y, text_anchor="start")
    if first == last:
        return (begin,)
    return begin, el("text", last, x=WIDTH - RIGHT, y=y, text_anchor="end")


def _missed(history: History) -> Html:
    entries = [
        el("li", el("span", question, class_="meaning"), el("ul", *map(_times, criteria)))
        for question, criteria in history.missed_by_question
    ]
    return _list("Not heard again and again", entries)


def _times(missed: Missed) -> Html:
    return el("li", el("strong", f"{missed.missed} of {missed.asked}"), f" {missed.name}")


def _crutches(history: History) -> Html:
    entries = (
        el(
            "li",
            el("strong", f"“{phrase(c.phrase)}”"),
            f" {c.count} times in {_sessions(c.sessions)}",
        )
        for c in history.crutches
    )
    return _list("Fillers said most", list(entries))


def _sessions(count: int) -> str:
    return "one session" if count == 1 else f"{count} sessions"


def _next(history: History) -> Html:
    entries = [el("li", history.prompt(question)) for question in history.weakest]
    how = el("p", "Asks these: ", el("kbd", "rehearse interview --weakest"), class_="meaning")
    return _list("Rehearse next", entries, how)


def _list(title: str, entries: list[Html], more: Html = NOTHING) -> Html:
    if not entries:
        return NOTHING
    return el("section", el("h2", title), el("ul", *entries), more, class_="answer")
