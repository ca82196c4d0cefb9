"""Microphone and speaker through PortAudio (sounddevice)."""

from __future__ import annotations

import functools
import os
import queue
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.core.speech import SAMPLE_RATE, Audio
from simulator.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from simulator.core.speech import Samples

BLOCK_SECONDS = 0.032
"""One window of the speech detector (512 samples at 16 kHz)."""
STALL_SECONDS = 1.0
"""Without a block for so long the stream is dead, whatever PortAudio says."""
LEAD_SECONDS, TAIL_SECONDS = 0.15, 0.25
"""Silence around what is played: devices swallow the first, PortAudio drops the last 10-120 ms."""
FULL_SCALE = 32768.0


@dataclass(frozen=True, slots=True)
class SoundDevice:
    """Describe one device of the system."""

    number: int
    name: str
    inputs: int
    outputs: int
    rate: float
    "Hz, its own."
    is_default: bool = False


def list_devices() -> tuple[SoundDevice, ...]:
    """List the sound devices. Raises DeviceError without PortAudio."""
    sd = _portaudio()
    defaults = tuple(sd.default.device)
    return tuple(
        SoundDevice(
            number=index,
            name=str(found["name"]),
            inputs=int(found["max_input_channels"]),
            outputs=int(found["max_output_channels"]),
            rate=float(found["default_samplerate"]),
            is_default=index in defaults,
        )
        for index, found in enumerate(sd.query_devices())
    )


@dataclass(frozen=True, slots=True)
class CardMicrophone:
    """Hear through a microphone."""

    device: str = ""
    "Number or part of the name; empty for the system's default."

    @contextmanager
    def listen(self) -> Iterator[Iterator[Samples]]:
        """Open the ear: mono float32 blocks at 16 kHz, without end. Raises DeviceError."""
        sd = _portaudio()
        blocks: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        number = find_device(self.device, "input")
        rate = _input_rate(sd, number)

        def callback(data: Any, frames: int, clock: Any, status: Any) -> None:  # noqa: ANN401, ARG001
            blocks.put(bytes(data))

        with _quiet_stderr():  # to the end: a device that dies is noisy too
            with _mapped("microphone", sd):
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
                yield _blocks(blocks, rate)
            finally:
                # stop() waits for a device that may be gone; abort() does not.
                stream.abort(ignore_errors=True)
                stream.close(ignore_errors=True)


def _blocks(source: queue.SimpleQueue[bytes | None], rate: int) -> Iterator[Samples]:
    import numpy as np

    resample = _resampler(rate)
    while True:
        try:
            data = source.get(timeout=STALL_SECONDS)
        except queue.Empty as error:
            raise DeviceError(
                "the microphone has stopped sending sound; check its cable, then go on"
            ) from error
        if data is None:
            raise DeviceError("the microphone is gone; plug it in again or choose another")
        yield resample(np.frombuffer(data, np.int16).astype(np.float32) / np.float32(FULL_SCALE))


def _resampler(rate: int) -> Callable[[Samples], Samples]:
    if rate == SAMPLE_RATE:
        return lambda samples: samples
    import av
    import numpy as np

    resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)

    def resample(samples: Samples) -> Samples:
        frame = av.AudioFrame.from_ndarray(samples[None, :], format="flt", layout="mono")
        frame.sample_rate = rate
        pieces = [piece.to_ndarray()[0] for piece in resampler.resample(frame)]
        return np.concatenate([np.zeros(0, np.float32), *pieces])

    return resample


def _input_rate(sd: Any, number: int | None) -> int:  # noqa: ANN401
    """Prefer 16 kHz; some devices know only their own rate."""
    try:
        with _quiet_stderr():
            sd.check_input_settings(number, 1, "int16", None, SAMPLE_RATE)
    except (sd.PortAudioError, ValueError):
        with _mapped("microphone", sd):
            return int(sd.query_devices(number, "input")["default_samplerate"])
    return SAMPLE_RATE


class CardPlayback:
    """Sound that is being played through a speaker."""

    def __init__(self, audio: Audio, device: int | None) -> None:
        import numpy as np

        sd = _portaudio()
        lead = np.zeros(round(LEAD_SECONDS * audio.sample_rate), np.float32)
        tail = np.zeros(round(TAIL_SECONDS * audio.sample_rate), np.float32)
        self._samples = np.concatenate([lead, audio.samples.astype(np.float32), tail])
        self._audio, self._next, self._heard_at = audio, 0, 0.0
        self._ended: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._over = False
        with _quiet_stderr(), _mapped("speaker", sd):
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
        self._limit = time.monotonic() + len(self._samples) / audio.sample_rate + STALL_SECONDS

    def _fill(self, out: Any, frames: int, clock: Any, status: Any) -> None:  # noqa: ANN401, ARG002
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
            if time.monotonic() > self._limit:
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


def refresh() -> None:
    """Look for devices anew: PortAudio sees those that came later only after a restart."""
    sd = _portaudio()
    with _quiet_stderr():
        sd._terminate()  # noqa: SLF001 - the only way there is
        sd._initialize()  # noqa: SLF001


def find_device(wanted: str, kind: str) -> int | None:
    """Find a device by number or part of its name; None for the default. Raises DeviceError."""
    sd = _portaudio()
    with _quiet_stderr(), _mapped("microphone" if kind == "input" else "speaker", sd):
        if not wanted:
            sd.query_devices(None, kind)
            return None
        try:
            found = sd.query_devices(int(wanted) if wanted.isdigit() else wanted, kind)
        except (ValueError, OverflowError) as error:
            message = f"no {kind} device is called {wanted!r}; `rehearse doctor` lists them"
            raise DeviceError(message) from error
    return int(found["index"])


def _portaudio() -> Any:  # noqa: ANN401 - sounddevice has no types
    try:
        with _quiet_stderr():
            import sounddevice
        _silence_alsa()
    except OSError as error:
        advice = "install it: `sudo apt install libportaudio2`"
        raise DeviceError(f"the PortAudio library is missing; {advice}") from error
    return sounddevice


@functools.cache
def _silence_alsa() -> Any:  # noqa: ANN401 - ctypes
    """Keep ALSA from writing on the screen while sound runs; give what must not be collected."""
    if sys.platform != "linux":
        return None
    import ctypes

    form = ctypes.CFUNCTYPE(
        None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
    )
    handler = form(lambda *details: None)  # noqa: ARG005
    try:
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(handler)
    except (OSError, AttributeError):
        return None  # PortAudio without ALSA writes nothing either.
    return handler


@contextmanager
def _mapped(what: str, sd: Any) -> Iterator[None]:  # noqa: ANN401
    try:
        yield
    except sd.PortAudioError as error:
        reason = str(error).partition("[")[0].strip().rstrip(".")
        advice = "`rehearse doctor` says what is there"
        raise DeviceError(f"no {what} can be opened ({reason}); {advice}") from error


@contextmanager
def _quiet_stderr() -> Iterator[None]:
    """Keep the noise that PortAudio and ALSA write on file descriptor 2 off the screen."""
    sys.stderr.flush()
    kept, sink = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(sink, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(sink)
