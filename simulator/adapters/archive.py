"""Sessions on disk: a folder each, written while they happen.

sessions/
└── 2026-11-22-1530-k3f9/
    ├── session.json     scenario, takes, settings; replaced whole, never edited in place
    ├── takes/           one sound file a take
    ├── analysis/        what was measured; can be made again
    └── lock             held by the process that records
"""

from __future__ import annotations

import re
import secrets
import shutil
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from simulator.adapters.disk import make_private, write_whole
from simulator.adapters.take_files import TakeFile, compress, read_take, take_seconds
from simulator.core.session import SCHEMA, Session, Take
from simulator.errors import SessionError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from simulator.core.scenario import Scenario
    from simulator.core.session import Settings
    from simulator.core.speech import Samples

FILE, LOCK = "session.json", "lock"
TAKES, ANALYSIS = "takes", "analysis"
DOOMED = ".deleted-"
"""Begins the name of a folder that is being deleted."""
TAKE_NAME = re.compile(rf"{TAKES}/[^/\\\0]{{1,200}}")
"""A take lies in the session's own folder, whatever its description claims."""
MAX_BYTES = 64_000_000
"""A session of 200 answers has under a hundredth of it; more is no session."""


class FolderArchive:
    """Keep sessions as folders under one root."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def create(self, scenario: Scenario, settings: Settings, source: str = "microphone") -> Session:
        """Begin a session with a folder of its own. Raises SessionError."""
        session = begin_session(scenario, settings, source)
        while self._holds(session.id):  # drawn by chance: another one of this minute has it
            session = begin_session(scenario, settings, source)
        self.save(session)
        return session

    def folder(self, session: Session) -> Path:
        """Say where a session lies."""
        return self.root / session.id

    def save(self, session: Session) -> None:
        """Write the session's description, whole or not at all. Raises SessionError."""
        import msgspec

        folder = self.folder(session)
        try:
            make_private(folder / TAKES)
            write_whole(folder / FILE, msgspec.json.format(msgspec.json.encode(session), indent=1))
        except OSError as error:
            raise SessionError(f"{folder}: cannot be written: {error.strerror}") from error

    def record(self, session: Session, take: Take) -> TakeFile:
        """Open a take's file for writing. Raises SessionError."""
        return TakeFile(self.folder(session) / take.audio)

    def audio(self, session: Session, take: Take) -> Iterator[Samples]:
        """Read a take's sound in blocks. Raises SessionError."""
        if session.audio_deleted:
            day = session.audio_deleted[:10]
            raise SessionError(
                f"the recordings of {session.id} were deleted on {day}, by their age"
            )
        return read_take(self.folder(session) / take.audio)

    def compact(self, session: Session) -> Session:
        """Turn finished WAV takes into FLAC, half the size and lossless. Raises SessionError."""
        with self.hold(session):
            for take in session.takes:
                session = self._shrink(session, take)
        return session

    def _shrink(self, session: Session, take: Take) -> Session:
        path = self.folder(session) / take.audio
        if path.suffix != ".wav" or not path.is_file():
            return session
        smaller = replace(take, audio=f"{TAKES}/{compress(path).name}")
        takes = tuple(smaller if t == take else t for t in session.takes)
        session = replace(session, takes=takes)
        self.save(session)
        path.unlink(missing_ok=True)
        return session

    @contextmanager
    def hold(self, session: Session) -> Iterator[None]:
        """Keep other processes from recording into a session; freed when this process ends.

        Raises SessionError when another one holds it, or it is gone.
        """
        with self._alone(session.id):
            yield

    @contextmanager
    def _alone(self, session_id: str) -> Iterator[None]:
        import filelock

        folder = self.root / session_id
        if not (folder / FILE).is_file():  # the lock would make a folder for what is deleted
            raise SessionError(f"{folder}: the session is gone: it was deleted meanwhile")
        lock = filelock.FileLock(folder / LOCK, mode=0o600)
        try:
            lock.acquire(blocking=False)
        except filelock.Timeout as error:
            raise SessionError(f"session {session_id} is being recorded just now") from error
        except OSError as error:
            raise SessionError(f"{folder}: cannot be locked: {error.strerror}") from error
        try:
            yield
        finally:
            lock.release()

    def ids(self) -> tuple[str, ...]:
        """List the ids of all sessions, newest first."""
        if not self.root.is_dir():
            return ()
        found = (p.name for p in self.root.glob("[!.]*") if (p / FILE).is_file())
        return tuple(sorted(found, reverse=True))

    def open(self, wanted: str = "last") -> Session:
        """Open a session by id, unique prefix or "last". Raises SessionError."""
        return load_session(self.root / self.resolve(wanted))

    def resolve(self, wanted: str) -> str:
        """Give the id that a unique prefix or "last" means. Raises SessionError."""
        if wanted != "last" and self._holds(wanted):
            return wanted  # without a look at all the others
        ids = self.ids()
        if not ids:
            raise SessionError("there is no session yet; record one with `rehearse interview`")
        if wanted == "last":
            return self._latest(ids)
        matching = [known for known in ids if known.startswith(wanted)]
        if wanted in matching or len(matching) == 1:
            return wanted if wanted in matching else matching[0]
        if matching:
            listed = ", ".join(matching[:3])
            raise SessionError(f"{wanted!r} could be any of {len(matching)} sessions: {listed} …")
        raise SessionError(f"no session is called {wanted!r}; `rehearse sessions` lists them")

    def _holds(self, name: str) -> bool:
        folder = self.root / name
        try:
            return folder.name == name and name[0] != "." and (folder / FILE).is_file()
        except OSError:
            return False  # no name that the disk takes

    def delete(self, session_id: str) -> None:
        """Remove a session with everything in it.

        Raises SessionError, also while another process records it.
        """
        folder = self.root / session_id
        if not self._holds(session_id):
            raise SessionError(f"{folder}: is no session; `rehearse sessions` lists them")
        doomed = self.root / f"{DOOMED}{secrets.token_hex(4)}-{session_id}"
        try:
            # Renamed first, so that a crash midway leaves no half session behind.
            with self._alone(session_id):
                folder.rename(doomed)
            shutil.rmtree(doomed)
        except OSError as error:
            raise SessionError(f"{folder}: cannot be deleted: {error.strerror}") from error

    def finish_deleting(self) -> None:
        """Remove what is left of sessions whose deletion was broken off. Raises SessionError."""
        for doomed in self.root.glob(f"{DOOMED}*"):
            try:
                shutil.rmtree(doomed)
            except FileNotFoundError:
                continue  # another process was quicker
            except OSError as error:
                raise SessionError(f"{doomed}: cannot be deleted: {error.strerror}") from error

    def _latest(self, ids: tuple[str, ...]) -> str:
        minute = ids[0].rpartition("-")[0]
        same = [known for known in ids if known.rpartition("-")[0] == minute]
        return max(same, key=lambda known: (self.root / known / FILE).stat().st_mtime_ns)


