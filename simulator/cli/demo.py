"""`rehearse demo`: a whole interview with a recorded candidate."""

from __future__ import annotations

import dataclasses

import click

from simulator import __version__, wiring
from simulator.cli.interview import run, settings_of

CANDIDATES = ("strong", "middling", "hesitant")
SCENARIO = "taster"


@click.command("demo")
@click.option(
    "--candidate",
    type=click.Choice(CANDIDATES),
    default="middling",
    show_default=True,
    help="Which recorded candidate answers.",
)
@click.option("--no-voice", is_flag=True, help="Show the questions without speaking them.")
def command(candidate: str, *, no_voice: bool) -> int:
    """Watch a whole interview with a recorded candidate in place of the microphone.

    The questions are synthesised and, with a sound card, heard; the answers go through the
    same code as yours would: recogniser, measures, rubric, report.

    \b
    Examples:
      rehearse demo
      rehearse demo --candidate strong
    """
    scenario = wiring.library().load(SCENARIO)
    answers = wiring.demo_answers(scenario, candidate)
    plan = dataclasses.replace(
        wiring.plan(), think=False, check=False, speak=not no_voice, silence_seconds=None
    )
    session = wiring.archive().create(scenario, settings_of(plan), "files")
    session = dataclasses.replace(session, versions=(("rehearse", __version__),))
    click.echo(f"A demo: {scenario.title}, answered by a recorded ({candidate}) candidate.\n")
    return run(session, plan, answers)
