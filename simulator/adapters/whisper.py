"""The recogniser: faster-whisper, chunk by chunk, hearing filled pauses too.

Each chunk is decoded by itself, so the same samples give the same transcript however they come.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.adapters.speech_detection import SpeechDetector
from simulator.adapters.whisper_decoder import WhisperDecoder
from simulator.core.hearing.ear import Ear
from simulator.core.hearing.transcript import assemble, interpret
from simulator.core.hearing.understanding import Understanding, speech_seconds
from simulator.core.hearing.words import Heard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from simulator.core.hearing.chunks import Chunk
    from simulator.core.speech import Samples, Transcript, Word


class WhisperTranscriber:
    """Transcribe with weights from a folder; they are found and loaded when first needed.

    ``batch`` chunks are decoded at once: more is faster offline, one is soonest live. An ``eager``
    one decodes the last chunk whenever the answer may be over. The transcript is the same.
    """

    def __init__(
        self, model: str, find: Callable[[str], Path], *, batch: int = 1, eager: bool = False
    ) -> None:
        self._name = model
        self._find = find
        self._batch = batch
        self._eager = eager
        self._decoder: WhisperDecoder | None = None

    @property
    def model(self) -> str:
        """Name the weights."""
        return self._name

    def start(self) -> WhisperTranscription:
        """Begin an answer. Raises ModelUnavailable."""
        if self._decoder is None:
            self._decoder = WhisperDecoder(self._find(self._name))
        return WhisperTranscription(self._decoder, self._batch, eager=self._eager)


class WhisperTranscription:
    """Hear one answer: chunks are decoded as soon as their end is known."""

    def __init__(self, decoder: WhisperDecoder, batch: int, *, eager: bool) -> None:
        self._decoder = decoder
        self._batch = batch
        self._eager = eager
        self._ear = Ear(SpeechDetector().feed)
        self._waiting: list[Chunk] = []
        self._words: list[Word] = []
        self._understood = Understanding()
        self._guess = _Guess()

    def feed(self, samples: Samples) -> None:
        """Take the next samples; decode the chunks that they complete.

        Raises TranscriptionError.
        """
        for chunk in self._ear.feed(samples):
            self._take(chunk)
        if self._eager and (last := self._ear.provisional()) is not None:
            self._guess_at(last)

    def finish(self) -> Transcript:
        """Decode what is left. Raises TranscriptionError."""
        if (last := self._ear.finish()) is not None:
            self._take(last)
        self._decode()
        transcript = assemble(self._words, self._ear.sound())
        return replace(transcript, language=self._understood.language)

    def _guess_at(self, last: Chunk) -> None:
        """Decode the last chunk during a silence that may be the end of the answer."""
        if not self._guess.covers(last) and not last.empty:
            heard = self._decoder.decode([last])[0]
            words = interpret(last, heard, self._decoder.decode)
            self._guess = _Guess(last.start, last.end, words, heard)

    def _take(self, chunk: Chunk) -> None:
        if self._guess.covers(chunk):
            self._understand(chunk, self._guess.heard)
            self._words += self._guess.words
        elif not chunk.empty:
            self._waiting.append(chunk)
        if len(self._waiting) >= self._batch:
            self._decode()

    def _decode(self) -> None:
        waiting, self._waiting = self._waiting, []
        for chunk, heard in zip(waiting, self._decoder.decode(waiting), strict=True):
            self._understand(chunk, heard)
            self._words += interpret(chunk, heard, self._decoder.decode)

    def _understand(self, chunk: Chunk, heard: Heard) -> None:
        self._understood = self._understood.with_speech(speech_seconds(chunk), heard)


@dataclass(frozen=True, slots=True)
class _Guess:
    """Hold the words of a chunk that was decoded before its end was known."""

    start: float = -1.0
    end: float = -1.0
    words: tuple[Word, ...] = ()
    heard: Heard = Heard((), 0.0)

    def covers(self, chunk: Chunk) -> bool:
        return (self.start, self.end) == (chunk.start, chunk.end)
