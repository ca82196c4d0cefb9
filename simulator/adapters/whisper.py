"""The recogniser: faster-whisper, chunk by chunk, hearing filled pauses too.

Each chunk is decoded by itself, so the same samples give the same transcript however they come.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from simulator.adapters.speech_detection import SpeechDetector
from simulator.adapters.whisper_decoder import WhisperDecoder
from simulator.core.decoding import meanwhile
from simulator.core.hearing.ear import LATE, SETTLED, Ear
from simulator.core.hearing.transcript import assemble, interpret
from simulator.core.hearing.understanding import Understanding, speech_seconds
from simulator.core.hearing.words import Heard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from simulator.core.decoding import Decoding
    from simulator.core.hearing.chunks import Chunk
    from simulator.core.speech import Samples, Transcript, Word


GUESSES = 0.4
"""Guesses that the answer is over, for each chunk that was surely needed: live decoding shall take
no more than half as much again as decoding the recording."""
BEFORE_AND_LAST = 2
"""Chunks that a live answer may have under way: when it ends, the one before and its last."""


class WhisperTranscriber:
    """Transcribe with weights from a folder; they are found and loaded when first needed.

    An ``eager`` one is done soonest: it decodes the last chunk whenever the answer may be over.
    The others decode batches side by side. The transcript is the same.
    """

    def __init__(
        self, model: str, find: Callable[[str], Path], how: Decoding, *, eager: bool = False
    ) -> None:
        self._name = model
        self._find = find
        self._how = how
        self._eager = eager
        self._decoder: WhisperDecoder | None = None
        self._early: WhisperDecoder | None = None

    @property
    def model(self) -> str:
        """Name the weights."""
        return self._name

    def start(self) -> WhisperTranscription:
        """Begin an answer. Raises ModelUnavailable."""
        if self._decoder is None:
            self._decoder = WhisperDecoder(self._find(self._name), self._how)
            less = meanwhile(self._name, self._how)
            if self._eager and less != self._how:
                self._early = WhisperDecoder(self._find(self._name), less)
        return WhisperTranscription(self._decoder, self._how, eager=self._eager, early=self._early)


class WhisperTranscription:
    """Hear one answer: chunks are decoded as soon as their end is known."""

    def __init__(
        self,
        decoder: WhisperDecoder,
        how: Decoding,
        *,
        eager: bool,
        early: WhisperDecoder | None = None,
    ) -> None:
        """Hear with a decoder; with another one, ``early``, until the answer is over."""
        self._last, self._early = decoder, early or decoder
        self._eager = eager
        self._batch = 1 if eager else how.batch
        self._ear = Ear(SpeechDetector().feed)
        self._waiting: list[Chunk] = []
        self._words: list[Word] = []
        self._understood = Understanding()
        self._guess = _Guess()
        self._guesses = self._chunks = 0
        self._line = _Line(self._early, BEFORE_AND_LAST if eager else how.workers)

    @property
    def words(self) -> tuple[Word, ...]:
        """Give the words decoded so far; the last of them may still change."""
        return (*self._words, *self._guess.words)

    def feed(self, samples: Samples) -> None:
        """Take the next samples; have the chunks decoded that they complete.

        Raises TranscriptionError.
        """
        for chunk in self._ear.feed(samples):
            self._take(chunk)
        if self._eager:
            self._understand(self._line.done())
            self._look_ahead()

    def finish(self) -> Transcript:
        """Decode what is left. Raises TranscriptionError."""
        self._line.decoder = self._last
        if (last := self._ear.finish()) is not None:
            self._take(last)
        self._decode()
        self._understand(self._line.rest())
        transcript = assemble(self._words, self._ear.sound())
        return replace(transcript, language=self._understood.language)

    def _look_ahead(self) -> None:
        """Decode the last chunk in a silence that may be the end of the answer."""
        patience = SETTLED if self._guesses < GUESSES * self._chunks else LATE
        last = self._ear.provisional(patience)
        if last is None or last.empty or self._guess.covers(last) or not self._guess.said.done():
            return
        self._guesses += 1
        self._guess = _Guess(last.start, last.end, self._line.beside(last))

    def _take(self, chunk: Chunk) -> None:
        guess, self._guess = self._guess, _Guess()  # of this chunk, or of one that begins in it
        if guess.covers(chunk):
            self._line.put_begun(guess.said)
        elif not chunk.empty:
            self._chunks += 1
            self._waiting.append(chunk)
        if len(self._waiting) >= self._batch:
            self._decode()

    def _decode(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._understand(self._line.put(waiting))

    def _understand(self, found: Iterable[_Said]) -> None:
        for said in found:
            self._understood = self._understood.with_speech(said.speech, said.heard)
            self._words += said.words


class _Line:
    """Decode batches side by side; give what was said in the order of the chunks."""

    def __init__(self, decoder: WhisperDecoder, workers: int) -> None:
        self.decoder, self._workers = decoder, workers
        self._pool = ThreadPoolExecutor(workers, "decoding")
        self._aside = ThreadPoolExecutor(1, "guessing")
        self._running: deque[Future[list[_Said]]] = deque()

    def put(self, chunks: list[Chunk]) -> list[_Said]:
        """Take a batch; wait for the first where each worker has one. Raises TranscriptionError."""
        self._running.append(self._pool.submit(_hear, self.decoder, chunks))
        return self._first() if len(self._running) > self._workers else []

    def beside(self, chunk: Chunk) -> Future[list[_Said]]:
        """Decode a chunk of which nobody knows yet whether it will be needed."""
        return self._aside.submit(_hear, self.decoder, [chunk])

    def put_begun(self, said: Future[list[_Said]]) -> None:
        """Take what was begun ``beside`` as the next chunk."""
        self._running.append(said)

    def done(self) -> list[_Said]:
        """Give what is there by now; waits for nothing. Raises TranscriptionError."""
        found: list[_Said] = []
        while self._running and self._running[0].done():
            found += self._first()
        return found

    def rest(self) -> list[_Said]:
        """Wait for all that is under way. Raises TranscriptionError."""
        found: list[_Said] = []
        while self._running:
            found += self._first()
        self._pool.shutdown()
        self._aside.shutdown(wait=False)  # a guess that was wrong may still run
        return found

    def _first(self) -> list[_Said]:
        try:
            return self._running.popleft().result()
        except BaseException:
            for pool in (self._pool, self._aside):
                pool.shutdown(wait=False, cancel_futures=True)
            raise


@dataclass(frozen=True, slots=True)
class _Said:
    """Hold what was said in a chunk."""

    speech: float
    "Seconds."
    heard: Heard
    words: tuple[Word, ...]


def _nothing() -> Future[list[_Said]]:
    done: Future[list[_Said]] = Future()
    done.set_result([])
    return done


@dataclass(frozen=True, slots=True)
class _Guess:
    """Hold a chunk that may be the last one, and what will be known of it."""

    start: float = -1.0
    end: float = -1.0
    said: Future[list[_Said]] = field(default_factory=_nothing)

    @property
    def words(self) -> tuple[Word, ...]:
        """Give its words once they are there."""
        if not self.said.done() or self.said.exception() is not None:
            return ()
        return tuple(word for said in self.said.result() for word in said.words)

    def covers(self, chunk: Chunk) -> bool:
        return (self.start, self.end) == (chunk.start, chunk.end)


def _hear(decoder: WhisperDecoder, chunks: list[Chunk]) -> list[_Said]:
    heard = decoder.decode(chunks)
    return [
        _Said(speech_seconds(c), h, interpret(c, h, decoder.decode))
        for c, h in zip(chunks, heard, strict=True)
    ]
