"""`rehearse compare`: two sessions, or two takes, side by side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator import wiring
from simulator.cli.columns import columns
from simulator.cli.common import measure, measure_session
from simulator.cli.replay import open_session
from simulator.core.clean import clean
from simulator.core.shown import shown
from simulator.core.side_by_side import only_take, pair_up
from simulator.errors import SessionError

if TYPE_CHECKING:
    from simulator.core.analysis import SessionReport
    from simulator.core.page_sound import PageSound
    from simulator.core.session import Session
    from simulator.core.side_by_side import Pair

    Side = tuple[SessionReport, Path | None]

WIDTH = 80


@click.command("compare")
@click.argument("before", required=False)
@click.argument("after", required=False)
@click.option(
    "--takes",
    type=(click.IntRange(min=1), click.IntRange(min=1)),
    metavar="N M",
    help="Compare take N with take M: of one session, or N of the first with M of the second.",
)
@click.option("--question", help="Only this question (its id).")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a page (HTML) with both sounds to this file.",
)
def command(
    before: str | None,
    after: str | None,
    *,
    takes: tuple[int, int] | None,
    question: str | None,
    output: Path | None,
) -> int:
    """Put two sessions, or two takes, side by side: the same questions, measure by measure.

    Without AFTER, a session is compared with the last one; its takes with one another.

    \b
    Examples:
      rehearse compare 2026-11-20 last
      rehearse compare 2026-11-20 2026-11-22 -o two.html    with both sounds
      rehearse compare --takes 1 2                          two takes of the last session
      rehearse compare 2026-11-20 last --takes 1 3 --question own-mistake
    """
    if before is None and takes is None:
        raise click.UsageError("name a session to compare with the last one, or --takes")
    before = before or "last"
    after = after or (before if takes else "last")
    numbers = takes or (None, None)
    sides = _side(before, numbers[0], question), _side(after, numbers[1], question)
    pairs = pair_up(sides[0][0], sides[1][0])
    if not pairs:
        notes = (*sides[0][0].notes, *sides[1][0].notes)
        raise SessionError(notes[0] if notes else _nothing(before, after, question))
    if output is None:
        for pair in pairs:
            _show(pair)
        return 0
    _write(output, sides, pairs)
    return 0


def _nothing(before: str, after: str, question: str | None) -> str:
    if question is not None:
        return f"{question}: not answered in both; `rehearse sessions show` lists the questions"
    return f"{before} and {after} have no question in common"


def _side(wanted: str, take: int | None, question: str | None) -> Side:
    """Give a session's report, measured now if need be, and the store it lies in."""
    root, session = open_session(wanted)
    if take is not None:
        return shown(_report_of_takes(session, only_take(session, take, question), root)), root
    report = _report(session, root)
    if question is not None:
        chosen = tuple(answer for answer in report.answers if answer.question.id == question)
        report = replace(report, answers=chosen)
    return shown(report), root


def _report(session: Session, root: Path | None) -> SessionReport:
    kept = wiring.load_report(wiring.archive(root).folder(session), session)
    return kept or measure_session(session, root=root)


def _report_of_takes(session: Session, chosen: Session, root: Path | None) -> SessionReport:
    """Report on chosen takes; those that don't count are measured now."""
    if not chosen.takes:
        raise SessionError(
            f"{session.id}: there is no such take; see: rehearse sessions show {session.id}"
        )
    kept = _report(session, root)
    audio = {take.audio for take in chosen.takes}
    known = {a.question.id: a for a in kept.answers if a.take.audio in audio}
    unknown = tuple(take for take in chosen.takes if take.question_id not in known)
    notes = kept.notes
    if unknown:
        rest = measure(replace(chosen, takes=unknown), wiring.archive(root))
        known |= {answer.question.id: answer for answer in rest.answers}
        notes = rest.notes
    questions = session.scenario.questions
    answers = tuple(known[question.id] for question in questions if question.id in known)
    return replace(kept, answers=answers, notes=notes)


def _write(output: Path, sides: tuple[Side, Side], pairs: tuple[Pair, ...]) -> None:
    from simulator.report.html.comparison import render

    sounds = _sounds(*sides[0]), _sounds(*sides[1])
    wiring.write_report(output, render((sides[0][0], sides[1][0]), pairs, sounds))
    click.echo(f"Written: {output}")


def _sounds(report: SessionReport, root: Path | None) -> dict[str, PageSound]:
    return wiring.page_sounds(report.session, report, wiring.archive(root), "embed")


def _show(pair: Pair) -> None:
    from textwrap import wrap

    for line in wrap(clean(pair.before.question.prompt), WIDTH):
        click.echo(line)
    rows = [("", *pair.names), *((f"  {r.label}", r.before, r.after) for r in pair.measures)]
    click.echo(columns(rows))
    for row in pair.criteria:
        changed = f"{clean(row.label)}: {row.before} → {row.after}"
        click.echo("\n".join(wrap(changed, WIDTH, initial_indent="  ", subsequent_indent="    ")))
    click.echo()
