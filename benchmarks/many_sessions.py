"""Print how long `rehearse sessions` and `rehearse history` take with thousands of sessions.

    python benchmarks/many_sessions.py [NUMBER]

Makes NUMBER (10,000) sessions of two measured answers each in a temporary home, then times the
command: the first call reads every session, the later ones only what has changed.
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from simulator.testing import a_report


def make(root, number):
    report = a_report()
    began = datetime(2020, 1, 1, tzinfo=UTC)
    for index in range(number):
        created = began + timedelta(hours=5 * index)
        session = replace(
            report.session,
            id=f"{created:%Y-%m-%d-%H%M}-aaaa",
            created=created.isoformat(timespec="seconds"),
        )
        folder = root / session.id
        (folder / "analysis").mkdir(parents=True)
        (folder / "session.json").write_bytes(msgspec.json.encode(session))
        measured = msgspec.json.encode(replace(report, session=session))
        (folder / "analysis" / "report.json").write_bytes(measured)


def timed(home, *arguments):
    """Give the seconds that a command takes, and those of the processor."""
    start, before = time.perf_counter(), os.times()
    subprocess.run(
        [sys.executable, *arguments],
        env=os.environ | {"REHEARSE_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    after = os.times()
    worked = after.children_user - before.children_user
    return time.perf_counter() - start, worked + after.children_system - before.children_system


def told(home, name, *arguments, times=5):
    taken = [timed(home, *arguments) for _ in range(times)]
    seconds, worked = (sorted(each)[times // 2] for each in zip(*taken, strict=True))
    print(f"{name:<28} {seconds:6.2f} s, of the processor {worked:5.2f} s")


def main():
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    rehearse = ("-m", "simulator")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make(home / "data" / "sessions", number)
        print(f"{number} sessions; medians of 5, the first call but once")
        told(home, "python -c pass", "-c", "pass")
        told(home, "rehearse --help", *rehearse, "--help")
        told(home, "rehearse sessions, first", *rehearse, "sessions", times=1)
        told(home, "rehearse sessions", *rehearse, "sessions")
        told(home, "rehearse history", *rehearse, "history")
        told(home, "rehearse sessions --all --json", *rehearse, "sessions", "--all", "--json")


if __name__ == "__main__":
    main()
