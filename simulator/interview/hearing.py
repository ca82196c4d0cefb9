"""Understand an answer while it is spoken, in a thread of its own: a head start on the review."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING

from simulator.errors import TranscriptionError

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.core.coverage import Coverage
    from simulator.core.speech import Samples, Transcript
    from simulator.ports import Transcriber, Transcription


class LiveHearing:
    """Feed one answer to a transcriber, then to a judge; the recording never waits for it."""

    def __init__(
        self, transcriber: Transcriber, judge: Callable[[Transcript], Coverage | None]
    ) -> None:
        self._judge = judge
        self._coverage: Coverage | None = None
        self._blocks: queue.SimpleQueue[Samples | None] = queue.SimpleQueue()
        self._cancelled = threading.Event()
        self._transcript: Transcript | None = None
        self._error: TranscriptionError | None = None
        self._thread = threading.Thread(target=self._run, args=(transcriber,), name="hearing")
        self._thread.start()

    def feed(self, samples: Samples) -> None:
        """Hand on samples; returns at once."""
        self._blocks.put(samples)

    def end(self) -> None:
        """Say that the answer is over; the rest is understood meanwhile."""
        self._blocks.put(None)

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
        self._blocks.put(None)
        self._thread.join()

    def _run(self, transcriber: Transcriber) -> None:
        try:
            transcription = transcriber.start()
            self._drain(transcription)
            if not self._cancelled.is_set():
                self._transcript = transcription.finish()
                self._coverage = self._judge(self._transcript)
        except TranscriptionError as error:
            self._error = error
        except MemoryError:
            self._error = TranscriptionError("too little memory to transcribe it")

    def _drain(self, transcription: Transcription) -> None:
        while (samples := self._arrived()) is not None:
            if self._cancelled.is_set():
                return
            transcription.feed(samples)

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
