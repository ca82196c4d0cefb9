"""Recordings that have lain long enough are deleted; transcripts and reports stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from simulator.adapters.archive import TAKES
from simulator.errors import SessionError

if TYPE_CHECKING:
    from simulator.adapters.archive import FolderArchive
    from simulator.core.session import Session


def expire_audio(archive: FolderArchive, days: int, now: datetime) -> tuple[str, ...]:
    """Delete the recordings of sessions older than so many days; give those sessions' ids.

    A session that cannot be opened or written, or is being recorded, is left alone until next time.
    """
    expired = []
    for session_id in archive.ids():
        if not any((archive.root / session_id / TAKES).glob("*")):
            continue
        try:
            if _expire(archive, archive.open(session_id), days, now):
                expired.append(session_id)
        except SessionError:
            continue
    return tuple(expired)


def _expire(archive: FolderArchive, session: Session, days: int, now: datetime) -> bool:
    if _age(session, now) <= timedelta(days=days):
        return False
    _delete_audio(archive, session, now)
    return True


def _age(session: Session, now: datetime) -> timedelta:
    try:
        created = datetime.fromisoformat(session.created)
    except ValueError:
        return timedelta(0)
    return now - (created if created.tzinfo else created.replace(tzinfo=UTC))


def _delete_audio(archive: FolderArchive, session: Session, now: datetime) -> None:
    folder = archive.folder(session)
    with archive.hold(session):
        # Said first: a crash midway leaves sound to be deleted next time, and no riddle.
        archive.save(replace(session, audio_deleted=now.isoformat(timespec="seconds")))
        try:
            # A page holds the sound of the takes too.
            for path in (*(folder / TAKES).iterdir(), *folder.glob("*.html")):
                path.unlink(missing_ok=True)
        except OSError as error:
            raise SessionError(f"{folder}: cannot be deleted: {error.strerror}") from error
