"""The sound card of the tests cleans up after itself."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.virtual_card import wait_until

START = """
import sys, time, pathlib
from tests.virtual_card import VirtualCard
card = VirtualCard(pathlib.Path(sys.argv[1]))
card.start()
print((card.folder / "pid").read_text(), flush=True)
time.sleep(600)
"""


def alive(pid: int) -> bool:
    """Say whether a process runs; one that has ended may still wait for its parent to ask."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.card
@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone ends a child with its parent")
def test_a_killed_test_run_leaves_no_daemon(card, tmp_path_factory):
    folder = tmp_path_factory.mktemp("card") / "c"
    with subprocess.Popen([sys.executable, "-c", START, folder], stdout=subprocess.PIPE) as run:
        daemon = int(run.stdout.readline())
        assert alive(daemon)
        run.kill()
    wait_until(lambda: not alive(daemon), "the daemon's end")
