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
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "simulator", *arguments],
        env=os.environ | {"REHEARSE_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - start


def main():
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make(home / "data" / "sessions", number)
        print(f"{number} sessions")
        print(f"rehearse --help              {timed(home, '--help'):6.2f} s")
        print(f"rehearse sessions, first     {timed(home, 'sessions'):6.2f} s")
        again = sorted(timed(home, "sessions") for _ in range(5))
        print(f"rehearse sessions, unchanged {again[2]:6.2f} s (median of 5)")
        history = sorted(timed(home, "history") for _ in range(5))
        print(f"rehearse history             {history[2]:6.2f} s (median of 5)")
        every = timed(home, "sessions", "--all", "--json")
        print(f"rehearse sessions --all --json {every:4.2f} s")


if __name__ == "__main__":
    main()
