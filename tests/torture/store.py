"""A store under torture: sessions to harm, and what must still be true of them afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.adapters.archive import FolderArchive
from simulator.adapters.index import SessionIndex
from simulator.adapters.take_files import read_take, take_seconds
from simulator.core.session import Settings, Take
from simulator.errors import SessionError
from simulator.testing import a_scenario

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.core.session import Session


class Harm(AssertionError):  # noqa: N818 - what it is
    """Say what a kill has damaged."""


@dataclass(frozen=True, slots=True)
class Store:
    """Hold the home of one campaign."""

    home: Path

    @property
    def archive(self) -> FolderArchive:
        """Give the sessions."""
        return FolderArchive(self.home / "data" / "sessions")

    @property
    def index(self) -> SessionIndex:
        """Give the index, where the product keeps it."""
        return SessionIndex(self.home / "cache" / "sessions.sqlite", self.archive.root)

    def record(self, sound: np.ndarray) -> Session:
        """Put in a finished session of two answers, each of this sound (mono float32, 16 kHz)."""
        archive, scenario = self.archive, a_scenario(2)
        session = archive.create(scenario, Settings())
        takes = tuple(
            Take(q.id, 1, f"takes/{q.id}-1.wav", "key", len(sound) / 16_000)
            for q in scenario.questions
        )
        for take in takes:
            writer = archive.record(session, take)
            writer.write(sound)
            writer.close()
        session = replace(session, takes=takes, finished=True)
        archive.save(session)
        return session

    def sound(self, session: Session, take: Take) -> np.ndarray:
        """Read a whole take as 16-bit numbers."""
        blocks = list(self.archive.audio(session, take))
        joined = np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
        return np.round(joined * 32_768).astype(np.int16)


def check(store: Store) -> int:
    """Open everything, as the next start would; give the number of sessions. Raises Harm."""
    archive = store.archive
    archive.finish_deleting()
    ids = archive.ids()
    for session_id in ids:
        _check_session(store, session_id)
    listed = {line.id for line in store.index.sessions() if not line.fault}
    if listed != set(ids):
        raise Harm(f"the index lists {len(listed)} of {len(ids)} sessions")
    return len(ids)


def _check_session(store: Store, session_id: str) -> None:
    archive = store.archive
    try:
        session = archive.open(session_id)
        with archive.hold(session):
            pass
    except SessionError as error:
        raise Harm(f"{session_id} does not open: {error}") from error
    for take in session.takes:
        path = archive.folder(session) / take.audio
        if take.ended_by == "recovered" and not path.exists():
            continue  # killed before the first sound
        seconds = take_seconds(path)
        held = sum(len(block) for block in read_take(path)) / 16_000 if seconds else 0.0
        if not take.duration == seconds == held:
            raise Harm(f"{path}: {take.duration} s promised, {seconds} s claimed, {held} s held")


def disturb(store: Store, recording: str | None) -> None:
    """Do at the same time, from this process, what a second one may do. Raises Harm."""
    archive = store.archive
    for session_id in archive.ids():
        archive.open(session_id)
    store.index.sessions()
    if recording is None:
        return
    try:
        archive.delete(recording)
    except SessionError:
        return
    raise Harm(f"{recording} was deleted while it was recorded")


def next_start(store: Store, environment: dict[str, str]) -> None:
    """Start the product again. Raises Harm when it does not come up with every session."""
    done = subprocess.run(
        [sys.executable, "-m", "simulator", "sessions", "--all", "--json"],
        env={**environment, "REHEARSE_HOME": str(store.home)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if done.returncode or len(json.loads(done.stdout)) != len(store.archive.ids()):
        raise Harm(f"the next start failed: {done.stderr.strip()[-300:] or done.stdout[-300:]}")
