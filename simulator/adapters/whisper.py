"""The recogniser: faster-whisper, chunk by chunk, hearing filled pauses too.

Each chunk is decoded by itself, so the same samples give the same transcript however they come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.adapters.speech_detection import WINDOW, SpeechDetector
from simulator.adapters.whisper_decoder import WhisperDecoder
from simulator.core.hearing.chunks import LONGEST, Chunk, find_cut
from simulator.core.hearing.frames import FRAME, frame_levels
from simulator.core.hearing.pauses import SURELY_SPEECH
from simulator.core.hearing.pitch import track_pitch
from simulator.core.hearing.transcript import EVERY, Sound, assemble, interpret
from simulator.core.speech import SAMPLE_RATE
from simulator.core.voice import BINS, count_pitch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from simulator.core.speech import Samples, Transcript, Word

CLIPPED = 0.999
"""Share of full scale from which a sample counts as clipped."""
LEAST_SPEECH = 8
"""Frames of speech without which a chunk is not decoded: 80 ms, less than a syllable."""


class WhisperTranscriber:
    """Transcribe with weights from a folder; they are found and loaded when first needed.

    ``batch`` chunks are decoded at once: more is faster offline, one is soonest live. The
    transcript is the same.
    """

    def __init__(self, model: str, find: Callable[[str], Path], *, batch: int = 1) -> None:
        self._name = model
        self._find = find
        self._batch = batch
        self._decoder: WhisperDecoder | None = None

    @property
    def model(self) -> str:
        """Name the weights."""
        return self._name

    def start(self) -> WhisperTranscription:
        """Begin an answer. Raises ModelUnavailable."""
        if self._decoder is None:
            self._decoder = WhisperDecoder(self._find(self._name))
        return WhisperTranscription(self._decoder, self._batch)


class WhisperTranscription:
    """Hear one answer: chunks are decoded as soon as their end is known."""

    def __init__(self, decoder: WhisperDecoder, batch: int = 1) -> None:
        self._decoder = decoder
        self._batch = batch
        self._ear = _Ear()
        self._waiting: list[Chunk] = []
        self._words: list[Word] = []

    def feed(self, samples: Samples) -> None:
        """Take the next samples; decode the chunks that they complete.

        Raises TranscriptionError.
        """
        for chunk in self._ear.feed(samples):
            self._take(chunk)

    def finish(self) -> Transcript:
        """Decode what is left. Raises TranscriptionError."""
        for chunk in self._ear.finish():
            self._take(chunk)
        self._decode()
        return assemble(self._words, self._ear.sound())

    def _take(self, chunk: Chunk) -> None:
        if np.count_nonzero(chunk.probabilities >= SURELY_SPEECH) < LEAST_SPEECH:
            return
        self._waiting.append(chunk)
        if len(self._waiting) >= self._batch:
            self._decode()

    def _decode(self) -> None:
        waiting, self._waiting = self._waiting, []
        for chunk, heard in zip(waiting, self._decoder.decode(waiting), strict=True):
            self._words += interpret(chunk, heard, self._decoder.decode)


class _Ear:
    """Measure the sound as it comes and cut it into chunks."""

    def __init__(self) -> None:
        self._detector = SpeechDetector()
        self._pending: list[Samples] = []
        self._held = 0
        self._start = 0
        self._levels: list[NDArray[np.float32]] = []
        self._windows: list[NDArray[np.float32]] = []
        self._probabilities: list[NDArray[np.float32]] = []
        self._clipped = 0
        self._pitches = np.zeros(BINS, np.int64)
        self._forgotten = 0
        self._padding = 0

    def feed(self, samples: Samples) -> Iterator[Chunk]:
        """Take samples; give the chunks that they complete."""
        samples = np.asarray(samples, np.float32)
        self._windows.append(self._detector.feed(samples))
        self._clipped += int(np.count_nonzero(np.abs(samples) >= CLIPPED))
        self._pending.append(samples)
        self._held += len(samples)
        if self._held < LONGEST * FRAME:
            return
        pending = np.concatenate(self._pending)
        while len(pending) >= LONGEST * FRAME:
            cut = find_cut(frame_levels(pending[: LONGEST * FRAME])) * FRAME
            yield self._cut(pending[:cut])
            pending = pending[cut:]
        self._pending, self._held = [pending], len(pending)

    def finish(self) -> Iterator[Chunk]:
        """Give what is left, filled up to a whole frame."""
        self._windows.append(self._detector.feed(np.zeros(WINDOW, np.float32)))
        pending = np.concatenate([np.zeros(0, np.float32), *self._pending])
        self._padding = -len(pending) % FRAME
        if len(pending):
            yield self._cut(np.pad(pending, (0, self._padding)))

    def sound(self) -> Sound:
        """Give the measures of the whole."""
        nothing = np.zeros(0, np.float32)
        return Sound(
            levels=np.concatenate([nothing, *self._levels]),
            probabilities=np.concatenate([nothing, *self._probabilities]),
            duration=(self._start * FRAME - self._padding) / SAMPLE_RATE,
            clipped=self._clipped,
            pitches=self._pitches,
        )

    def _cut(self, samples: Samples) -> Chunk:
        frames = len(samples) // FRAME
        windows = np.concatenate(self._windows)
        places = (self._start + np.arange(frames)) * FRAME // WINDOW
        probabilities = windows[np.minimum(places - self._forgotten, len(windows) - 1)]
        pitch = track_pitch(samples, EVERY)
        self._pitches += count_pitch(pitch, probabilities[::EVERY] >= SURELY_SPEECH)
        self._levels.append(frame_levels(samples))
        self._probabilities.append(probabilities)
        chunk = Chunk(samples, self._start * FRAME / SAMPLE_RATE, probabilities)
        self._start += frames
        kept = self._start * FRAME // WINDOW - self._forgotten
        self._windows, self._forgotten = [windows[kept:]], self._forgotten + kept
        return chunk
