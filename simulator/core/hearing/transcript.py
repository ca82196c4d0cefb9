"""From what was decoded and what was measured to a transcript."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.core.hearing.chunks import SHORTEST_HALF, quietest
from simulator.core.hearing.frames import FRAME_SECONDS, frame_levels
from simulator.core.hearing.pauses import PAUSE_FRAMES, find_silences, runs
from simulator.core.hearing.timing import mend_times
from simulator.core.hearing.words import (
    LOST_SECONDS,
    Heard,
    drop_invented,
    is_filled_pause,
    lost_seconds,
)
from simulator.core.speech import Span, Transcript, Word
from simulator.core.voice import BINS, Voice, measure_voice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from simulator.core.hearing.chunks import Chunk
    from simulator.core.hearing.frames import Levels
    from simulator.core.hearing.words import HeardWord

    Decode = Callable[[Sequence[Chunk]], Sequence[Heard]]


EVERY = 4
"""Every so many-th frame the pitch is counted: 40 ms, several times a syllable."""
TURN_FRAMES = 60
"""Frames around a word among which the quietest is before it: 0.6 s."""
GUESSING = 0.3
"""How much less sure, in mean log-probability, a half may be: laughter decoded by itself loses
more, speech that was left out less."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Hold what was measured in the signal of an answer."""

    levels: Levels
    "dBFS, one for each frame."
    probabilities: NDArray[np.float32]
    "Of speech, one for each frame."
    duration: float
    "Seconds."
    clipped: int
    "Samples at full scale."
    pitches: NDArray[np.int64] = field(default_factory=lambda: np.zeros(BINS, np.int64))
    "Histogram of the voice's pitch; see `core.voice`."


def interpret(chunk: Chunk, heard: Heard, decode: Decode) -> tuple[Word, ...]:
    """Turn a decoded chunk into words on the answer's clock.

    Where the text goes round in circles, the rest is decoded by itself. Where speech was left out,
    both halves are, and the version that leaves out less counts. Words that only the recogniser
    hears, not the speech detector, must be sure; so must it be of hesitations alone.
    """
    if not chunk.voiced and not heard.sure:
        return ()
    if chunk.hardly_voiced and heard.nobody:
        return ()
    pairs = _mend(chunk, heard, decode)
    return tuple(
        Word(
            timed.word.text,
            part.start + timed.word.start,
            part.start + timed.word.end,
            "filled_pause" if is_filled_pause(timed.word.text) else "word",
            timed.certainty,
        )
        for part, said in pairs
        for timed in mend_times(drop_invented(said.words, part.audible), part)
    )


def _mend(chunk: Chunk, heard: Heard, decode: Decode) -> list[tuple[Chunk, Heard]]:
    if (turn := heard.turn) is not None and (cut := _before(chunk, heard.words[turn])):
        rest = chunk.part(cut, len(chunk.audible))
        kept = replace(heard, words=heard.words[:turn])
        return [(chunk.part(0, cut), kept), *_mend(rest, decode([rest])[0], decode)]
    lost = lost_seconds(heard.words, chunk.audible)
    halves = chunk.halves() if lost >= LOST_SECONDS or heard.doubtful else ()
    if not halves:
        return [(chunk, heard)]
    pairs = list(zip(halves, decode(halves), strict=True))
    if not heard.doubtful and not _is_better(pairs, heard, lost):
        return [(chunk, heard)]
    return [pair for half, said in pairs for pair in _mend(half, said, decode)]


def _before(chunk: Chunk, word: HeardWord) -> int:
    """Give the quiet frame before a word; none where too little would be left on a side."""
    start = round(word.start / FRAME_SECONDS)
    first, last = start - TURN_FRAMES, start + TURN_FRAMES // 2
    if first < SHORTEST_HALF or last > len(chunk.audible) - SHORTEST_HALF:
        return 0
    return quietest(frame_levels(chunk.samples), first, last)


def _is_better(pairs: Sequence[tuple[Chunk, Heard]], heard: Heard, lost: float) -> bool:
    left = max(lost_seconds(said.words, half.audible) for half, said in pairs)
    worst = min(said.log_probability for _, said in pairs)
    return left <= lost / 2 and worst >= heard.log_probability - GUESSING


def assemble(words: Iterable[Word], sound: Sound) -> Transcript:
    """Put the words and the silences of an answer together."""
    pauses = tuple(
        Span(pause.start, min(pause.end, sound.duration))
        for pause in find_silences(sound.levels, sound.probabilities)
        if min(pause.end, sound.duration) > pause.start
    )
    silent = _silent(pauses, sound)
    voice = measure_voice(sound.levels, silent, sound.clipped, sound.pitches, EVERY * FRAME_SECONDS)
    placed = tuple(
        replace(word, start=min(word.start, sound.duration), end=min(word.end, sound.duration))
        for word in words
    )
    return Transcript(
        words=placed,
        pauses=pauses,
        speech=_sounding(silent, sound),
        duration=sound.duration,
        notes=_notes(placed, sound, voice),
        voice=voice,
    )


def _silent(pauses: tuple[Span, ...], sound: Sound) -> NDArray[np.bool_]:
    silent = np.zeros(len(sound.levels), bool)
    for pause in pauses:
        silent[round(pause.start / FRAME_SECONDS) : round(pause.end / FRAME_SECONDS)] = True
    return silent


def _sounding(silent: NDArray[np.bool_], sound: Sound) -> tuple[Span, ...]:
    return tuple(
        Span(first * FRAME_SECONDS, min(last * FRAME_SECONDS, sound.duration))
        for first, last in runs(~silent)
        if first * FRAME_SECONDS < sound.duration
    )


def _notes(words: tuple[Word, ...], sound: Sound, voice: Voice | None) -> tuple[str, ...]:
    notes: list[str] = []
    if not (sound.levels > SILENT_DB).any():
        notes.append("silent")
    if not words:
        notes.append("no speech")
    if sound.clipped >= CLIPPED_SAMPLES:
        notes.append("clipped")
    if voice is not None and voice.noisy and words:
        notes.append("noisy")
    return tuple(notes)


CLIPPED_SAMPLES = PAUSE_FRAMES
"""Samples at full scale from which a recording counts as clipped: single ones are chance."""
SILENT_DB = -75.0
"""dBFS below which all of a silent recording lies: a room is louder in any microphone."""
