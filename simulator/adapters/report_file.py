"""Reports on disk, and before somebody's eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.adapters.disk import write_whole
from simulator.errors import SessionError

if TYPE_CHECKING:
    from pathlib import Path


def write_report(path: Path, text: str) -> None:
    """Write a report, whole or not at all. Raises SessionError."""
    if path.is_dir():
        raise SessionError(f"{path}: is a folder; name a file")
    try:
        write_whole(path, text.encode("utf-8"))
    except OSError as error:
        raise SessionError(f"{path}: cannot be written: {error.strerror}") from error


def open_page(path: Path) -> bool:
    """Show a page in the default browser; False when there is none."""
    import webbrowser

    try:
        return webbrowser.open(path.absolute().as_uri())
    except webbrowser.Error:
        return False
