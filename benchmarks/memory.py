"""Print the most memory that `rehearse measure` takes, for recordings short and long.

    python benchmarks/memory.py [--minutes 10 180]

The recordings are the recorded answers over and over, in a temporary folder.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import soundfile

FIXTURES = Path(__file__).parent.parent / "audio_fixtures"


def make(path: Path, minutes: float) -> None:
    """Write a recording of so many minutes, a piece at a time."""
    files = sorted(FIXTURES.glob("*/answer.flac"))
    left = int(minutes * 60 * 16_000)
    with soundfile.SoundFile(path, "w", 16_000, 1) as out:
        while left:
            for file in files:
                sound = soundfile.read(file, dtype="float32")[0][:left]
                out.write(sound)
                left -= len(sound)


def peak(path: Path) -> float:
    """Give the largest resident set in megabytes."""
    command = [str(Path(sys.executable).with_name("rehearse")), "measure", str(path), "--json"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"rehearse measure ended with {status}")
    return usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, nargs="+", default=[10, 180])
    first = None
    with tempfile.TemporaryDirectory() as folder:
        for minutes in parser.parse_args().minutes:
            path = Path(folder) / "answers.flac"
            make(path, minutes)
            size = peak(path)
            first = first or size
            print(f"{minutes:5.0f} minutes  {size:5.0f} MB  {size / first:.2f} x", flush=True)


if __name__ == "__main__":
    main()
