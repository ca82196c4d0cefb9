"""The campaign of damaged files in short, and proof that it would see what it looks for."""

import os
import random
import subprocess
import sys

import pytest

from tests.fuzz import campaign
from tests.fuzz.targets import TARGETS

HARMFUL = """
import pathlib, sys
from tests.fuzz import campaign
campaign.LONGEST = 0.2

def harm(self, data):
    if data not in self.good:
        {what}

from tests.fuzz.targets import CORPUS
campaign.Loaders.good = {{path.read_bytes() for path in (CORPUS / "config").iterdir()}}
campaign.Loaders.config = harm
row = campaign.batch("config", "1", 50, pathlib.Path(sys.argv[1]))
sys.exit(10 + row.faults)
"""


def test_every_loader_stands_some_damage():
    command = [sys.executable, "-m", "tests.fuzz.campaign", "--inputs", "100", "--seed", "7"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    rows = [line.split("|")[1:3] for line in done.stdout.splitlines()[2:]]
    assert [(name.strip(), int(number)) for name, number in rows] == [(t, 100) for t in TARGETS]


@pytest.mark.parametrize(
    "what",
    ["raise KeyError", "__import__('os').abort()", "while True: pass", "self.held = bytes(2**40)"],
    ids=["traceback", "crash", "hang", "memory"],
)
def test_what_does_harm_is_counted_and_its_input_kept(tmp_path, what):
    program = HARMFUL.format(what=what)
    done = subprocess.run(
        [sys.executable, "-c", program, "."],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(campaign.CORPUS.parents[2])},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 11, done.stderr
    assert (tmp_path / "fuzz-config-1").read_bytes()


def test_the_same_seed_damages_the_same_way():
    good = [bytes(range(100)), b"schema = 1"]
    first, again = (
        [campaign.damaged(random.Random(seed), good) for seed in range(50)] for _ in range(2)
    )
    assert first == again
    assert len(set(first)) > 40
