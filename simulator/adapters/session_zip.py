"""A session as one zip file, out and in. What comes in is trusted in nothing."""

from __future__ import annotations

import re
import secrets
import shutil
import stat
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.adapters.archive import ANALYSIS, FILE, TAKES, load_session
from simulator.adapters.disk import make_private
from simulator.errors import SessionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.core.session import Session

MAX_FILES = 5_000
"""Two hundred answers with twenty takes each have fewer."""
MAX_BYTES = 8_000_000_000
"""Some seventy hours of sound: what unpacks to more is no session."""
MAX_RATIO, RATIO_FROM = 200, 50_000_000
"""Sound and JSON never shrink so much; judged from 50 MB on, where it matters."""
CHUNK = 1 << 20
PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
MEMBER = re.compile(
    rf"([A-Za-z0-9][A-Za-z0-9_-]{{0,59}})/({re.escape(FILE)}"
    rf"|(?:{TAKES}|{ANALYSIS})/[A-Za-z0-9][A-Za-z0-9_.-]{{0,120}})"
)
FOLDER = re.compile(rf"[A-Za-z0-9][A-Za-z0-9_-]{{0,59}}/(?:(?:{TAKES}|{ANALYSIS})/)?")


def export_session(folder: Path, target: Path, *, audio: bool = True) -> None:
    """Write a session's folder to a zip file. Raises SessionError, also when the file exists."""
    try:
        with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as archive:
            for path in _files(folder, audio=audio):
                archive.write(path, f"{folder.name}/{path.relative_to(folder).as_posix()}")
    except FileExistsError as error:
        raise SessionError(f"{target}: is there already; choose another name with -o") from error
    except OSError as error:
        target.unlink(missing_ok=True)
        raise SessionError(f"{target}: cannot be written: {error.strerror}") from error


def import_session(source: Path, root: Path) -> Session:
    """Unpack a session's zip file into the archive. Raises SessionError."""
    with _opened(source) as archive:
        members = _members(source, archive)
        name = members[0][1].partition("/")[0]
        if (root / name).exists():
            raise SessionError(f"{source}: session {name} is here already; delete it first")
        fresh = root / f".import-{secrets.token_hex(4)}"
        try:
            _unpack(source, archive, members, fresh)
            session = load_session(fresh / name)
            _check(source, name, session)
            (fresh / name).rename(root / name)
        except OSError as error:
            raise SessionError(f"{source}: cannot be unpacked: {error.strerror}") from error
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return session


def _files(folder: Path, *, audio: bool) -> Iterator[Path]:
    yield folder / FILE
    for part in (TAKES, ANALYSIS) if audio else (ANALYSIS,):
        paths = sorted((folder / part).glob("[!.]*"))
        yield from (path for path in paths if path.is_file() and not path.is_symlink())


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except FileNotFoundError as error:
        raise SessionError(f"{source}: no such file") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:
        # zipfile lets errors of names (UnicodeDecodeError) and of what it cannot unpack through.
        raise SessionError(f"{source}: no session's zip file: {error}") from error
    except OSError as error:
        raise SessionError(f"{source}: cannot be read: {error.strerror}") from error


def _members(source: Path, archive: zipfile.ZipFile) -> list[tuple[zipfile.ZipInfo, str]]:
    """Check every name before anything is written."""
    infos = archive.infolist()
    if len(infos) > MAX_FILES:
        raise SessionError(f"{source}: more than {MAX_FILES} files, no session")
    files = [info for info in infos if not FOLDER.fullmatch(info.filename)]
    for info in files:
        mode = info.external_attr >> 16
        odd = bool(mode) and stat.S_IFMT(mode) not in {0, stat.S_IFREG}
        odd = odd or bool(info.flag_bits & 1) or info.compress_type not in PACKED
        if odd or not MEMBER.fullmatch(info.filename):
            raise SessionError(f"{source}: holds {info.filename!r:.60}, which is no session's file")
    names = [info.filename for info in files]
    if len({name.lower() for name in names}) != len(names):
        raise SessionError(f"{source}: holds a name twice")
    if len({name.partition("/")[0] for name in names}) != 1:
        raise SessionError(f"{source}: holds {'several sessions' if names else 'no session'}")
    if sum(info.file_size for info in files) > MAX_BYTES:
        raise SessionError(f"{source}: unpacks to more than {MAX_BYTES // 10**9} GB, no session")
    return list(zip(files, names, strict=True))


def _unpack(
    source: Path, archive: zipfile.ZipFile, members: list[tuple[zipfile.ZipInfo, str]], to: Path
) -> None:
    """Write the files, counting what really comes out: a header may claim less."""
    limit = max(RATIO_FROM, MAX_RATIO * source.stat().st_size)
    total = 0
    for info, name in members:
        path = to / name
        make_private(path.parent)
        with archive.open(info) as packed, path.open("xb") as file:
            while chunk := packed.read(CHUNK):
                total += len(chunk)
                if total > min(limit, MAX_BYTES):
                    raise SessionError(f"{source}: unpacks to far more than a session's size")
                file.write(chunk)
        path.chmod(0o600)
    make_private(to / members[0][1].partition("/")[0] / TAKES)


def _check(source: Path, name: str, session: Session) -> None:
    if session.id != name:
        raise SessionError(f"{source}: its folder is {name}, its session {session.id!r:.60}")
    for take in session.takes:
        if not MEMBER.fullmatch(f"{name}/{take.audio}") or not take.audio.startswith(f"{TAKES}/"):
            raise SessionError(f"{source}: a take lies outside the session: {take.audio!r:.60}")
