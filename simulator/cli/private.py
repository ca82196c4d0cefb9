"""The end of a private interview: the report on screen, and nothing else unless it is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from simulator import wiring
from simulator.cli.closing import INTERRUPTED, show_report
from simulator.cli.common import interactive, measure
from simulator.errors import SimulatorError

if TYPE_CHECKING:
    from simulator.adapters.memory_archive import MemoryArchive
    from simulator.core.analysis import SessionReport
    from simulator.interview.conduct import Outcome


def show_private(outcome: Outcome, store: MemoryArchive) -> int:
    """Show the report of a private interview and offer to keep it; give the exit status."""
    if outcome.interrupted:
        click.echo("Stopped. The interview was private: nothing of it is kept.")
        return INTERRUPTED
    if not outcome.session.answered():
        click.echo("No answer was recorded, so there is nothing to report.")
        return 0
    report, status = None, 0
    try:
        report = measure(outcome.session, store, outcome=outcome)
        show_report(report)
    except SimulatorError as error:
        click.echo(f"The answers could not be measured: {error}", err=True)
        status = 1
    _offer(outcome, store, report)
    return status


def _offer(outcome: Outcome, store: MemoryArchive, report: SessionReport | None) -> None:
    if not interactive() or not click.confirm("\nKeep this session on disk after all?"):
        click.echo("\nThe interview was private: nothing of it is kept.")
        return
    folder = wiring.keep_private(store, outcome.session)
    if report is not None:
        wiring.save_report(folder, report)
    click.echo(f"Kept in {folder}")
