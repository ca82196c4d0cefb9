"""`rehearse config`: what is in force, where it came from, and how to change it."""

from __future__ import annotations

import json

import click

from simulator import wiring
from simulator.cli.columns import columns
from simulator.cli.models import tuning
from simulator.core.setting_values import show_value, write_value


@click.group("config", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(context: click.Context, *, as_json: bool) -> None:
    """Show every setting in force, and where its value came from.

    A value comes from the environment (REHEARSE_INTERVIEW_STYLE for interview.style), else from
    config.toml, else it is the default. Options of a command override them all.

    \b
    Examples:
      rehearse config
      rehearse config set interview.style friendly
      rehearse config set interview.silence_seconds off
      rehearse config set fillers.add "at the end of the day, so to speak"
      rehearse config set retention.audio 30d
      rehearse config unset interview.style
    """
    if context.invoked_subcommand is not None:
        return
    entries = wiring.config().entries()
    if as_json:
        found = [
            {
                "key": entry.option.key,
                "value": write_value(entry.option, entry.value),
                "source": entry.source,
                "where": entry.where,
                "about": entry.option.about,
            }
            for entry in entries
        ]
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    rows = [("SETTING", "VALUE", "FROM", "")]
    for entry in entries:
        shown = show_value(entry.option, entry.value) or "-"
        source = entry.where if entry.source == "environment" else entry.source
        rows.append((entry.option.key, shown, source, entry.option.about))
    click.echo(columns(rows))
    click.echo(f"\n{tuning(wiring.plan().model)}")


@command.command("set")
@click.argument("key")
@click.argument("value")
def set_value(key: str, value: str) -> None:
    """Write one setting into config.toml.

    \b
    Examples:
      rehearse config set voice.rate 160
      rehearse config set pace.speech_wpm 110,170
    """
    entry = wiring.config().set(key, value)
    click.echo(f"{key} = {show_value(entry.option, entry.value) or '(empty)'}")
    if key == "retention.audio" and entry.value is not None:
        click.echo(
            "From now on `rehearse interview` and `rehearse sessions` begin by deleting recordings "
            f"older than {entry.value} days, and say which; transcripts and reports stay."
        )


@command.command("unset")
@click.argument("key")
def unset(key: str) -> None:
    """Take one setting out of config.toml, so that its default holds again.

    \b
    Example:
      rehearse config unset voice.rate
    """
    there = wiring.config().unset(key)
    click.echo(f"{key}: {'the default holds again' if there else 'was not set in the file'}")


@command.command("path")
def path() -> None:
    """Print where config.toml lies, or would lie."""
    click.echo(wiring.config().path)
