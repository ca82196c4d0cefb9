"""A report for the terminal: advice first, then each answer, within the width asked for."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from simulator.core.advice import advise
from simulator.core.advice.evidence import mean_heard
from simulator.core.clean import clean
from simulator.core.wording import clock, count, day, moment
from simulator.report import answer_text
from simulator.report.delivery import often_said

if TYPE_CHECKING:
    from rich.console import Console

    from simulator.core.advice import Moment, Point
    from simulator.core.analysis import SessionReport

NARROWEST = 40
"""Columns below which bars and quotes make no sense; text is set for so many then."""


def render(report: SessionReport, width: int = 80, *, colour: bool = False) -> str:
    """Write a session's report for a terminal of so many columns."""
    console = _console(max(NARROWEST, width), colour=colour)
    _head(console, report)
    _advice(console, report)
    for number, answer in enumerate(report.answers, 1):
        answer_text.write(console, report.session, answer, number)
    for note in report.notes:
        answer_text.line(console, f"Note: {clean(note)}", style="yellow")
    output = console.file
    assert isinstance(output, StringIO)
    return "\n".join(text.rstrip() for text in output.getvalue().splitlines()) + "\n"


def _console(width: int, *, colour: bool) -> Console:
    from rich.console import Console

    return Console(
        file=StringIO(), width=width, force_terminal=colour, no_color=not colour,
        color_system="standard" if colour else None, legacy_windows=False,
        markup=False, emoji=False, highlight=False,
    )  # fmt: skip


def _head(console: Console, report: SessionReport) -> None:
    session = report.session
    spoken = sum(answer.pacing.duration for answer in report.answers)
    facts = [day(clean(session.created)), count(len(report.answers), "answer"), clock(spoken)]
    heard = mean_heard(report)
    if heard is not None:
        facts.append(f"{heard:.0%} of the rubric heard")
    console.print()
    answer_text.line(console, clean(session.scenario.title), style="bold")
    answer_text.line(console, " · ".join(facts), style="dim")


def _advice(console: Console, report: SessionReport) -> None:
    advice = advise(report)
    for title, points, mark, style in (
        ("Keep", advice.keep, "+", "green"),
        ("Work on next", advice.work_on, "", "cyan"),
    ):
        if not points:
            continue
        console.print()
        answer_text.line(console, title, style=f"bold {style}")
        for number, point in enumerate(points, 1):
            _point(console, point, mark or str(number), style)
    often = often_said(report)
    if often:
        console.print()
        answer_text.hanging(console, "Said most often: ", often)


def _point(console: Console, point: Point, mark: str, style: str) -> None:
    answer_text.hanging(console, f"  {mark} ", clean(point.text), mark_style=style)
    if point.moments:
        heard = "  ".join(_moment(each) for each in point.moments)
        answer_text.hanging(console, "    ", heard, style="dim")
    if point.next_step:
        answer_text.hanging(console, "    → ", clean(point.next_step))


def _moment(each: Moment) -> str:
    if each.text:
        return f"{moment(each.start)} “{clean(each.text)}”"
    return f"{moment(each.start)} ({each.end - each.start:.1f} s)"
