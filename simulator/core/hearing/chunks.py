"""Where to cut a stream into chunks that the recogniser decodes one by one.

Whisper hears windows of up to 30 s and keeps to its prompt only in the first; in chunks of at most
24 s, each with the prompt, it holds for every word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.core.hearing.frames import FRAME, frame_levels, smooth
from simulator.core.speech import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulator.core.hearing.frames import Levels
    from simulator.core.speech import Samples

LONGEST = 2_400
"""Frames of a chunk at most: 24 s, so that a second of the recogniser's 25 s stays silent."""
EARLIEST = 1_800
"""Frames before which no chunk ends: every chunk costs a whole window."""
SHORTEST_HALF = 300
"""Frames below which a half is not cut again: 3 s hold too little context."""
FAINT_PROBABILITY = 0.25
"""Below this the detector hears nobody."""
AUDIBLE_DB = 6.0
"""Steady noise, over 50 ms, doesn't rise above its own lower tenth by this."""
SMOOTH = 5
NARROW, WIDE = 30, 90
"""Frames over which a quiet place is judged: 0.3 s holds a pause between phrases; of several
such, the one in the quieter second wins."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Hold a stretch of sound to be decoded at once."""

    samples: Samples
    start: float
    "Seconds from the start of the answer."
    probabilities: NDArray[np.float32]
    "Of speech, one for each frame."

    @property
    def end(self) -> float:
        """Give the end in seconds from the start of the answer."""
        return self.start + len(self.samples) / SAMPLE_RATE

    @property
    def audible(self) -> NDArray[np.bool_]:
        """Say in which frames somebody may speak.

        The level counts too: after loud clean speech the detector is deaf to noisy speech.
        """
        levels = smooth(frame_levels(self.samples), SMOOTH)
        floor = float(np.percentile(levels, 10)) if len(levels) else 0.0
        return (self.probabilities >= FAINT_PROBABILITY) | (levels > floor + AUDIBLE_DB)

    def part(self, first: int, last: int) -> Chunk:
        """Give the frames from ``first`` up to ``last``."""
        return Chunk(
            self.samples[first * FRAME : last * FRAME],
            self.start + first * FRAME / SAMPLE_RATE,
            self.probabilities[first:last],
        )

    def halves(self) -> tuple[Chunk, ...]:
        """Cut at the quietest place near the middle; nothing when too short."""
        frames = len(self.samples) // FRAME
        if frames < 2 * SHORTEST_HALF:
            return ()
        reach = max(frames // 5, SHORTEST_HALF // 2)
        levels = frame_levels(self.samples)
        cut = quietest(levels, frames // 2 - reach, frames // 2 + reach)
        return self.part(0, cut), self.part(cut, frames + 1)


def find_cut(levels: Levels) -> int:
    """Give the quietest place to end a chunk that starts at the first of ``LONGEST`` frames."""
    return quietest(levels[:LONGEST], EARLIEST, LONGEST - NARROW // 2)


def quietest(levels: Levels, first: int, last: int) -> int:
    """Give the frame between two others that lies deepest in a pause."""
    quiet = smooth(levels, NARROW) + smooth(levels, WIDE) / 2
    return first + int(np.argmin(quiet[first:last]))
