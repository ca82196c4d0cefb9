"""`rehearse models`: the recogniser's weights, their speed here, and how to get others."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import click

from simulator import wiring
from simulator.cli.columns import columns

if TYPE_CHECKING:
    from simulator.core.decoding import Decoding
    from simulator.core.models import ModelLine


@click.group("models", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(context: click.Context, *, as_json: bool) -> None:
    """List the recogniser's models: size, whether present and intact, measured speed.

    The speed is the real-time factor: 0.1 means that a minute of sound takes six seconds.

    \b
    Examples:
      rehearse models
      rehearse models measure base
      rehearse models tune
      rehearse models get small.en
      rehearse config set recogniser.model base
    """
    if context.invoked_subcommand is not None:
        return
    lines = wiring.model_store().models()
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(line) for line in lines], indent=2))
        return
    click.echo(columns([("MODEL", "SIZE", "SPEED", ""), *map(_row, lines)]))
    click.echo(f"\n{tuning(wiring.plan().model)}")
    click.echo("\nA larger one: rehearse models get NAME (it says its size and asks first).")


@command.command("measure")
@click.argument("names", nargs=-1)
def measure(names: tuple[str, ...]) -> None:
    """Measure how fast models are on this machine, on a recorded answer that ships with Rehearse.

    \b
    Examples:
      rehearse models measure
      rehearse models measure tiny.en base
    """
    present = [line.name for line in wiring.model_store().models() if line.present]
    for name in names or present:
        line = wiring.measure_model(name)
        click.echo(f"{name}: {line.speed:.2f} s of work for a second of sound")


@command.command("tune")
@click.argument("name", default="")
def tune(name: str) -> None:
    """Find out how this machine decodes soonest, and do it so from now on.

    Tries threads, workers and batches for about a minute, with the model in use or the one named.
    The words that are heard stay the same.

    \b
    Examples:
      rehearse models tune
      rehearse models tune base
    """
    chosen = name or wiring.plan().model

    def tell(live: bool, how: Decoding, factor: float) -> None:  # noqa: FBT001
        kind = "while you speak" if live else "a recording"
        click.echo(f"{kind:<16} {how!s:<34} {factor:.3f} s of work for a second of sound")

    wiring.tune_model(chosen, tell)
    click.echo(f"\n{tuning(chosen)}")


def tuning(name: str) -> str:
    """Say how a model is decoded on this machine, and whether that was measured."""
    store = wiring.model_store()
    how = f"live {store.decoding(name, live=True)}; recordings {store.decoding(name, live=False)}"
    known = "measured here" if store.tuned(name) else "not measured yet: rehearse models tune"
    return f"{name} on this machine ({known}): {how}"


@command.command("get")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def get(name: str, *, yes: bool) -> None:
    """Download a faster-whisper model: the only command that opens a network connection.

    It says the model's size and asks before anything is fetched.

    \b
    Examples:
      rehearse models get small.en
      rehearse models get large-v3-turbo --yes
    """
    repository, size = wiring.find_download(name)
    click.echo(f"{name}: {size / 1e6:.0f} MB from huggingface.co/{repository}")
    if not yes:
        click.confirm("Download it?", abort=True)
    folder = wiring.download(name, repository)
    click.echo(f"{folder}: here. Use it with: rehearse config set recogniser.model {name}")


def _row(line: ModelLine) -> tuple[str, ...]:
    size = f"{line.size / 1e6:.0f} MB" if line.size else "-"
    speed = "-" if line.speed is None else f"{line.speed:.2f}"
    return line.name, size, speed, "here" if line.present else line.note
