"""Where to cut a stream into chunks that the recogniser decodes one by one.

Whisper hears windows of 30 s and keeps to its prompt only in the first; in chunks of at most 24 s
the prompt holds for every word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.core.hearing.frames import smooth

if TYPE_CHECKING:
    from simulator.core.hearing.frames import Levels

LONGEST = 2_400
"""Frames of a chunk at most: 24 s, so that a margin of the window stays silent."""
EARLIEST = 1_200
"""Frames before which no chunk ends: short chunks lack context and cost a window each."""
NARROW, WIDE = 30, 90
"""Frames over which a quiet place is judged: 0.3 s holds a pause between phrases; of several
such, the one in the quieter second wins."""


def find_cut(levels: Levels) -> int:
    """Give the quietest place to end a chunk that starts at the first of ``LONGEST`` frames."""
    quiet = smooth(levels[:LONGEST], NARROW) + smooth(levels[:LONGEST], WIDE) / 2
    return EARLIEST + int(np.argmin(quiet[EARLIEST : LONGEST - NARROW // 2]))
