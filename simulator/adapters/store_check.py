"""Look through the store: do the folders agree with themselves, and the index with them."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from simulator.adapters.archive import ANALYSIS, DOOMED, FILE, TAKES, load_session
from simulator.adapters.index import SessionIndex
from simulator.adapters.take_files import take_seconds
from simulator.errors import SessionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from simulator.adapters.archive import FolderArchive
    from simulator.core.session import Session

IMPORTING = ".import-"
"""Begins the name of a folder into which a session is being unpacked."""
STALE_SECONDS = 3600.0
"""What another process may still be writing is left alone for so long."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Hold one thing that is not as it should be."""

    path: Path
    what: str
    mend: Callable[[], object] | None = None
    "None: only the user can decide."


def find_trouble(archive: FolderArchive, index: SessionIndex) -> Iterator[Trouble]:
    """Look through the whole store; what another process records just now is left alone.

    Raises SessionError when the index cannot be read.
    """
    yield from _leftovers(archive)
    for session_id in archive.ids():
        folder = archive.root / session_id
        try:
            session = load_session(folder)
            with archive.hold(session):
                yield from _in_session(archive, folder, session)
        except SessionError as error:
            if "is being recorded" not in str(error):
                yield Trouble(folder, f"{error}; its sound, if any, is in {folder / TAKES}")
    yield from _in_index(archive, index)


def mend_trouble(trouble: Trouble) -> bool:
    """Mend one trouble; False when only the user can. Raises SessionError."""
    if trouble.mend is None:
        return False
    try:
        trouble.mend()
    except OSError as error:
        raise SessionError(f"{trouble.path}: cannot be mended: {error.strerror}") from error
    return True


def _leftovers(archive: FolderArchive) -> Iterator[Trouble]:
    if not archive.root.is_dir():
        return
    for path in sorted(archive.root.iterdir()):
        if path.name.startswith(DOOMED):
            yield Trouble(path, "a deletion was broken off", partial(shutil.rmtree, path))
        elif path.name.startswith(IMPORTING) and _stale(path):
            yield Trouble(path, "an import was broken off", partial(shutil.rmtree, path))
        elif path.is_dir() and path.name[0] != "." and not (path / FILE).is_file():
            yield Trouble(path, f"holds no {FILE}; look what it is, and remove it by hand")


def _in_session(archive: FolderArchive, folder: Path, session: Session) -> Iterator[Trouble]:
    for path in (folder, *sorted(folder.rglob("*"))):
        mode = path.stat().st_mode
        if mode & 0o077:
            private = mode & 0o700
            yield Trouble(path, "others may read it", partial(path.chmod, private))
    for part in (folder, folder / TAKES, folder / ANALYSIS):
        for path in filter(_stale, sorted(part.glob(".*.new"))):
            yield Trouble(path, "a file half written", path.unlink)
    if '"ended_by": "recording"' in (folder / FILE).read_text("utf-8"):
        yield Trouble(
            folder, "an answer was cut off; its sound is there", partial(archive.save, session)
        )
    yield from _in_takes(folder, session)


def _in_takes(folder: Path, session: Session) -> Iterator[Trouble]:
    known = {take.audio for take in session.takes}
    for path in sorted((folder / TAKES).glob("[!.]*")):
        name = f"{TAKES}/{path.name}"
        twin = f"{TAKES}/{path.stem}.{'flac' if path.suffix == '.wav' else 'wav'}"
        if name not in known and twin in known and (folder / twin).is_file():
            yield Trouble(path, f"the same sound as {twin}", path.unlink)
    if session.audio_deleted:
        return
    for take in session.takes:
        path = folder / take.audio
        if take.duration > 0 and not path.is_file():
            yield Trouble(path, f"{take.duration:.0f} s of sound are missing; a backup may have it")
        elif path.is_file() and take_seconds(path) < take.duration - 0.01:
            yield Trouble(path, f"shorter than the {take.duration:.0f} s that were recorded")


def _stale(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > STALE_SECONDS


def _in_index(archive: FolderArchive, index: SessionIndex) -> Iterator[Trouble]:
    """Compare the index with one made anew from the folders."""
    fresh = SessionIndex(index.path.with_name(".fresh.sqlite"), archive.root)
    try:
        same = (
            sorted(map(repr, index.sessions())) == sorted(map(repr, fresh.sessions()))
            and sorted(map(repr, index.answers())) == sorted(map(repr, fresh.answers()))
        )  # fmt: skip
    finally:
        fresh.path.unlink(missing_ok=True)
    if not same:
        yield Trouble(index.path, "differs from the folders", index.path.unlink)
