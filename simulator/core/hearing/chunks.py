"""Where to cut a stream into chunks that the recogniser decodes one by one.

Whisper hears windows of up to 30 s and keeps to its prompt only in the first; in chunks of at most
24 s, each with the prompt, it holds for every word. Shorter chunks, cut at every clear pause, lose
filled pauses: they stand beside such pauses, and the recogniser leaves them out at an edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.core.hearing.frames import FRAME, frame_levels, smooth
from simulator.core.hearing.pauses import SURELY_SPEECH
from simulator.core.speech import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulator.core.hearing.frames import Levels
    from simulator.core.speech import Samples

LONGEST = 2_400
"""Frames of a chunk at most: 24 s."""
EARLIEST = 1_800
"""Frames before which no chunk ends: each costs a whole window, and loses words at its edges."""
LEAD, TRAIL = 100, 50
"""Frames of quiet kept before the first and after the last sound, for soft onsets and endings."""
SHORTEST_HALF = 300
"""Frames below which a half is not cut again: 3 s hold too little context."""
LEAST_SPEECH = 8
"""Frames in which the detector hears speech: 80 ms, less than a syllable."""
LITTLE_SPEECH = 50
"""Frames of speech, 0.5 s, of which more are surely somebody's."""
LEAST_SOUND = 40
"""Frames of sound in which the detector hears nobody, yet somebody may whisper a word: 0.4 s."""
NARROW, WIDE = 30, 90
"""Frames over which a quiet place is judged: 0.3 s holds a pause between phrases; of several
such, the one in the quieter second wins."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Hold a stretch of sound to be decoded at once."""

    samples: Samples
    start: float
    "Seconds from the start of the answer."
    audible: NDArray[np.bool_]
    "For each frame: whether somebody may speak."
    probabilities: NDArray[np.float32]
    "Of speech, one for each frame."

    @property
    def end(self) -> float:
        """Give the end in seconds from the start of the answer."""
        return self.start + len(self.samples) / SAMPLE_RATE

    @property
    def voiced(self) -> bool:
        """Say whether the detector hears somebody; it is deaf to whispers."""
        return self._speech >= LEAST_SPEECH

    @property
    def hardly_voiced(self) -> bool:
        """Say whether the detector hears a syllable or two at most; a cough can be one."""
        return self._speech < LITTLE_SPEECH

    @property
    def _speech(self) -> int:
        return int(np.count_nonzero(self.probabilities >= SURELY_SPEECH))

    @property
    def empty(self) -> bool:
        """Say whether there is too little sound for a word."""
        return not self.voiced and int(np.count_nonzero(self.audible)) < LEAST_SOUND

    def part(self, first: int, last: int) -> Chunk:
        """Give the frames from ``first`` up to ``last``."""
        return Chunk(
            self.samples[first * FRAME : last * FRAME],
            self.start + first * FRAME / SAMPLE_RATE,
            self.audible[first:last],
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


@dataclass(frozen=True, slots=True)
class Cut:
    """Say which of the pending frames make a chunk; later ones go on pending."""

    first: int
    last: int


def find_cut(levels: Levels, audible: NDArray[np.bool_]) -> Cut | None:
    """Say where the pending frames end a chunk; none while it may go on.

    A chunk without frames stands for silence that nobody needs.
    """
    whole = sounding(audible)
    if whole.last == whole.first:
        end = len(audible) - LEAD
        return Cut(end, end) if end >= LEAD else None
    if len(audible) - whole.first < LONGEST:
        return None
    pending = levels[whole.first : whole.first + LONGEST]
    return Cut(whole.first, whole.first + quietest(pending, EARLIEST, LONGEST - NARROW // 2))


def sounding(audible: NDArray[np.bool_]) -> Cut:
    """Give the frames from the first to the last sound with some quiet; empty without a sound."""
    sounds = np.flatnonzero(audible)
    if not len(sounds):
        return Cut(0, 0)
    return Cut(max(0, int(sounds[0]) - LEAD), min(len(audible), int(sounds[-1]) + 1 + TRAIL))


def quietest(levels: Levels, first: int, last: int) -> int:
    """Give the frame between two others that lies deepest in a pause."""
    quiet = smooth(levels, NARROW) + smooth(levels, WIDE) / 2
    return first + int(np.argmin(quiet[first:last]))
