"""Shells complete commands and options."""

import os
import subprocess
import sys

import pytest

from simulator.cli import COMMANDS, main


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_printed(capsys, shell):
    with pytest.raises(SystemExit):
        main(["completion", shell])
    assert "_REHEARSE_COMPLETE" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "expected"),
    [("rehearse ", set(COMMANDS)), ("rehearse scenarios sh", {"show"})],
)
def test_words_are_completed(words, expected):
    environment = os.environ | {
        "_REHEARSE_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
    }
    done = subprocess.run(
        [sys.executable, "-m", "simulator"],
        check=False,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert {line.partition(",")[2] for line in done.stdout.splitlines()} == expected
