"""Measure a stream of sound and cut it into chunks, in the same steps however it arrives."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np

from simulator.core.hearing.chunks import TRAIL, Chunk, Cut, find_cut, sounding
from simulator.core.hearing.frames import FRAME, frame_levels
from simulator.core.hearing.pauses import SURELY_SPEECH
from simulator.core.hearing.pitch import track_pitch
from simulator.core.hearing.transcript import EVERY, Sound
from simulator.core.speech import SAMPLE_RATE
from simulator.core.voice import BINS, count_pitch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from simulator.core.hearing.frames import Levels
    from simulator.core.speech import Samples

    Detect = Callable[[Samples], NDArray[np.float32]]

WINDOW = 512
"""Samples of one decision of the speech detector."""
STEP = 16
"""Frames of a step: they are five of the detector's windows."""
SMOOTH = 5
"""Frames over which steady noise doesn't rise above its own lower tenth by ``AUDIBLE_DB``."""
AUDIBLE_DB = 6.0
REMEMBERED = 2_400
"""Frames, 24 s, whose lower tenth is the noise."""
FAINT_PROBABILITY = 0.25
"""Below this the detector hears nobody."""
CLIPPED = 0.999
"""Share of full scale from which a sample counts as clipped."""
BLOCK = 32 * STEP * FRAME
"""Samples measured at once where so many are there: 5 s. The measures are those of single steps."""


SETTLED = 150
"""Frames of quiet, 1.5 s, after which the answer may well be over; few pauses inside last longer,
and each one that does costs a decoding."""
LATE = 250
"""Frames of quiet that are still soon enough where a silence of 3 s and more ends the answer."""


