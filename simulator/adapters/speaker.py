"""The loudspeaker: samples of our own through our own stream, so that playback can be aborted."""

from __future__ import annotations

import queue
import time
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
from simulator.core.speech import Audio
from simulator.errors import DeviceError

if TYPE_CHECKING:
    from simulator.core.speech import Samples

LEAD_SECONDS, TAIL_SECONDS = 0.15, 0.25
"""Silence around what is played: devices swallow the first, PortAudio drops the last 10-120 ms."""


class CardPlayback:
    """Sound that is being played through a speaker."""

    def __init__(self, audio: Audio, device: int | None) -> None:
        import numpy as np

        sd = portaudio()
        audio = _playable(audio, device, sd)
        lead = np.zeros(round(LEAD_SECONDS * audio.sample_rate), np.float32)
        tail = np.zeros(round(TAIL_SECONDS * audio.sample_rate), np.float32)
        self._samples = np.concatenate([lead, audio.samples.astype(np.float32), tail])
        self._audio, self._next = audio, 0
        self._ended: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._over = False
        with quiet_stderr(), mapped("speaker", sd):
            self._stop = sd.CallbackStop
            self._stream = sd.RawOutputStream(
                samplerate=audio.sample_rate,
                device=device,
                channels=1,
                dtype="float32",
                callback=self._fill,
                finished_callback=lambda: self._ended.put(True),
            )
            self._stream.start()
        self._moved = time.monotonic()

    def _fill(self, out: Any, frames: int, clock: Any, status: Any) -> None:  # noqa: ANN401, ARG002
        self._moved = time.monotonic()
        piece = self._samples[self._next : self._next + frames].tobytes()
        out[: len(piece)] = piece
        out[len(piece) :] = bytes(len(out) - len(piece))
        self._next += frames
        if self._next >= len(self._samples):
            raise self._stop

    @property
    def position(self) -> float:
        """Give the seconds of sound handed to the device so far, silence around it left out."""
        played = self._next / self._audio.sample_rate - LEAD_SECONDS
        return min(max(0.0, played), self._audio.duration)

    def wait(self, seconds: float) -> bool:
        """Wait at most so long; say whether it has ended. Raises DeviceError."""
        if self._over:
            return True
        try:
            self._over = self._ended.get(timeout=max(0.0, seconds) or 1e-4)
        except queue.Empty:
            # From the last movement, not from the start: a busy machine plays late, and goes on.
            if time.monotonic() - self._moved > 2 * STALL_SECONDS:
                self.stop()
                raise DeviceError("the speaker has stopped playing; choose another") from None
            return False
        self._close()
        if self._next < len(self._samples):
            raise DeviceError("the speaker is gone; plug it in again or choose another")
        return True

    def stop(self) -> None:
        """Fall silent at once."""
        self._over = True
        self._close()

    def _close(self) -> None:
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)


@dataclass(frozen=True, slots=True)
class CardSpeaker:
    """Play through a speaker."""

    device: str = ""
    "Number or part of the name; empty for the system's default."

    def play(self, audio: Audio) -> CardPlayback:
        """Begin to play. Raises DeviceError."""
        return CardPlayback(audio, find_device(self.device, "output"))


def _playable(audio: Audio, device: int | None, sd: Any) -> Audio:  # noqa: ANN401
    """Change the rate where a device refuses the voice's."""
    try:
        with quiet_stderr():
            sd.check_output_settings(device, 1, "float32", None, audio.sample_rate)
    except (sd.PortAudioError, ValueError):
        with mapped("speaker", sd):
            rate = int(sd.query_devices(device, "output")["default_samplerate"])
        return Audio(_resampled(audio, rate), rate)
    return audio


def _resampled(audio: Audio, rate: int) -> Samples:
    import numpy as np

    # The silence pushes the last samples out of the resampler.
    padded = np.concatenate([audio.samples, np.zeros(audio.sample_rate // 20, np.float32)])
    return resampler(audio.sample_rate, rate)(padded.astype(np.float32))
