"""Pictures of pages, compared as the eye does: coarse, with a tolerance for other fonts."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import av
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

CELL = 20
"""Pixels; smaller than a line of text with its space."""


def coarse(picture: bytes) -> NDArray[np.float64]:
    """Give the mean colour, 0-1, of each cell of a PNG."""
    with av.open(BytesIO(picture)) as container:
        pixels = next(container.decode(video=0)).to_ndarray(format="rgb24") / 255
    height, width = (size - size % CELL for size in pixels.shape[:2])
    cells = pixels[:height, :width].reshape(height // CELL, CELL, width // CELL, CELL, 3)
    return cells.mean(axis=(1, 3))


def difference(one: bytes, other: bytes) -> float:
    """Give the mean difference of two pictures' cells, 0-1; 1 where their sizes differ."""
    a, b = coarse(one), coarse(other)
    return float(np.abs(a - b).mean()) if a.shape == b.shape else 1.0
