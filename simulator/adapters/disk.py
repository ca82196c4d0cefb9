"""Files that are whole or absent, and readable by their owner only."""

from __future__ import annotations

import os
from pathlib import Path


def make_private(folder: Path) -> Path:
    """Make a folder, and those above it, for the owner only. Raises OSError."""
    if not folder.parent.is_dir():
        make_private(folder.parent)  # mkdir's own way with parents gives them to everybody
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file in one step: after a crash it is the old or the new. Raises OSError."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut, where the platform can. Raises OSError."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
