"""A SessionReport as text, one format a module.

Each module has ``render(report, ...) -> str``. Nothing is read or written here, and nothing of
the session is trusted: each format escapes what was said and what a scenario holds.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from simulator.errors import ConfigError

if TYPE_CHECKING:
    from simulator.core.analysis import SessionReport

FORMATS = ("text", "html", "markdown", "json", "csv", "srt", "vtt", "textgrid", "audacity")
"""Names of all formats, each a module of this package."""


def render(report: SessionReport, name: str) -> str:
    """Write a report in a format with its defaults. Raises ConfigError for an unknown one."""
    if name not in FORMATS:
        raise ConfigError(f"no report format is called {name!r}: {', '.join(FORMATS)}")
    module = importlib.import_module(f"simulator.report.{name}")
    written: str = module.render(report)
    return written
