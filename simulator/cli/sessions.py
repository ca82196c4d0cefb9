"""`rehearse sessions`: list, show, delete, hand out and take in."""

from __future__ import annotations

import dataclasses
import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator import wiring
from simulator.cli.columns import columns
from simulator.cli.retention import apply_retention
from simulator.core.clean import clean
from simulator.errors import SessionError

if TYPE_CHECKING:
    from simulator.core.ledger import SessionLine
    from simulator.core.session import Session, Take

SHOWN = 20


@click.group("sessions", invoke_without_command=True)
@click.option(
    "-n",
    "number",
    type=click.IntRange(1),
    default=SHOWN,
    show_default=True,
    help="List so many.",
)
@click.option("--all", "everything", is_flag=True, help="List all of them.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(context: click.Context, number: int, *, everything: bool, as_json: bool) -> None:
    """List the recorded sessions, newest first.

    SESSION is an id, the beginning of one, or `last`.

    \b
    Examples:
      rehearse sessions                       the newest twenty
      rehearse sessions --all --json
      rehearse sessions show last
      rehearse sessions export last -o session.zip
      rehearse sessions delete 2026-11-22-1530-k3f9
    """
    if context.invoked_subcommand is not None:
        return
    apply_retention()
    lines = wiring.index().sessions(-1 if everything else number + 1)
    shown = lines if everything else lines[:number]
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(line) for line in shown], indent=2))
        return
    if not lines:
        click.echo("There is no session yet; record one with: rehearse interview")
        return
    rows = [("SESSION", "WHEN", "ANSWERS", "LENGTH", "COVERAGE", "TITLE")]
    click.echo(columns([*rows, *map(_row, shown)]))
    if len(lines) > len(shown):
        click.echo(f"The newest {len(shown)}; --all lists the older ones too.")


@command.command("show")
@click.argument("session", default="last")
@click.option("--json", "as_json", is_flag=True, help="Print session.json as it is understood.")
def show(session: str, *, as_json: bool) -> None:
    """Show what a session holds: its questions, its takes and its files.

    \b
    Example:
      rehearse sessions show last
    """
    archive = wiring.archive()
    found = archive.open(session)
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(found), indent=2, ensure_ascii=False))
        return
    state = "finished" if found.finished else "broken off: rehearse interview --resume"
    click.echo(f"{found.id}  {_when(found.created)}  {clean(found.scenario.title)}  ({state})")
    click.echo(f"in {archive.folder(found)}")
    for question in found.scenario.questions:
        click.echo(f"\n{clean(question.id)}  {clean(question.prompt)}")
        counted = found.answer_to(question.id)
        for take in found.takes_of(question.id):
            mark = "*" if take == counted else " "
            click.echo(f"  {mark} take {take.number}  {_take(take)}")
    click.echo("\n* the take that counts. Report: rehearse report " + found.id)


@command.command("delete")
@click.argument("sessions", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(sessions: tuple[str, ...], *, yes: bool) -> None:
    """Delete sessions: recordings, transcripts, reports and what the index knows of them.

    \b
    Examples:
      rehearse sessions delete last
      rehearse sessions delete 2026-11-22-1530-k3f9 --yes
    """
    archive = wiring.archive()
    chosen = tuple(dict.fromkeys(archive.resolve(wanted) for wanted in sessions))
    for session_id in chosen:
        click.echo(f"{session_id}  {archive.root / session_id}")
    if not yes:
        noun = "this session" if len(chosen) == 1 else f"these {len(chosen)} sessions"
        click.confirm(f"Delete {noun} for good?", abort=True)
    for session_id in chosen:
        archive.delete(session_id)
    wiring.index().sessions(1)  # Forgets what is gone.
    click.echo("Deleted. Copies of yours (backups, exported files, saved reports) are untouched.")


@command.command("export")
@click.argument("session", default="last")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Name of the zip file.")
@click.option("--no-audio", is_flag=True, help="Leave the recordings out.")
def export(session: str, output: Path | None, *, no_audio: bool) -> None:
    """Put a session into one zip file, which `import` takes in elsewhere.

    \b
    Examples:
      rehearse sessions export last
      rehearse sessions export 2026-11 -o for-my-coach.zip --no-audio
    """
    session_id = wiring.archive().resolve(session)
    target = output or Path(f"{session_id}.zip")
    wiring.export_session(session_id, target, audio=not no_audio)
    click.echo(f"{target}: session {session_id}, {target.stat().st_size / 1e6:.1f} MB")


@command.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def import_files(files: tuple[Path, ...]) -> int:
    """Take in sessions from zip files that `export` wrote.

    \b
    Example:
      rehearse sessions import session.zip
    """
    status = 0
    for path in files:
        try:
            session = wiring.import_session(path)
        except SessionError as error:
            click.echo(f"rehearse: {error}", err=True)
            status = 1
            continue
        click.echo(f"{session.id}: {clean(session.scenario.title)}, {_answers(session)}")
    return status


@command.command("path")
@click.argument("session", required=False)
def path(session: str | None) -> None:
    """Print the folder of all sessions, or of one.

    \b
    Example:
      cd "$(rehearse sessions path last)"
    """
    archive = wiring.archive()
    click.echo(archive.root if session is None else archive.root / archive.resolve(session))


def _row(line: SessionLine) -> tuple[str, ...]:
    if line.fault:
        return line.id, "", "", "", "", f"cannot be opened: {line.fault}"
    coverage = "-" if line.coverage is None else f"{line.coverage:.0%}"
    title = line.title if line.finished else f"{line.title} (broken off)"
    answers = f"{line.answered} of {line.questions}"
    return line.id, _when(line.created), answers, _length(line.seconds), coverage, title


def _when(created: str) -> str:
    try:
        return f"{datetime.fromisoformat(created).astimezone():%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError, OSError):
        return created[:16]


def _length(seconds: float) -> str:
    return f"{int(seconds // 60)}:{int(seconds % 60):02}"


def _take(take: Take) -> str:
    follow_up = f", follow-up on {take.follow_up_of}" if take.follow_up_of else ""
    return clean(f"{_length(take.duration)}, {take.audio}, ended by {take.ended_by}{follow_up}")


def _answers(session: Session) -> str:
    number = len(session.answered())
    return f"{number} answer" if number == 1 else f"{number} answers"
