"""Every command teaches: a summary, examples that stand on lines of their own, known options."""

import click
import pytest
from click.testing import CliRunner

from simulator.cli import COMMANDS, rehearse


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples(name):
    done = CliRunner().invoke(rehearse, [name, "--help"])
    assert done.exit_code == 0
    assert "\\b" not in done.output
    assert f"\n    rehearse {name}" in done.output, "an example stands on a line of its own"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name):
    command = rehearse.get_command(click.Context(rehearse), name)
    silent = [p.name for p in command.params if isinstance(p, click.Option) and not p.help]
    assert not silent


def test_an_unknown_command_is_a_usage_error():
    assert CliRunner().invoke(rehearse, ["sing"]).exit_code == 2
