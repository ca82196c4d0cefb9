"""A private session: nothing of it is ever on disk, unless it is kept in the end."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from simulator.adapters.archive import begin_session
from simulator.adapters.take_files import FULL_SCALE, SAMPLE_BYTES, to_pcm
from simulator.core.speech import SAMPLE_RATE
from simulator.errors import SessionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.adapters.archive import FolderArchive
    from simulator.core.scenario import Scenario
    from simulator.core.session import Session, Settings, Take
    from simulator.core.speech import Samples


class MemoryTake:
    """Append samples to memory, as 16-bit numbers: 1.9 MB a minute."""

    def __init__(self) -> None:
        self.data = bytearray()

    def write(self, samples: Samples) -> None:
        """Append mono float32 samples at 16 kHz."""
        self.data += to_pcm(samples)

    def close(self) -> float:
        """Give the length in seconds."""
        return len(self.data) / SAMPLE_BYTES / SAMPLE_RATE


class MemoryArchive:
    """Hold sessions until the process ends."""

    def __init__(self) -> None:
        self._takes: dict[str, MemoryTake] = {}

    def create(self, scenario: Scenario, settings: Settings, source: str = "microphone") -> Session:
        """Begin a session."""
        return begin_session(scenario, settings, source)

    def folder(self, session: Session) -> Path:
        """Give a name that is no place."""
        return Path("memory", session.id)

    def save(self, session: Session) -> None:
        """Do nothing: whoever holds the session has all there is."""

    def record(self, session: Session, take: Take) -> MemoryTake:  # noqa: ARG002 - the port
        """Begin a take."""
        self._takes[take.audio] = MemoryTake()
        return self._takes[take.audio]

    def audio(self, session: Session, take: Take) -> Iterator[Samples]:  # noqa: ARG002 - the port
        """Read a take's sound, a second at a time. Raises SessionError."""
        if take.audio not in self._takes:
            raise SessionError(f"{take.audio}: was not recorded")
        numbers = np.frombuffer(bytes(self._takes[take.audio].data), "<i2")
        for start in range(0, len(numbers), SAMPLE_RATE):
            block = numbers[start : start + SAMPLE_RATE]
            yield block.astype(np.float32) / np.float32(FULL_SCALE)

    @contextmanager
    def hold(self, session: Session) -> Iterator[None]:  # noqa: ARG002 - as on disk
        """Do nothing: no other process can see the session."""
        yield

    def keep(self, session: Session, store: FolderArchive) -> None:
        """Write a session to disk after all. Raises SessionError."""
        store.save(session)
        for take in session.takes:
            writer = store.record(session, take)
            for samples in self.audio(session, take):
                writer.write(samples)
            writer.close()
