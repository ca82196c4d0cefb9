"""`rehearse compare`: two sessions side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator import wiring
from simulator.cli.columns import columns
from simulator.cli.common import measure_session
from simulator.cli.replay import open_session
from simulator.core.clean import clean
from simulator.core.side_by_side import pair_up
from simulator.errors import SessionError

if TYPE_CHECKING:
    from simulator.core.analysis import SessionReport
    from simulator.core.page_sound import PageSound
    from simulator.core.side_by_side import Pair


@click.command("compare")
@click.argument("before")
@click.argument("after", default="last")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a page (HTML) with both sounds to this file.",
)
def command(before: str, after: str, *, output: Path | None) -> int:
    """Put two sessions side by side: the same questions, measure by measure.

    \b
    Examples:
      rehearse compare 2026-11-20 last
      rehearse compare 2026-11-20 2026-11-22 -o two.html    with both sounds
    """
    first, second = _report(before), _report(after)
    pairs = pair_up(first[0], second[0])
    if not pairs:
        raise SessionError(f"{before} and {after} have no question in common")
    if output is None:
        for pair in pairs:
            _show(pair, (first[0].session.id, second[0].session.id))
        return 0
    from simulator.report.html.comparison import render

    sounds = _sounds(*first), _sounds(*second)
    wiring.write_report(output, render((first[0], second[0]), pairs, sounds))
    click.echo(f"Written: {output}")
    return 0


def _report(wanted: str) -> tuple[SessionReport, Path | None]:
    """Give a session's report, measured now if need be, and the store it lies in."""
    root, session = open_session(wanted)
    kept = wiring.load_report(wiring.archive(root).folder(session), session)
    return kept or measure_session(session, root=root), root


def _sounds(report: SessionReport, root: Path | None) -> dict[str, PageSound]:
    return wiring.page_sounds(report.session, report, wiring.archive(root), "embed")


def _show(pair: Pair, names: tuple[str, str]) -> None:
    click.echo(clean(pair.before.question.prompt))
    rows = [("", *names), *((f"  {r.label}", r.before, r.after) for r in pair.rows)]
    click.echo(columns(rows) + "\n")
