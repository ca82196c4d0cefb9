"""What was measured of a session, kept beside it; disposable, made again when it is out of date."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.adapters.disk import write_whole
from simulator.core.measuring import ANALYSER
from simulator.errors import SessionError

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.core.analysis import SessionReport
    from simulator.core.session import Session

FILE = "analysis/report.json"


def save_report(folder: Path, report: SessionReport) -> None:
    """Keep a report in the session's folder. Raises SessionError."""
    import msgspec

    path = folder / FILE
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)  # never a folder for a session that is gone
        write_whole(path, msgspec.json.encode(report))
    except OSError as error:
        raise SessionError(f"{path}: cannot be written: {error.strerror}") from error


def load_report(
    folder: Path, session: Session, *, any_version: bool = False
) -> SessionReport | None:
    """Give the kept report; none when there is none or it fits neither session nor analyser."""
    import msgspec

    from simulator.core.analysis import SessionReport  # loads numpy: only where there is one

    try:
        report = msgspec.json.decode((folder / FILE).read_bytes(), type=SessionReport)
    except (OSError, msgspec.DecodeError, ValueError, RecursionError):
        return None
    # Ratings and corrections may have come since.
    report = replace(report, session=session)
    if any_version:
        return report
    measured = {(answer.take.audio, answer.take.duration) for answer in report.answers}
    current = {(take.audio, take.duration) for _, take in session.answered()}
    return report if report.analyser == ANALYSER and measured == current else None
