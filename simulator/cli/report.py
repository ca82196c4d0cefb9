"""`rehearse report`: a session's report on screen, or as a file in any format."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator import wiring
from simulator.cli.closing import show_report
from simulator.cli.common import measure_session
from simulator.cli.replay import open_session
from simulator.core.shown import shown
from simulator.report import FORMATS

if TYPE_CHECKING:
    from simulator.adapters.page_audio import Sound
    from simulator.core.analysis import SessionReport
    from simulator.core.session import Session

PAGE = "report.html"


@click.command("report")
@click.argument("session", default="last")
@click.option(
    "-f",
    "--format",
    "name",
    type=click.Choice(FORMATS),
    help="Default: by OUTPUT's name, else text.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write."
)
@click.option(
    "--answer", "number", type=click.IntRange(min=1), help="Only this answer, by its number."
)
@click.option("--open", "opened", is_flag=True, help="Open the page in the browser.")
@click.option("--no-audio", "sound", flag_value="none", help="Leave the sound out of the page.")
@click.option(
    "--link-audio", "sound", flag_value="link", help="Let the page play the session's own files."
)
def command(
    session: str,
    *,
    name: str | None,
    output: Path | None,
    number: int | None,
    opened: bool,
    sound: Sound | None,
) -> int:
    """Show what a session's report says, or write it to a file.

    SESSION is an id, the beginning of one, `last` (the default), or a session's folder. A page
    holds its sounds and needs no network; keep it, mail it, open it in any browser.

    \b
    Examples:
      rehearse report                            the last session, in the terminal
      rehearse report --open                     as a page, in the browser
      rehearse report -o practice.html           as a page to keep
      rehearse report 2026-11-22 -f markdown     as Markdown, to the screen
      rehearse report --answer 2 -o answer.srt   captions of the second answer
    """
    name = name or ("html" if opened else _format_of(output))
    root, found = open_session(session)
    store = wiring.archive(root)
    report = wiring.load_report(store.folder(found), found) or measure_session(found, root=root)
    if number is not None:
        report = _only(report, number)
    if name == "text" and output is None:
        show_report(report)
        return 0
    if name == "html" and output is None and (opened or sys.stdout.isatty()):
        output = store.folder(found) / PAGE
    text = _render(report, name, found, root, sound or "embed")
    _deliver(text, output)
    if opened and output is not None and not wiring.open_page(output):
        click.echo("No browser could be started; open the file by hand.", err=True)
    return 0


def _only(report: SessionReport, number: int) -> SessionReport:
    """Leave one answer in a report."""
    if number > len(report.answers):
        raise click.UsageError(f"--answer {number}: the session has {len(report.answers)}")
    return replace(report, answers=(report.answers[number - 1],))


def _format_of(output: Path | None) -> str:
    """Choose the format that a file's name asks for; text without a file."""
    if output is None:
        return "text"
    endings = {"md": "markdown", "htm": "html", "txt": "text"}
    ending = output.suffix.lower().lstrip(".")
    name = endings.get(ending, ending)
    if name not in FORMATS:
        raise click.UsageError(f"--format is needed: {output} does not say which")
    return name


def _render(
    report: SessionReport, name: str, session: Session, root: Path | None, sound: Sound
) -> str:
    report = shown(report)
    if name != "html":
        from simulator.report import render

        return render(report, name)
    from simulator.report.html import render as render_page

    return render_page(report, wiring.page_sounds(session, report, wiring.archive(root), sound))


def _deliver(text: str, output: Path | None) -> None:
    """Write to a file and say so, or to the screen."""
    if output is None:
        click.echo(text, nl=False)
        return
    wiring.write_report(output, text)
    click.echo(f"Written: {output}")
