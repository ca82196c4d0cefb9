"""The end of an interview: the report on screen, where it lies, and what to do next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from simulator import wiring
from simulator.cli.common import console, interactive, measure_session
from simulator.cli.rating import rate
from simulator.core.shown import shown
from simulator.errors import SessionError, SimulatorError

if TYPE_CHECKING:
    from simulator.core.analysis import SessionReport
    from simulator.core.session import Session
    from simulator.interview.conduct import Outcome

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells know it."""


def show_outcome(outcome: Outcome) -> int:
    """Measure what was recorded and show it; give the exit status."""
    session = outcome.session
    folder = wiring.archive().folder(session)
    if outcome.interrupted:
        click.echo(f"Stopped. Everything is kept in {folder}")
        click.echo("Go on with: rehearse interview --resume")
        return INTERRUPTED
    if not session.answered():
        click.echo("No answer was recorded, so there is nothing to report.")
        return 0
    try:
        if session.source == "microphone" and interactive():
            session = rate(session)
        report = measure_session(session, outcome=outcome)
    except SimulatorError as error:
        click.echo(f"Your answers are safe in {folder}")
        click.echo(f"They are not measured yet: {error}", err=True)
        click.echo(f"Later: rehearse replay {session.id} --reanalyse", err=True)
        return 1
    show_report(report)
    _put_at_rest(report)
    what_next(session)
    return 0


def _put_at_rest(report: SessionReport) -> None:
    """Compress the takes, lossless; a disk too full for it is no reason to fail."""
    store = wiring.archive()
    try:
        session = store.compact(report.session)
        wiring.save_report(store.folder(session), at_rest(report, session))
    except SessionError as error:
        click.echo(f"rehearse: the takes stay uncompressed: {error}", err=True)


def at_rest(report: SessionReport, session: Session) -> SessionReport:
    """Point a report at a session's takes as they lie now."""
    takes = {question.id: take for question, take in session.answered()}
    answers = tuple(replace(a, take=takes[a.question.id]) for a in report.answers)
    return replace(report, session=session, answers=answers)


def show_report(report: SessionReport) -> None:
    """Print the report for a terminal."""
    from simulator.report.text import render

    screen = console()
    click.echo(render(shown(report), width=min(80, screen.width), colour=screen.is_terminal))


def what_next(session: Session) -> None:
    """Say where the session lies and what can be done with it."""
    store = wiring.archive()
    click.echo(f"\nKept in {store.folder(session)}")
    click.echo("  rehearse replay                       hear it again, with the findings marked")
    click.echo("  rehearse report --format html -o report.html")
    click.echo(f"  rehearse interview {session.scenario.id:<20} try again")