def begin_session(scenario: Scenario, settings: Settings, source: str = "microphone") -> Session:
    """Make a session of now, with a name that no other has."""
    now = datetime.now(UTC)
    tail = "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(4))
    return Session(
        id=f"{now:%Y-%m-%d-%H%M}-{tail}",
        created=now.isoformat(timespec="seconds"),
        scenario=scenario,
        settings=settings,
        source="files" if source == "files" else "microphone",
    )


def load_session(folder: Path) -> Session:
    """Read the session in a folder and mend what a crash left open. Raises SessionError."""
    import msgspec

    path = folder / FILE
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SessionError(f"{path}: larger than {MAX_BYTES // 1_000_000} MB, no session")
        data = path.read_bytes()
        _check_schema(path, data)
        session = msgspec.json.decode(data, type=Session)
    except FileNotFoundError as error:
        raise SessionError(f"{folder}: no session: it holds no {FILE}") from error
    except OSError as error:
        raise SessionError(f"{path}: cannot be read: {error.strerror}") from error
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise SessionError(f"{path}: damaged: {error}") from error
    for take in session.takes:
        if not TAKE_NAME.fullmatch(take.audio) or take.audio.endswith("/.."):
            raise SessionError(
                f"{path}: damaged: a take lies outside the session: {take.audio!r:.60}"
            )
    return _mend(folder, session)


def _check_schema(path: Path, data: bytes) -> None:
    import msgspec

    found = msgspec.json.decode(data, type=dict[str, msgspec.Raw]).get("schema")
    number = bytes(found) if found is not None else b"none"
    if number.isdigit() and int(number) > SCHEMA:
        message = f"written by a newer Rehearse (schema {int(number)}, this one reads {SCHEMA})"
        raise SessionError(f"{path}: {message}; update Rehearse to open it")
    if number != str(SCHEMA).encode():
        raise SessionError(f"{path}: schema {SCHEMA} expected, found {number.decode()[:20]}")


def _mend(folder: Path, session: Session) -> Session:
    """Give takes that were still being recorded at a crash their true length."""
    if not any(take.ended_by == "recording" for take in session.takes):
        return session
    mended = []
    for take in session.takes:
        if take.ended_by != "recording":
            mended.append(take)
            continue
        path = folder / take.audio
        seconds = take_seconds(path) if path.is_file() else 0.0
        mended.append(replace(take, ended_by="recovered", duration=seconds))
    return replace(session, takes=tuple(mended))
