"""The command line: parse, call, print, exit status. The only package that prints.

Each command lives in a module of its own, named like it, and is imported when it is called.
"""

from __future__ import annotations

import importlib
import sys

import click

from simulator import __version__
from simulator.errors import SimulatorError

COMMANDS = {
    "interview": "Record a mock interview: questions spoken, answers recorded, a report.",
    "demo": "Watch a whole interview with a recorded candidate.",
    "replay": "Hear a recorded session again, or measure it anew.",
    "report": "Show a session's report, or write it as a page, Markdown, JSON, captions.",
    "correct": "Correct what a report says of a criterion.",
    "history": "Show how your answers change from session to session.",
    "compare": "Put two sessions, or two takes, side by side.",
    "scenarios": "List, show, check and begin question packs.",
    "config": "Show and change the settings.",
    "sessions": "List, show, delete, export and import recorded sessions.",
    "doctor": "Check whether an interview can run here, and what mends it.",
    "models": "List the recogniser's models, measure them, get others.",
    "measure": "Measure any recordings: pace, pauses, fillers.",
    "score": "Judge a written answer against a question's rubric.",
    "completion": "Print the script with which a shell completes commands.",
}
"""Name and one line of help of each command, so that `--help` imports none of them."""


class LazyGroup(click.Group):
    """Import a command's module only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """List all commands in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"simulator.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="rehearse")
def rehearse() -> None:
    """Rehearse job interviews aloud, wholly on your own machine."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave: 0, 1 (error), 2 (usage) or 130 (Ctrl-C)."""
    try:
        status = rehearse.main(args=arguments, prog_name="rehearse", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("", err=True)
        sys.exit(130)
    except SimulatorError as error:
        click.echo(f"rehearse: {harmless(str(error))}", err=True)
        sys.exit(1)
    except MemoryError:
        click.echo("rehearse: there is too little memory; close other programs", err=True)
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)


def harmless(message: str) -> str:
    """Keep what a file or its name holds from steering the terminal; paths stay whole."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in message)
