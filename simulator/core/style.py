"""How the interviewer talks around the questions: never a judgement."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32


@dataclass(frozen=True, slots=True)
class Style:
    """Hold the lines of one manner of interviewing."""

    id: str
    name: str
    description: str
    introduction: tuple[str, ...] = ()
    acknowledgement: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    follow_up: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()

    def line(self, kind: str, key: str, **values: object) -> str:
        """Choose a line, the same one for the same key; empty when the style has none.

        Raises AttributeError for an unknown kind.
        """
        lines: tuple[str, ...] = getattr(self, kind)
        if not lines:
            return ""
        return lines[crc32(f"{kind} {key}".encode()) % len(lines)].format(**values)
