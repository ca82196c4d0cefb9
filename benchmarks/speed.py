"""Print how long `rehearse measure` takes beside other programs, with the same weights.

    python benchmarks/speed.py [--minutes 60] [--ctranslate2 PROGRAM] [--erm PROGRAM]

PROGRAM is whisper-ctranslate2 or erm in an environment of its own, for example
`python -m venv peer && peer/bin/pip install whisper-ctranslate2==0.6.0 && peer/bin/whisper-…`.
All hear the same file, one after the other, with int8, English and the times of words.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from memory import make

from simulator import wiring


def commands(path: Path, weights: Path, arguments: argparse.Namespace) -> dict[str, list[str]]:
    rehearse = Path(sys.executable).with_name("rehearse")
    found = {"rehearse measure": [str(rehearse), "measure", str(path), "--json"]}
    if arguments.ctranslate2:
        found["whisper-ctranslate2"] = [
            arguments.ctranslate2, str(path), "--model_directory", str(weights),
            "--language", "en", "--word_timestamps", "True", "--compute_type", "int8",
            "--device", "cpu", "--output_format", "json", "--output_dir", str(path.parent),
        ]  # fmt: skip
    if arguments.erm:
        found["erm, dry run"] = [
            arguments.erm, str(path), "--model", str(weights), "--device", "cpu",
            "--compute-type", "int8", "--dry-run", "--json", str(path.parent / "erm.json"),
        ]  # fmt: skip
    return found


def seconds(command: list[str]) -> tuple[float, float]:
    """Give the seconds that passed, and those of the processor."""
    start = time.monotonic()
    process = subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command[0]} ended with {status}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--ctranslate2", default="")
    parser.add_argument("--erm", default="")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.wav"
        make(path, arguments.minutes)
        ours = worked = 0.0
        for name, command in commands(path, wiring.check_weights("tiny.en"), arguments).items():
            taken, work = seconds(command)
            ours, worked = ours or taken, worked or work
            print(
                f"{name:22} {taken:7.1f} s, processor {work:7.1f} s"
                f"  rehearse takes {ours / taken:.2f} and {worked / work:.2f} of it",
                flush=True,
            )


if __name__ == "__main__":
    main()
