"""Captions as WebVTT (.vtt); several answers follow each other as if their sounds were joined."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simulator.core.captions import caption_session
from simulator.report.srt import stamp

if TYPE_CHECKING:
    from simulator.core.analysis import SessionReport


def render(report: SessionReport) -> str:
    """Write a session's captions."""
    cues = (
        f"\n{number}\n{stamp(cue.start, '.')} --> {stamp(cue.end, '.')}\n{_plain(cue.lines)}\n"
        for number, cue in enumerate(caption_session(report), 1)
    )
    return "WEBVTT\n" + "".join(cues)


def _plain(lines: tuple[str, ...]) -> str:
    return escape("\n".join(lines), quote=False)
