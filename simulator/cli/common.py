"""What several commands share: the console, choosing a scenario, and showing a session's report."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from simulator import wiring
from simulator.errors import JudgeError, ScenarioError, SessionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rich.console import Console

    from simulator.cli.stage import PlainStage, TerminalStage
    from simulator.core.analysis import SessionReport
    from simulator.core.scenario import Scenario
    from simulator.core.session import Session
    from simulator.interview.conduct import Outcome
    from simulator.ports import Archive, Judge


def console(*, stderr: bool = False) -> Console:
    """Make a console; NO_COLOR and dumb terminals are respected."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=False)


def interactive() -> bool:
    """Say whether somebody sits at a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def stage_for(screen: Console) -> TerminalStage | PlainStage:
    """Choose how an interview is shown."""
    from simulator.cli.stage import PlainStage, TerminalStage

    return TerminalStage(screen) if interactive() else PlainStage(screen)


def choose_scenario(wanted: str | None) -> Scenario:
    """Load the scenario that was named, or let the candidate choose a pack.

    Raises ScenarioError, also when there is nobody to choose.
    """
    library = wiring.library()
    if wanted is not None:
        return library.load(wanted)
    packs = library.packs()
    if not interactive():
        known = ", ".join(pack.id for pack in packs)
        raise ScenarioError(f"name a scenario: {known}")
    for number, pack in enumerate(packs, 1):
        click.echo(f"  {number:>2}  {pack.title} ({pack.questions} questions)")
    choice: int = click.prompt("Which pack", type=click.IntRange(1, len(packs)), default=1)
    return library.load(packs[choice - 1].id)


def measure_session(
    session: Session,
    *,
    outcome: Outcome | None = None,
    model: str | None = None,
    root: Path | None = None,
) -> SessionReport:
    """Review a session with a progress line, and keep the result beside it.

    Raises ModelUnavailable and SessionError.
    """
    store = wiring.archive(root)
    report = measure(session, store, outcome=outcome, model=model)
    keep_report(store.folder(session), report)
    return report


def measure(
    session: Session,
    store: Archive,
    *,
    outcome: Outcome | None = None,
    model: str | None = None,
) -> SessionReport:
    """Review a session with a progress line; what its outcome knows already is not done again.

    Raises ModelUnavailable and SessionError.
    """
    from simulator.review import Reviewer, review

    judged = dict(outcome.coverages) if outcome else {}
    all_judged = all(take.audio in judged for _, take in session.answered())

    with progress_line() as tell:
        reviewer = Reviewer(
            transcriber=wiring.transcriber(model or session.settings.model),
            judge=None if all_judged else _judge(),
            progress=tell,
            heard=dict(outcome.transcripts) if outcome else {},
            judged=judged,
            measuring=wiring.measuring(),
        )
        return review(session, store, reviewer)


def keep_report(folder: Path, report: SessionReport) -> None:
    """Keep a report where that can be; a folder that is read-only is no reason to fail."""
    try:
        wiring.save_report(folder, report)
    except SessionError as error:
        click.echo(f"rehearse: the report was not kept: {error}", err=True)


def _judge() -> Judge | None:
    try:
        return wiring.judge()
    except JudgeError as error:
        click.echo(f"rehearse: the rubric is left out: {error}", err=True)
        return None


@contextmanager
def progress_line() -> Iterator[Callable[[str, float], None]]:
    """Give a function that shows what is being measured; wipe its line in the end."""
    shown = sys.stderr.isatty()

    def tell(what: str, share: float) -> None:
        if shown:
            filled = round(20 * share)
            bar = "━" * filled + " " * (20 - filled)
            click.echo(f"\r\033[K  measuring {what:.40} {bar} {share:4.0%}", nl=False, err=True)

    try:
        yield tell
    finally:
        if shown:
            click.echo("\r\033[K", nl=False, err=True)
