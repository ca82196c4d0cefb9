"""Plain columns, the same on a screen and in a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.core.clean import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = "  "


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Lay rows of equally many cells out in columns, each as wide as its widest cell.

    Cells come from files of other people, too: they are made harmless first.
    """
    if not rows:
        return ""
    rows = [[clean(cell) for cell in row] for row in rows]
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]
    return "\n".join(
        GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
