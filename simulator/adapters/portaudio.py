"""PortAudio itself: loading it, its devices, its faults and its noise."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Iterator

STALL_SECONDS = 1.0
"""Without a block for so long a stream is dead, whatever PortAudio says."""
CHILD = "simulator.adapters.devices_child"
LOOKS = 8
"""Looks of about a quarter of a second each, until two in a row find the same."""
LOOK_SECONDS = 10.0
"""Longest wait for one look."""


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


def look_for_devices() -> tuple[SoundDevice, ...]:
    """List the devices that there are by now, whatever PortAudio here knows. Raises DeviceError.

    PortAudio ends its whole process when a device comes while it counts them on ALSA (an
    assertion, github.com/PortAudio/portaudio/issues/294), so another process looks.
    """
    portaudio()
    before = None
    for _ in range(LOOKS):
        now = _look()
        if now is not None and now == before:
            return now
        before = now
    raise DeviceError("sound devices come and go at the moment; wait a little, then try again")


def _look() -> tuple[SoundDevice, ...] | None:
    """Ask a child process once; None when it ended without an answer."""
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", CHILD],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LOOK_SECONDS,
            check=False,
        )
        return tuple(SoundDevice(**found) for found in json.loads(done.stdout))
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return None
    except OSError as error:
        raise DeviceError(f"the search for sound devices cannot start: {error}") from error


def refresh() -> None:
    """Let PortAudio know the devices that came later, once none comes. Raises DeviceError."""
    look_for_devices()
    restart()


def restart() -> None:
    """Start PortAudio again, which is how it looks for devices anew; safe while none comes."""
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
