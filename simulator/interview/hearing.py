"""Understand an answer while it is spoken, in a thread of its own: a head start on the review."""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.core.speech import SAMPLE_RATE
from simulator.errors import TranscriptionError

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.core.coverage import Coverage
    from simulator.core.speech import Samples, Transcript, Word
    from simulator.ports import Transcriber, Transcription


HELD = SAMPLE_RATE // 4
"""Samples for which the thread is woken: oftener would only keep the processor from resting."""


@dataclass(frozen=True, slots=True)
class Hearer:
    """Hold what makes sense of one answer."""

    transcriber: Transcriber
    judge: Callable[[Transcript], Coverage | None] = lambda transcript: None  # noqa: ARG005
    "Called once, when the answer is transcribed."
    read_ahead: Callable[[tuple[str, ...]], object] = lambda words: None  # noqa: ARG005
    "Called with the words so far, none at first: what is read now need not be read at the end."
    give_way: Callable[[], object] = lambda: None
    "Called by the thread that understands: whatever records goes before it."


class LiveHearing:
    """Understand one answer in a thread of its own; the recording never waits for it."""

    def __init__(self, how: Hearer) -> None:
        self._how = how
        self._coverage: Coverage | None = None
        self._held: list[Samples] = []
        self._blocks: queue.SimpleQueue[Samples | None] = queue.SimpleQueue()
        self._cancelled, self._over = threading.Event(), threading.Event()
        self._transcript: Transcript | None = None
        self._error: TranscriptionError | None = None
        self._thread = threading.Thread(target=self._run, name="hearing")
        self._thread.start()

    def feed(self, samples: Samples) -> None:
        """Hand on samples, a few blocks at a time; returns at once."""
        self._held.append(samples)
        if sum(map(len, self._held)) >= HELD:
            self._hand_on()

    def end(self) -> None:
        """Say that the answer is over; the rest is understood meanwhile."""
        self._over.set()
        self._hand_on()
        self._blocks.put(None)

    def _hand_on(self) -> None:
        for samples in self._held:
            self._blocks.put(samples)
        self._held = []

    def finish(self) -> Transcript:
        """Wait for the transcript. Raises TranscriptionError."""
        self.end()
        self._thread.join()
        if self._error is not None:
            raise self._error
        if self._transcript is None:
            raise TranscriptionError("the answer was not transcribed")
        return self._transcript

    def coverage(self) -> Coverage | None:
        """Wait for the judge's word; none when there is none."""
        self.end()
        self._thread.join()
        return self._coverage

    def cancel(self) -> None:
        """Give up and wait until the thread has ended."""
        self._cancelled.set()
        self._over.set()
        self._blocks.put(None)
        self._thread.join()

    def _run(self) -> None:
        self._how.give_way()
        try:
            transcription = self._how.transcriber.start()
            self._how.read_ahead(())
            self._drain(transcription)
            if not self._cancelled.is_set():
                self._transcript = transcription.finish()
                self._coverage = self._how.judge(self._transcript)
        except TranscriptionError as error:
            self._error = error
        except MemoryError:
            self._error = TranscriptionError("too little memory to transcribe it")

    def _drain(self, transcription: Transcription) -> None:
        read: tuple[Word, ...] = ()
        while (samples := self._arrived()) is not None:
            if self._cancelled.is_set():
                return
            transcription.feed(samples)
            if transcription.words != read and not self._over.is_set():
                read = transcription.words
                self._how.read_ahead(tuple(word.text for word in read))

    def _arrived(self) -> Samples | None:
        """Wait for samples and take all there are: after a decoding many blocks wait."""
        import numpy as np

        blocks: list[Samples] = []
        block = self._blocks.get()
        while block is not None:
            blocks.append(block)
            if self._blocks.empty():
                break
            block = self._blocks.get()
        if block is None:
            self._blocks.put(None)
        return np.concatenate(blocks) if blocks else None
