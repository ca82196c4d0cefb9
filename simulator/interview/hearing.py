"""Decode an answer while it is spoken, in a thread of its own: a head start on the review."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING

from simulator.errors import TranscriptionError

if TYPE_CHECKING:
    from simulator.core.speech import Samples, Transcript
    from simulator.ports import Transcriber, Transcription


class LiveHearing:
    """Feed one answer to a transcriber; the recording never waits for it."""

    def __init__(self, transcriber: Transcriber) -> None:
        self._blocks: queue.SimpleQueue[Samples | None] = queue.SimpleQueue()
        self._cancelled = threading.Event()
        self._transcript: Transcript | None = None
        self._error: TranscriptionError | None = None
        self._thread = threading.Thread(target=self._run, args=(transcriber,), name="hearing")
        self._thread.start()

    def feed(self, samples: Samples) -> None:
        """Hand on samples; returns at once."""
        self._blocks.put(samples)

    def finish(self) -> Transcript:
        """Wait for the transcript. Raises TranscriptionError."""
        self._blocks.put(None)
        self._thread.join()
        if self._error is not None:
            raise self._error
        if self._transcript is None:
            raise TranscriptionError("the answer was not transcribed")
        return self._transcript

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
        except TranscriptionError as error:
            self._error = error
        except MemoryError:
            self._error = TranscriptionError("too little memory to transcribe it")

    def _drain(self, transcription: Transcription) -> None:
        while (samples := self._blocks.get()) is not None:
            if self._cancelled.is_set():
                return
            transcription.feed(samples)
