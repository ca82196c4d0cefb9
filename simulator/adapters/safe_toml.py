"""TOML from anybody: what would cost the parser gigabytes is refused before it is parsed."""

from __future__ import annotations

import re
import tomllib
from typing import Any

DEEPEST = 16
"""Parts of one dotted key. Ours have three; the parser's memory grows with their square."""
_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'')
_PART = re.compile(r"\s*[A-Za-z0-9_-]+\s*")


def parse_toml(text: str) -> dict[str, Any]:
    """Parse a document. Raises ValueError, and RecursionError for what is nested too deeply."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.count(".") >= DEEPEST and _dotted(line) >= DEEPEST:
            raise ValueError(f"a key of more than {DEEPEST} parts (at line {number})")
    return tomllib.loads(text)


def _dotted(line: str) -> int:
    """Count the parts of the longest key that end with a dot."""
    longest = length = 0
    for part in _QUOTED.sub("q", line).split("."):
        length = length + 1 if _PART.fullmatch(part) else 0
        longest = max(longest, length)
    return longest
