"""Run the product unchanged, and count the sound that reaches it in a file that outlives it.

python -m tests.torture.witness COUNT interview …
"""

from __future__ import annotations

import mmap
import struct
import sys
from pathlib import Path
from typing import Any


class Counter:
    """Count the samples of the newest recording, in memory that a kill leaves whole."""

    def __init__(self, path: Path) -> None:
        path.write_bytes(bytes(8))
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), 8)

    def set(self, samples: int) -> None:
        """Write the number down."""
        self._memory[:8] = struct.pack("<q", samples)


def samples_counted(path: Path) -> int:
    """Read what a counter has written down."""
    return int(struct.unpack("<q", path.read_bytes())[0])


class Counted:
    """PortAudio's library, with streams that count before they hand on."""

    def __init__(self, library: Any, counter: Counter) -> None:  # noqa: ANN401 - it has no types
        self._library, self._counter = library, counter

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._library, name)

    def RawInputStream(self, callback: Any, **options: Any) -> Any:  # noqa: ANN401, N802
        """Open a stream."""
        arrived = 0
        self._counter.set(0)

        def counting(data: Any, frames: int, clock: Any, status: Any) -> None:  # noqa: ANN401
            nonlocal arrived
            arrived += frames
            self._counter.set(arrived)
            callback(data, frames, clock, status)

        return self._library.RawInputStream(callback=counting, **options)


def main() -> None:
    """Count, and be the product."""
    from simulator.adapters import microphone
    from simulator.cli import main as product

    counter, load = Counter(Path(sys.argv.pop(1))), microphone.portaudio
    microphone.portaudio = lambda: Counted(load(), counter)
    product()


if __name__ == "__main__":
    main()
