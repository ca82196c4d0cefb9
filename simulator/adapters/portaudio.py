"""PortAudio itself: loading it, its devices, its faults and its noise."""

from __future__ import annotations

import functools
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Iterator

STALL_SECONDS = 1.0
"""Without a block for so long a stream is dead, whatever PortAudio says."""


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
    sd = portaudio()
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


def refresh() -> None:
    """Look for devices anew: PortAudio sees those that came later only after a restart."""
    sd = portaudio()
    with quiet_stderr():
        sd._terminate()  # noqa: SLF001 - the only way there is
        sd._initialize()  # noqa: SLF001


def find_device(wanted: str, kind: str) -> int | None:
    """Find a device by number or part of its name; None for the default. Raises DeviceError."""
    sd = portaudio()
    with quiet_stderr(), mapped("microphone" if kind == "input" else "speaker", sd):
        if not wanted:
            sd.query_devices(None, kind)
            return None
        try:
            found = sd.query_devices(int(wanted) if wanted.isdigit() else wanted, kind)
        except (ValueError, OverflowError) as error:
            message = f"no {kind} device is called {wanted!r}; `rehearse doctor` lists them"
            raise DeviceError(message) from error
    return int(found["index"])


def portaudio() -> Any:  # noqa: ANN401 - sounddevice has no types
    """Load sounddevice. Raises DeviceError without the PortAudio library."""
    try:
        with quiet_stderr():
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
def mapped(what: str, sd: Any) -> Iterator[None]:  # noqa: ANN401
    """Turn PortAudio's errors into DeviceError."""
    try:
        yield
    except sd.PortAudioError as error:
        reason = str(error).partition("[")[0].strip().rstrip(".")
        advice = "`rehearse doctor` says what is there"
        raise DeviceError(f"no {what} can be opened ({reason}); {advice}") from error


@contextmanager
def quiet_stderr() -> Iterator[None]:
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
