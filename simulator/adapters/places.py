"""Where Rehearse keeps its things on this platform."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """Hold the folders in use."""

    data: Path
    "Sessions, and the user's own scenarios."
    config: Path
    "config.toml."
    cache: Path
    "Whatever can be made again."


def find_places() -> Places:
    """Give the platform's folders, or those under REHEARSE_HOME where that is set."""
    if home := os.environ.get("REHEARSE_HOME"):
        root = Path(home).expanduser().absolute()
        return Places(root / "data", root / "config", root / "cache")
    import platformdirs

    return Places(
        Path(platformdirs.user_data_dir("rehearse", appauthor=False)),
        Path(platformdirs.user_config_dir("rehearse", appauthor=False)),
        Path(platformdirs.user_cache_dir("rehearse", appauthor=False)),
    )


def shipped(kind: str) -> Path:
    """Give the folder of what ships with the package: "scenarios" or "audio_fixtures"."""
    package = Path(__file__).parent.parent
    installed = package / "data" / kind
    return installed if installed.is_dir() else package.parent / kind
