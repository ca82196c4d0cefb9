"""The microphone: a callback that only copies, a queue, and a watchdog over both ways to die."""

from __future__ import annotations

import queue
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.adapters.portaudio import (
    STALL_SECONDS,
    find_device,
    mapped,
    portaudio,
    quiet_stderr,
)
from simulator.adapters.resampling import resampler
from simulator.core.speech import SAMPLE_RATE
from simulator.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from simulator.core.speech import Samples

BLOCK_SECONDS = 0.064
"""Two windows of the speech detector (512 samples at 16 kHz each): half the wakings of one, and
still no delay that anybody notices."""
LOSS_SECONDS = 0.25
"""Sound that is so far behind the clock was lost: PortAudio does not always say so."""
FULL_SCALE = 32768.0
SAMPLE_BYTES = 2


@dataclass(frozen=True, slots=True)
class _Block:
    """Hold what one callback brought."""

    data: bytes
    at: float
    "Seconds of the clock that is never set back."


_Source = queue.SimpleQueue[_Block | None]


@dataclass(frozen=True, slots=True)
class CardMicrophone:
    """Hear through a microphone."""

    device: str = ""
    "Number or part of the name; empty for the system's default."
    tell_loss: Callable[[float], None] = lambda seconds: None  # noqa: ARG005
    "Called with the seconds of sound that never arrived."

    @contextmanager
    def listen(self) -> Iterator[Iterator[Samples]]:
        """Open the ear: mono float32 blocks at 16 kHz, without end. Raises DeviceError."""
        sd = portaudio()
        blocks: _Source = queue.SimpleQueue()
        number = find_device(self.device, "input")
        rate = _input_rate(sd, number)

        def callback(data: Any, frames: int, clock: Any, status: Any) -> None:  # noqa: ANN401, ARG001
            blocks.put(_Block(bytes(data), time.monotonic()))

        with quiet_stderr():  # to the end: a device that dies is noisy too
            with mapped("microphone", sd):
                stream = sd.RawInputStream(
                    samplerate=rate,
                    blocksize=round(rate * BLOCK_SECONDS),
                    device=number,
                    channels=1,
                    dtype="int16",
                    callback=callback,
                    finished_callback=lambda: blocks.put(None),
                )
                stream.start()
            try:
                yield _blocks(blocks, rate, self.tell_loss)
            finally:
                # stop() waits for a device that may be gone; abort() does not.
                stream.abort(ignore_errors=True)
                stream.close(ignore_errors=True)


def _blocks(source: _Source, rate: int, tell_loss: Callable[[float], None]) -> Iterator[Samples]:
    import numpy as np

    resample = resampler(rate, SAMPLE_RATE)
    ledger = LossLedger(rate)
    while True:
        found = _waiting(source)
        blocks = [block for block in found if block is not None]
        if blocks:
            pcm = np.frombuffer(b"".join(block.data for block in blocks), np.int16)
            yield resample(pcm.astype(np.float32) / np.float32(FULL_SCALE))
        for block in blocks:  # what came is safe by now
            if lost := ledger.count(len(block.data) // SAMPLE_BYTES, block.at):
                tell_loss(lost)
        if len(blocks) < len(found):
            raise DeviceError("the microphone is gone; plug it in again or choose another")


def _waiting(source: _Source) -> list[_Block | None]:
    """Wait for a block; give it with all that came meanwhile, so that no lag lasts."""
    found = [_next(source)]
    while not source.empty():
        found.append(source.get())
    return found


def _next(source: _Source) -> _Block | None:
    while True:
        asked = time.monotonic()
        try:
            return source.get(timeout=STALL_SECONDS)
        except queue.Empty as error:
            if time.monotonic() - asked > 2 * STALL_SECONDS:
                continue  # this program itself stood still: Ctrl-Z, a machine that was frozen
            raise DeviceError(
                "the microphone has stopped sending sound; check its cable, then go on"
            ) from error


class LossLedger:
    """Compare the samples that came with the time that passed."""

    def __init__(self, rate: int) -> None:
        self._rate, self._samples, self._lost = rate, 0, 0.0
        self._begin: float | None = None

    def count(self, samples: int, at: float) -> float:
        """Take in a block; give the seconds that were lost since the last report of a loss."""
        self._samples += samples
        if self._begin is None:
            self._begin = at - samples / self._rate
        behind = at - self._begin - self._samples / self._rate - self._lost
        if behind < 0:
            # The first block came late: its delay is no loss of the others.
            self._begin += behind
        if behind < LOSS_SECONDS:
            return 0.0
        self._lost += behind
        return behind


def _input_rate(sd: Any, number: int | None) -> int:  # noqa: ANN401
    """Prefer 16 kHz; some devices know only their own rate."""
    try:
        with quiet_stderr():
            sd.check_input_settings(number, 1, "int16", None, SAMPLE_RATE)
    except (sd.PortAudioError, ValueError):
        with mapped("microphone", sd):
            return int(sd.query_devices(number, "input")["default_samplerate"])
    return SAMPLE_RATE
