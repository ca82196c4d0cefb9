"""Print how soon commands end, an interview speaks, and what it takes while nobody does.

    python -m benchmarks.start [--runs 7]

Commands are timed from start to exit, against `python -c pass`, in a home of their own. The
interview runs in a terminal on the virtual sound card (see tests/virtual_card.py): from its start
until its first word is heard, and until the first question is, the introduction's own length left
out. Then nobody answers for half a minute, with the meter on: the share of a core that it takes.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import pexpect

from tests.virtual_card import VirtualCard

COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "rehearse --help": ["-m", "simulator", "--help"],
    "rehearse scenarios": ["-m", "simulator", "scenarios"],
    "rehearse sessions": ["-m", "simulator", "sessions"],
}
WAITING_SECONDS, LOADING_SECONDS = 30, 10
"""The recogniser and the judge are loaded first."""
RATE = 16_000
LOUD = 200
"""Of 32768: the voice, not the silence around it."""
BREAK_SECONDS = 0.5
"""A silence between two things that are said, longer than those inside."""


def timed(arguments: list[str], runs: int) -> float:
    """Give the median seconds from start to exit."""
    times = []
    for _ in range(runs + 1):  # the first fills the cache
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)  # noqa: S603
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def interview(*arguments: str) -> pexpect.spawn:
    """Start an interview in a terminal of 100 columns."""
    program = ["-m", "simulator", "interview", "taster", "--no-check", "--no-think", *arguments]
    environment = {**os.environ, "TERM": "xterm-256color"}
    return pexpect.spawn(sys.executable, program, dimensions=(40, 100), timeout=60, env=environment)


def spoken(card: VirtualCard, folder: Path) -> tuple[float, float]:
    """Give the seconds until the first word, and until the question without the introduction."""
    path = folder / "speaker.raw"
    with card.heard(path):
        start, begun = time.monotonic(), path.stat().st_size / 2 / RATE
        child = interview("--silence", "off")
        child.expect("REC")
        asked = time.monotonic() - start
        child.sendcontrol("c")
        child.expect(pexpect.EOF)
    loud = np.flatnonzero(np.abs(np.fromfile(path, np.int16).astype(int)) > LOUD) / RATE - begun
    breaks = np.flatnonzero(np.diff(loud) > BREAK_SECONDS)
    first, last = loud[0], loud[breaks[-1] + 1] if len(breaks) else loud[0]
    said = loud[breaks[-1]] - loud[0] if len(breaks) else 0.0
    print(f"  heard from {first:.2f} s, the question from {last:.2f} s, REC at {asked:.2f} s")
    return float(first), float(last - said)


def waiting() -> float:
    """Give the share of a core that an interview takes while nobody answers."""
    child = interview("--silence", "off", "--no-voice")
    child.expect("REC")
    loaded = time.monotonic() + LOADING_SECONDS
    while time.monotonic() < loaded:
        with suppress(pexpect.TIMEOUT):
            child.read_nonblocking(4_000, 1)

    def used() -> float:
        fields = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    before, start = used(), time.monotonic()
    while time.monotonic() - start < WAITING_SECONDS:
        with suppress(pexpect.TIMEOUT):
            child.read_nonblocking(4_000, 1)  # a terminal that takes what is drawn
    share = (used() - before) / (time.monotonic() - start)
    child.sendcontrol("c")
    child.expect(pexpect.EOF)
    return share


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory(prefix="start-") as name:
        folder = Path(name)
        os.environ["REHEARSE_HOME"] = str(folder / "home")
        usual = timed(COMMANDS["python -c pass"], runs)
        for command, arguments in COMMANDS.items():
            taken = timed(arguments, runs)
            print(f"{command:20} {taken:.3f} s  +{taken - usual:.3f} s", flush=True)
        card = VirtualCard(folder / "card")
        card.start()
        os.environ.update(card.environment)
        try:
            times = [spoken(card, folder) for _ in range(4)][1:]
            first, question = (statistics.median(each) for each in zip(*times, strict=True))
            print(f"first word heard after {first:.2f} s")
            print(f"first question heard after {question:.2f} s, the introduction left out")
            print(f"waiting for an answer: {waiting():.1%} of a core", flush=True)
        finally:
            card.stop()


if __name__ == "__main__":
    main()
