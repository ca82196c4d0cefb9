"""Print the disk that an hour of answers takes, while it is spoken and at rest.

python benchmarks/disk.py [--minutes 60]
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from memory import make

from simulator.adapters.take_files import compress


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    minutes = parser.parse_args().minutes
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answer-1.wav"
        make(path, minutes)
        spoken, rest = path.stat().st_size, compress(path).stat().st_size
        print(f"{minutes:.0f} minutes while they are spoken  {spoken / 1e6:4.0f} MB")
        print(f"{minutes:.0f} minutes at rest, lossless      {rest / 1e6:4.0f} MB")


if __name__ == "__main__":
    main()