class Ear:
    """Follow one answer. Mutable, owned by one thread."""

    def __init__(self, detect: Detect) -> None:
        self._detect = detect
        self._rest = np.zeros(0, np.float32)
        self._tail = np.zeros((1 + SMOOTH) * FRAME, np.float32)
        self._last_probability = np.zeros(1, np.float32)
        self._smooth = np.zeros(0, np.float32)
        self._levels, self._probabilities = array("f"), array("f")
        self._pending = _Pending()
        self._count = 0
        self._clipped = 0
        self._pitches = np.zeros(BINS, np.int64)

    def feed(self, samples: Samples) -> Iterator[Chunk]:
        """Take samples; give the chunks that they complete."""
        samples = np.asarray(samples, np.float32)
        self._count += len(samples)
        self._clipped += int(np.count_nonzero(np.abs(samples) >= CLIPPED))
        arrived = np.concatenate([self._rest, samples])
        whole = len(arrived) - len(arrived) % (STEP * FRAME)
        self._rest = arrived[whole:]
        for first in range(0, whole, BLOCK):
            for _ in self._steps(arrived[first : min(whole, first + BLOCK)]):
                while (cut := self._pending.cut()) is not None:
                    if cut.last > cut.first:
                        yield self._pending.chunk(cut)
                    self._count_pitch(cut.last)
                    self._pending.forget(cut.last)

    def provisional(self, least: int) -> Chunk | None:
        """Give the last chunk if the answer were over; none before so many frames of quiet."""
        cut = sounding(self._pending.audible)
        quiet = len(self._pending.audible) - cut.last + TRAIL
        return self._pending.chunk(cut) if quiet >= least and cut.last > cut.first else None

    def finish(self) -> Chunk | None:
        """Give the last chunk, if there is sound in it."""
        frames = -(-self._count // FRAME)
        wanted = (frames // STEP + 1) * STEP * FRAME
        missing = wanted - self._count
        for _ in self._steps(np.pad(self._rest, (0, missing))):
            pass
        self._pending.end(frames)
        self._count_pitch(len(self._pending.audible))
        cut = sounding(self._pending.audible)
        return self._pending.chunk(cut) if cut.last > cut.first else None

    def sound(self) -> Sound:
        """Give the measures of the whole."""
        frames = -(-self._count // FRAME)
        return Sound(
            levels=np.array(self._levels[:frames], np.float32),
            probabilities=np.array(self._probabilities[:frames], np.float32),
            duration=self._count / SAMPLE_RATE,
            clipped=self._clipped,
            pitches=self._pitches,
        )

    def _count_pitch(self, frames: int) -> None:
        spoken = self._pending.probabilities[:frames:EVERY] >= SURELY_SPEECH
        if spoken.any():
            samples = np.concatenate(self._pending.samples)[: frames * FRAME]
            self._pitches += count_pitch(track_pitch(samples, EVERY, spoken))

    def _steps(self, samples: Samples) -> Iterator[None]:
        """Measure whole steps at once, then take them one by one.

        Frames are measured up to the last but one: a level sees half of the frame after it.
        """
        seen = np.concatenate([self._tail, samples])
        self._tail = seen[-len(self._tail) :]
        levels = frame_levels(seen)[1:-1]
        smoothed = _smoothed(levels)
        places = np.arange(len(samples) // FRAME) * FRAME // WINDOW
        found = np.concatenate([self._last_probability, self._detect(samples)[places]])
        levels, found, self._last_probability = levels[SMOOTH - 1 :], found[:-1], found[-1:]
        for start in range(0, len(levels), STEP):
            step = slice(start, start + STEP)
            audible = self._audible(smoothed[step], found[step])
            first = 0 if self._levels else 1
            level, probability = levels[step][first:], found[step][first:]
            self._levels.frombytes(level.tobytes())
            self._probabilities.frombytes(probability.tobytes())
            sound = samples[start * FRAME : step.stop * FRAME]
            self._pending.add(sound, level, probability, audible[first:])
            yield

    def _audible(self, smoothed: Levels, probabilities: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Say in which frames of a step somebody may speak.

        The level counts too: after loud clean speech the detector is deaf to noisy speech.
        """
        self._smooth = np.concatenate([self._smooth, smoothed])[-REMEMBERED:]
        tenth = len(self._smooth) // 10
        floor = float(np.partition(self._smooth, tenth)[tenth])
        return (probabilities >= FAINT_PROBABILITY) | (smoothed > floor + AUDIBLE_DB)


def _smoothed(levels: Levels) -> Levels:
    """Give the mean of each ``SMOOTH`` neighbours: the same however many are given at once."""
    count = len(levels) - SMOOTH + 1
    total = levels[:count].astype(np.float64)
    for later in range(1, SMOOTH):
        total += levels[later : later + count]
    return (total / SMOOTH).astype(np.float32)


class _Pending:
    """Hold what is not yet part of a chunk."""

    def __init__(self) -> None:
        self.start = 0
        self.samples: list[NDArray[np.float32]] = []
        self.levels = np.zeros(0, np.float32)
        self.probabilities = np.zeros(0, np.float32)
        self.audible = np.zeros(0, np.bool_)

    def add(
        self,
        samples: Samples,
        levels: Levels,
        probabilities: NDArray[np.float32],
        audible: NDArray[np.bool_],
    ) -> None:
        """Take the next samples and frames."""
        self.samples.append(samples)
        self.levels = np.concatenate([self.levels, levels])
        self.probabilities = np.concatenate([self.probabilities, probabilities])
        self.audible = np.concatenate([self.audible, audible])

    def cut(self) -> Cut | None:
        """Say where a chunk ends."""
        return find_cut(self.levels, self.audible)

    def chunk(self, cut: Cut) -> Chunk:
        """Give the frames of a cut."""
        frames = slice(cut.first, cut.last)
        return Chunk(
            np.concatenate(self.samples)[cut.first * FRAME : cut.last * FRAME],
            (self.start + cut.first) * FRAME / SAMPLE_RATE,
            self.audible[frames],
            self.probabilities[frames],
        )

    def forget(self, frames: int) -> None:
        """Leave out the first frames."""
        self.samples = [np.concatenate(self.samples)[frames * FRAME :]]
        self.levels = self.levels[frames:]
        self.probabilities = self.probabilities[frames:]
        self.audible = self.audible[frames:]
        self.start += frames

    def end(self, frame: int) -> None:
        """Leave out what lies after a frame of the answer."""
        left = max(0, frame - self.start)
        self.levels, self.probabilities = self.levels[:left], self.probabilities[:left]
        self.audible = self.audible[:left]
