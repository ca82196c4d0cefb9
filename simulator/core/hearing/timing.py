"""Give each filled pause its true time: that of a sound between its neighbours.

Whisper stretches a neighbouring word over a filled pause, or over the silence beside it; its times
of filled pauses are off by up to half a second. What is voiced between the neighbours is the
filled pause.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from simulator.core.hearing.frames import FRAME, FRAME_SECONDS, frame_levels, smooth
from simulator.core.hearing.pauses import runs
from simulator.core.hearing.pitch import WINDOW, track_pitch
from simulator.core.hearing.words import is_filled_pause

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulator.core.hearing.chunks import Chunk
    from simulator.core.hearing.words import HeardWord
    from simulator.core.speech import Certainty, Samples

SECONDS_A_LETTER = 0.07
"""A word as read at 150 words a minute, 5.7 letters and a space each, bounds what hides in it."""
LEAST_SECONDS = 0.05
"""What is shorter is no word's true time."""
MOST_LETTERS = 12
"""Letters of such words in a row, after which their times are taken as they are."""
BELOW_PEAK_DB = 18.0
"""A syllable's edges lie within so much of its loudest part."""
ABOVE_NOISE_DB = 5.0
"""What is louder than the quiet around it by this is a sound."""
BRIDGED_FRAMES = 6
"""Frames of a dip inside one sound: 60 ms, a closure of the lips."""
SHORTEST_FRAMES = 8
"""Frames of the shortest filled pause; the shortest in Shriberg (1994) are near 0.1 s."""
LONGEST_SECONDS = 1.5
"""Longer ones are two, or not one."""
SEEN_FRAMES = WINDOW // FRAME
"""Frames around a frame that its pitch depends on."""
VOICED_SHARE = 0.4
"""Share of voiced frames below which the sound does not bear the recogniser out."""


@dataclass(frozen=True, slots=True)
class Timed:
    """Hold a word with its mended time."""

    word: HeardWord
    certainty: Certainty = "heard"


def mend_times(words: Sequence[HeardWord], chunk: Chunk) -> tuple[Timed, ...]:
    """Move filled pauses to their sounds; leave out those that no sound bears out."""
    groups = [(kind, list(g)) for kind, g in groupby(words, lambda w: is_filled_pause(w.text))]
    if not any(filled for filled, _ in groups):
        return tuple(Timed(word) for word in words)
    sound = _Sound.of(chunk)
    timed: list[Timed] = []
    for index, (filled, group) in enumerate(groups):
        if not filled:
            timed += [Timed(word) for word in group]
            continue
        after = groups[index + 1][1][0] if index + 1 < len(groups) else None
        found = sound.place(group, _true_end([some.word for some in timed]), after)
        if timed and found:
            timed[-1] = _shorten(timed[-1], found[0].word.start)
        timed += found
    return tuple(timed)


@dataclass(frozen=True, slots=True)
class _Sound:
    samples: Samples
    levels: NDArray[np.float32]
    noise: float

    @classmethod
    def of(cls, chunk: Chunk) -> _Sound:
        levels = smooth(frame_levels(chunk.samples), 3)
        low, loud = np.percentile(levels, [5, 90]) if len(levels) else (0.0, 0.0)
        noise = float(min(low, loud - ABOVE_NOISE_DB - 1))
        return cls(chunk.samples, levels, noise)

    def place(self, group: list[HeardWord], before: float, after: HeardWord | None) -> list[Timed]:
        """Give each filled pause of a group a sound of its own."""
        first = _frame(before)
        last = _frame(after.start) if after else len(self.levels)
        islands = self.islands(first, max(last, _frame(group[-1].end)))
        if not islands:
            return []
        longest = sorted(islands, key=lambda run: run[0] - run[1])[: len(group)]
        kept = sorted(group, key=lambda word: -word.probability)[: len(longest)]
        said = [word for word in group if word in kept][: len(longest)]
        return [self.timed(w, run) for w, run in zip(said, sorted(longest), strict=True)]

    def islands(self, first: int, last: int) -> list[tuple[int, int]]:
        """Give the sounds between two frames."""
        window = self.levels[first:last]
        if len(window) < SHORTEST_FRAMES:
            return []
        threshold = max(self.noise + ABOVE_NOISE_DB, float(window.max()) - BELOW_PEAK_DB)
        merged: list[tuple[int, int]] = []
        for start, end in runs(window > threshold):
            if merged and start - merged[-1][1] <= BRIDGED_FRAMES:
                merged[-1] = (merged[-1][0], end)
            else:
                merged.append((start, end))
        return [(first + a, first + b) for a, b in merged if b - a >= SHORTEST_FRAMES]

    def timed(self, word: HeardWord, run: tuple[int, int]) -> Timed:
        """Move a word to a sound."""
        start, end = run[0] * FRAME_SECONDS, run[1] * FRAME_SECONDS
        if end - start > LONGEST_SECONDS:
            start = min(max(start, word.start), end - LONGEST_SECONDS / 2)
            end = min(end, start + LONGEST_SECONDS)
        certainty: Certainty = "heard" if self.voiced(run) >= VOICED_SHARE else "uncertain"
        return Timed(replace(word, start=start, end=end), certainty)

    def voiced(self, run: tuple[int, int]) -> float:
        """Give the share of voiced frames, each seen with the sound around it."""
        first = max(0, run[0] - SEEN_FRAMES)
        samples = self.samples[first * FRAME : (run[1] + SEEN_FRAMES) * FRAME]
        return float(track_pitch(samples).voiced[run[0] - first : run[1] - first].mean())


def _true_end(words: Sequence[HeardWord]) -> float:
    """Say where the last word ends; one without length was put anywhere after the one before."""
    letters = 0
    for word in reversed(words):
        if word.end - word.start >= LEAST_SECONDS or letters > MOST_LETTERS:
            end = min(word.end, word.start + 0.1 + SECONDS_A_LETTER * len(word.text))
            return end + SECONDS_A_LETTER * letters
        letters += len(word.text)
    return 0.0


def _shorten(timed: Timed, end: float) -> Timed:
    word = timed.word
    end = min(word.end, max(word.start, end))
    return replace(timed, word=replace(word, end=end))


def _frame(seconds: float) -> int:
    return round(seconds / FRAME_SECONDS)
