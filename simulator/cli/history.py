"""`rehearse history`: the same measures over all sessions."""

from __future__ import annotations

import csv
import sys
from dataclasses import astuple, fields
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator import wiring
from simulator.cli.columns import columns
from simulator.core.clean import clean
from simulator.core.history import METRICS, sparkline, summarise, wanted
from simulator.core.ledger import AnswerLine
from simulator.core.wording import count, phrase, shorten

if TYPE_CHECKING:
    from simulator.core.history import History


WIDTH = 80


@click.command("history")
@click.option("--scenario", default="", help="Only sessions with this pack (its id).")
@click.option("--question", default="", help="Only answers to this question (its id).")
@click.option("--metric", type=click.Choice([m.id for m in METRICS]), help="Only this measure.")
@click.option("--csv", "as_csv", is_flag=True, help="Every measure of every answer, as CSV.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a page (HTML) to this file.",
)
def command(
    *, scenario: str, question: str, metric: str | None, as_csv: bool, output: Path | None
) -> int:
    """Show how your answers change from session to session.

    Each measure is the mean of a session's answers. A change that is smaller than your own spread
    from one session to the next is not called one.

    \b
    Examples:
      rehearse history                                 all sessions
      rehearse history --question angry-customer       one question over time
      rehearse history -o history.html                 as a page
      rehearse history --csv > answers.csv             for a spreadsheet
    """
    index = wiring.index()
    if as_csv:
        click.echo(_csv(index.answers(scenario, question)), nl=False)
        return 0
    totals = index.totals(scenario, question)
    if not totals.sessions:
        click.echo("No measured answers yet; record some with: rehearse interview")
        _tell_unmeasured(totals.unmeasured)
        return 0
    off = wiring.measuring().off
    history = summarise(totals, wanted(off, metric), off)
    if output is not None:
        from simulator.report.html.history import render

        wiring.write_report(output, render(history))
        click.echo(f"Written: {output}")
        return 0
    _show(history)
    _tell_unmeasured(totals.unmeasured)
    return 0


def _tell_unmeasured(number: int) -> None:
    if number:
        sessions = count(number, "session")
        click.echo(f"\n{sessions} not counted: measured by an earlier version, or never.")
        click.echo("Measure one again with: rehearse replay SESSION --reanalyse")


def _csv(answers: tuple[AnswerLine, ...]) -> str:
    written = StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(field.name for field in fields(AnswerLine))
    rows.writerows(astuple(line) for line in answers)
    return written.getvalue()


def _show(history: History) -> None:
    rows = [
        (
            metric.label,
            sparkline(v.value for v in trend.values),
            metric.show(trend.latest),
            trend.direction,
        )
        for metric, trend in history.trends
    ]
    if not (sys.stdout.encoding or "").lower().startswith("utf"):
        rows = [(label, "", value, direction) for label, _, value, direction in rows]
    click.echo(columns(rows))
    if history.missed:
        click.echo("\nNot heard again and again")
        for question, criteria in history.missed_by_question:
            click.echo(shorten(f"  {clean(question)}", WIDTH))
            for missed in criteria:
                times = f"{missed.missed} of {missed.asked}"
                click.echo(shorten(f"  {times:>10}  {clean(missed.name)}", WIDTH))
    if history.crutches:
        said = ", ".join(f"{phrase(clean(c.phrase))} {c.count}×" for c in history.crutches)
        click.echo("\n" + shorten(f"Fillers said most: {said}", WIDTH))
    if history.weakest:
        click.echo("\nRehearse next, with: rehearse interview --weakest")
        for question in history.weakest:
            click.echo(shorten(f"  {clean(question)}  {clean(history.prompt(question))}", WIDTH))
