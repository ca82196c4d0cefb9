"""Captions as SubRip (.srt); several answers follow each other as if their sounds were joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.core.captions import caption_session

if TYPE_CHECKING:
    from simulator.core.analysis import SessionReport


def render(report: SessionReport) -> str:
    """Write a session's captions."""
    cues = (
        f"{number}\n{stamp(c.start)} --> {stamp(c.end)}\n{_plain(c.lines)}\n"
        for number, c in enumerate(caption_session(report), 1)
    )
    return "\n".join(cues)


def stamp(seconds: float, point: str = ",") -> str:
    """Write a moment as 00:01:23,456."""
    total = round(max(0.0, seconds) * 1000)
    hours, rest = divmod(total, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}{point}{rest % 1000:03d}"


def _plain(lines: tuple[str, ...]) -> str:
    """Take the meaning from what players read as markup or as an arrow."""
    return "\n".join(lines).replace("<", "‹").replace(">", "›")
