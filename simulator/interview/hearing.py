"""Understand answers while they are spoken, in one thread beside: a head start on the review."""

from __future__ import annotations

import queue
import threading
from contextlib import suppress
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
MOST_WAITING = 3
"""Answers whose sound is held in memory until those before them are understood; the sound of later
ones lies on the disk for the review."""


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


class HearingThread:
    """Understand one answer after the other, in one thread that starts with the first.

    Several at once are no sooner understood, and each takes memory of its own.
    """

    def __init__(self) -> None:
        self._lives: queue.SimpleQueue[LiveHearing | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def begin(self, how: Hearer) -> LiveHearing:
        """Hear an answer, as soon as those before it are understood."""
        live = LiveHearing(how)
        self._lives.put(live)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, args=(how.give_way,), name="hearing")
            self._thread.start()
        return live

    @property
    def behind(self) -> bool:
        """Say whether so many answers wait that their sound must not be held."""
        return self._lives.qsize() > MOST_WAITING

    def close(self) -> None:
        """Wait until all that was begun is understood, left or cancelled."""
        self._lives.put(None)
        if self._thread is not None:
            self._thread.join()

    def _run(self, give_way: Callable[[], object]) -> None:
        give_way()
        while (live := self._lives.get()) is not None:
            live.understand()


class LiveHearing:
    """Understand one answer; the recording never waits for it."""

    def __init__(self, how: Hearer) -> None:
        self._how = how
        self._coverage: Coverage | None = None
        self._held: list[Samples] = []
        self._blocks: queue.SimpleQueue[Samples | None] = queue.SimpleQueue()
        self._cancelled, self._over = threading.Event(), threading.Event()
        self._understood = threading.Event()
        self._transcript: Transcript | None = None
        self._error: TranscriptionError | None = None

    @property
    def cancelled(self) -> bool:
        """Say whether it was given up."""
        return self._cancelled.is_set()

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
        self._understood.wait()
        if self._error is not None:
            raise self._error
        if self._transcript is None:
            raise TranscriptionError("the answer was not transcribed")
        return self._transcript

    def coverage(self) -> Coverage | None:
        """Wait for the judge's word; none when there is none."""
        self.end()
        self._understood.wait()
        return self._coverage

    def cancel(self) -> None:
        """Give up and let go of the sound; returns at once."""
        self._cancelled.set()
        self._over.set()
        self._held = []
        while not self._blocks.empty():
            with suppress(queue.Empty):  # the thread may have been quicker
                self._blocks.get_nowait()
        self._blocks.put(None)

    def understand(self) -> None:
        """Transcribe and judge, to the answer's end: called by the thread that does it."""
        try:
            if not self.cancelled:
                self._understand()
        except TranscriptionError as error:
            self._error = error
        except MemoryError:
            self._error = TranscriptionError("too little memory to transcribe it")
        except Exception as error:  # noqa: BLE001 - the answers after it are to be understood
            self._error = TranscriptionError(f"{type(error).__name__}: {error}")
        finally:
            self._understood.set()

    def _understand(self) -> None:
        transcription = self._how.transcriber.start()
        self._how.read_ahead(())
        self._drain(transcription)
        if not self.cancelled:
            self._transcript = transcription.finish()
            self._coverage = self._how.judge(self._transcript)

    def _drain(self, transcription: Transcription) -> None:
        read: tuple[Word, ...] = ()
        while (samples := self._arrived()) is not None:
            if self.cancelled:
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
