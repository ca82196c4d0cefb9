"""Find the line on which a value of a TOML file stands: the standard parser does not say."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_Path = tuple[str | int, ...]
_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-\s\"']+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*[\"']?([A-Za-z0-9_\-]+)[\"']?\s*=")


def line_of(text: str, path: _Path) -> int:
    """Give the 1-based line of a path like ("questions", 0, "prompt"), or of its nearest parent.

    0 when not even the first part is found.
    """
    lines: dict[_Path, int] = {}
    for number, place in _places(text):
        lines.setdefault(place, number)
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 0


def _places(text: str) -> Iterator[tuple[int, _Path]]:
    table: _Path = ()
    counts: Counter[_Path] = Counter()
    quote: str | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if quote is None:
            if header := _HEADER.match(line):
                table = _table(header[2], array=header[1] == "[[", counts=counts)
                yield from ((number, table[:length]) for length in range(len(table), 0, -1))
            elif key := _KEY.match(line):
                yield number, (*table, key[1])
        quote = _open_quote(line, quote)


def _table(dotted: str, *, array: bool, counts: Counter[_Path]) -> _Path:
    """Resolve a header like questions.criteria to the latest tables of that name."""
    path: _Path = ()
    parts = [part.strip().strip("\"'") for part in dotted.split(".")]
    for depth, part in enumerate(parts):
        path = (*path, part)
        if depth == len(parts) - 1 and array:
            counts[path] += 1
        if counts[path]:
            path = (*path, counts[path] - 1)
    return path


def _open_quote(line: str, quote: str | None) -> str | None:
    """Say which multi-line string is open at the end of a line."""
    position = 0
    while True:
        if quote is not None:
            end = line.find(quote, position)
            if end < 0:
                return quote
            quote, position = None, end + 3
        starts = [(line.find(q, position), q) for q in ('"""', "'''") if q in line[position:]]
        if not starts:
            return None
        position, quote = min(starts)
        position += 3
