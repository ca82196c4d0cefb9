"""Sessions, settings and files on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from simulator.adapters.archive import FolderArchive
    from simulator.adapters.config_file import Config
    from simulator.adapters.index import SessionIndex
    from simulator.adapters.memory_archive import MemoryArchive
    from simulator.adapters.page_audio import Sound
    from simulator.adapters.places import Places
    from simulator.adapters.store_check import Trouble
    from simulator.core.analysis import SessionReport
    from simulator.core.measuring import Measuring
    from simulator.core.page_sound import PageSound
    from simulator.core.plan import Plan
    from simulator.core.session import Session
    from simulator.core.settings import Preferences


def places() -> Places:
    """Give the folders in use."""
    from simulator.adapters.places import find_places

    return find_places()


def archive(root: Path | None = None) -> FolderArchive:
    """Open the store of sessions."""
    from simulator.adapters.archive import FolderArchive

    return FolderArchive(root or _sessions())


def _sessions() -> Path:
    return places().data / "sessions"


def private_archive() -> MemoryArchive:
    """Open an archive that is never on disk."""
    from simulator.adapters.memory_archive import MemoryArchive

    return MemoryArchive()


def keep_private(store: MemoryArchive, session: Session) -> Path:
    """Write a private session to disk after all; give its folder. Raises SessionError."""
    kept = archive()
    store.keep(session, kept)
    return kept.folder(session)


def expire_audio(days: int) -> tuple[str, ...]:
    """Delete recordings older than so many days; give their sessions. Raises SessionError."""
    from datetime import UTC, datetime

    from simulator.adapters.retention import expire_audio

    return expire_audio(archive(), days, datetime.now(UTC))


def find_trouble() -> Iterator[Trouble]:
    """Look through the store for what is not as it should be. Raises SessionError."""
    from simulator.adapters.store_check import find_trouble

    return find_trouble(archive(), index())


def mend_trouble(trouble: Trouble) -> bool:
    """Mend one; False when only the user can. Raises SessionError."""
    from simulator.adapters.store_check import mend_trouble

    return mend_trouble(trouble)


def save_report(folder: Path, report: SessionReport) -> None:
    """Keep what was measured beside the session. Raises SessionError."""
    from simulator.adapters.analysis_files import save_report

    save_report(folder, report)


def load_report(
    folder: Path, session: Session, *, any_version: bool = False
) -> SessionReport | None:
    """Give what was measured before, where it is still true, by the settings of today.

    Raises ConfigError.
    """
    from simulator.adapters.analysis_files import load_report
    from simulator.core.analysis import measure_all_as

    report = load_report(folder, session, any_version=any_version)
    return None if report is None else measure_all_as(report, measuring())


def measuring() -> Measuring:
    """Give the settings that a report depends on. Raises ConfigError."""
    from simulator.core.measuring import measuring

    return measuring(preferences())


def plan() -> Plan:
    """Give the settings of the next interview. Raises ConfigError."""
    from simulator.core.plan import Plan

    chosen = preferences()
    return Plan(
        style=chosen.interview_style,
        silence_seconds=chosen.interview_silence_seconds,
        think=chosen.interview_think,
        check=chosen.interview_sound_check,
        voice=chosen.voice_name,
        rate=chosen.voice_rate,
        input_device=chosen.devices_input,
        output_device=chosen.devices_output,
        model=chosen.recogniser_model,
        follow_ups=chosen.interview_follow_ups,
    )


def index() -> SessionIndex:
    """Open the index of all sessions; it looks for changes by itself."""
    from simulator.adapters.index import SessionIndex

    return SessionIndex(places().cache / "sessions.sqlite", _sessions())


def export_session(session_id: str, target: Path, *, audio: bool = True) -> None:
    """Write a session to one zip file. Raises SessionError."""
    from simulator.adapters.session_zip import export_session

    export_session(archive().root / session_id, target, audio=audio)


def import_session(source: Path) -> Session:
    """Take in a session from a zip file. Raises SessionError."""
    from simulator.adapters.session_zip import import_session

    return import_session(source, archive().root)


def config() -> Config:
    """Open the user's settings."""
    import os

    from simulator.adapters.config_file import FILE, Config

    return Config(places().config / FILE, os.environ)


def preferences() -> Preferences:
    """Give the settings in force. Raises ConfigError."""
    return config().preferences()


def open_folder(folder: Path) -> Session:
    """Read a session's folder, wherever it lies. Raises SessionError."""
    from simulator.adapters.archive import load_session

    return load_session(folder)


def page_sounds(
    session: Session, report: SessionReport, store: FolderArchive, sound: Sound
) -> dict[str, PageSound]:
    """Prepare the takes of a report for a page. Raises SessionError and UnreadableAudio."""
    from functools import partial

    from simulator.adapters.page_audio import page_sound

    if session.audio_deleted:
        return {}
    folder = store.folder(session)
    return {
        take.audio: page_sound(
            partial(store.audio, session, take), take.duration, folder / take.audio, sound
        )
        for take in (answer.take for answer in report.answers)
    }


def write_report(path: Path, text: str) -> None:
    """Write a report, whole or not at all. Raises SessionError."""
    from simulator.adapters.report_file import write_report

    write_report(path, text)


def open_page(path: Path) -> bool:
    """Show a page in the default browser; False when there is none."""
    from simulator.adapters.report_file import open_page

    return open_page(path)
