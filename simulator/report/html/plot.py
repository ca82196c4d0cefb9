"""Pace over time as a plot: the curve, the band it is held against, and a scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.core.pace_curve import WINDOW_SECONDS, pace_curve
from simulator.core.wording import clock
from simulator.report.html.markup import NOTHING, Html, el, join, number

if TYPE_CHECKING:
    from simulator.core.analysis import AnswerReport
    from simulator.core.pace_curve import PacePoint

WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 52, 8, 14, 32
"""Margins for the scales, whose letters are twice as large on a phone."""
LEAST_TOP = 220.0
"""Words a minute at the top of the plot, unless the curve is higher."""


def pace(answer: AnswerReport) -> Html:
    """Draw the pace along an answer; nothing for one too short for it."""
    points = pace_curve(answer.transcript)
    if len(points) < 2 or not answer.shows("pace"):
        return NOTHING
    rates = [point.rate for point in points]
    band = low, high = answer.measuring.speech_wpm
    summary = (
        f"Words a minute in a moving window of {WINDOW_SECONDS:.0f} s, pauses included: from "
        f"{min(rates):.0f} to {max(rates):.0f}. The band is {low:.0f} to {high:.0f}."
    )
    return join(
        el("h3", "Pace over time"),
        _drawing(points, answer.transcript.duration, summary, band),
        el("p", summary, class_="meaning"),
    )


def _drawing(
    points: tuple[PacePoint, ...], duration: float, summary: str, held: tuple[float, float]
) -> Html:
    top = max(LEAST_TOP, max(point.rate for point in points) * 1.1)

    def x(seconds: float) -> float:
        return LEFT + seconds / duration * (WIDTH - LEFT - RIGHT)

    def y(rate: float) -> float:
        return TOP + (1 - rate / top) * (HEIGHT - TOP - BOTTOM)

    low, high = held
    curve = "L".join(f"{number(x(p.at))} {number(y(p.rate))}" for p in points)
    band = el(
        "rect",
        class_="band",
        x=LEFT,
        y=y(high),
        width=WIDTH - LEFT - RIGHT,
        height=y(low) - y(high),
    )
    rates = (_rate(rate, y(rate)) for rate in range(0, int(top) + 1, 50))
    moments = (_moment(duration * part / 4, x(duration * part / 4), part) for part in range(5))
    return el(
        "svg",
        el("title", summary),
        band,
        *rates,
        *moments,
        el("path", class_="curve", d=Html(f"M{curve}")),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        class_="plot",
        role="img",
    )


def _rate(rate: int, y: float) -> Html:
    return join(
        el("line", class_="grid", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y),
        el("text", str(rate), x=LEFT - 6, y=y + 4, text_anchor="end"),
    )


def _moment(seconds: float, x: float, part: int) -> Html:
    anchor = "start" if part == 0 else "end" if part == 4 else "middle"
    return el("text", clock(seconds), x=x, y=HEIGHT - 6, text_anchor=anchor)
