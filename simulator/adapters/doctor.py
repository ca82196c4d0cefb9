"""The checks of `rehearse doctor`: every part tried as an interview would use it."""

from __future__ import annotations

import importlib.util
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.adapters.disk import make_private
from simulator.adapters.microphone import CardMicrophone
from simulator.adapters.model_store import ModelStore
from simulator.adapters.portaudio import find_device, list_devices
from simulator.adapters.voice import SystemVoice
from simulator.adapters.weights import find_weights
from simulator.core.health import HealthCheck, Poor
from simulator.errors import DeviceError, SessionError

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.adapters.places import Places
    from simulator.core.plan import Plan

FREE_BYTES, ROOMY_BYTES = 250_000_000, 1_000_000_000
"""Two hours of 16-bit sound at 16 kHz take 230 MB; with a gigabyte there is room for many."""
LISTEN_SECONDS = 1.0
"""Long enough for a microphone to send something other than zeros."""
ESPEAK = ("libespeak-ng.so.1", "libespeak.so.1")
MENDS = {
    "linux": {
        "portaudio": "sudo apt install libportaudio2",
        "microphone": "plug one in, then: rehearse config set devices.input NAME",
        "silent": "unmute it: alsamixer, or your desktop's sound settings",
        "voice": "sudo apt install espeak-ng",
    },
    "darwin": {
        "portaudio": "brew install portaudio",
        "microphone": "System Settings > Privacy & Security > Microphone: allow your terminal",
        "silent": "System Settings > Privacy & Security > Microphone: allow your terminal",
        "voice": "System Settings > Accessibility > Spoken Content: add a voice",
    },
    "win32": {
        "portaudio": "pip install --force-reinstall sounddevice",
        "microphone": "Settings > Privacy > Microphone: allow desktop apps",
        "silent": "Settings > Privacy > Microphone: allow desktop apps",
        "voice": "Settings > Time & language > Speech: add a voice",
    },
}
"""What mends a part on each platform."""


@dataclass(frozen=True, slots=True)
class Doctor:
    """Try the parts of an interview."""

    places: Places
    plan: Plan
    judge: Callable[[], object]
    "Loads the judge of rubrics. Raises JudgeError."
    settings: Callable[[], object]
    "Reads the settings. Raises ConfigError."

    def checks(self) -> tuple[HealthCheck, ...]:
        """List the checks in the order in which a fault leads to the next."""
        mends = MENDS.get(sys.platform, MENDS["linux"])
        choose = "rehearse doctor --devices, then: rehearse config set devices.output NAME"
        voiceless = "questions are shown, not spoken"
        pip = "pip install --force-reinstall rehearse-interview"
        home = self.places.data
        checks = (
            HealthCheck("settings", self._settings, True, "rehearse config path"),
            HealthCheck("sessions folder", self._folder, True, f"make {home} writable"),
            HealthCheck("disk space", self._space, True, f"free some space on the disk of {home}"),
            HealthCheck("PortAudio", _portaudio, True, mends["portaudio"]),
            HealthCheck("microphone", self._microphone, True, mends["microphone"]),
            HealthCheck("microphone level", self._level, False, mends["silent"]),
            HealthCheck("speaker", self._speaker, False, choose, voiceless),
            HealthCheck("voice", self._voice, False, mends["voice"], voiceless),
            HealthCheck("recogniser", self._weights, False, pip, "answers are recorded only"),
            HealthCheck("rubric judge", self._judge, False, pip, "the rubric is left out"),
        )
        if sys.platform != "linux":
            return checks
        espeak = HealthCheck("espeak", _espeak, False, mends["voice"], voiceless)
        return (*checks[:7], espeak, *checks[7:])

    def _settings(self) -> str:
        self.settings()
        return f"read from {self.places.config}"

    def _folder(self) -> str:
        root = self.places.data / "sessions"
        try:
            make_private(root)
            with tempfile.TemporaryFile(dir=root):
                return f"{root}"
        except OSError as error:
            raise SessionError(f"{root}: cannot be written: {error.strerror}") from error

    def _space(self) -> str:
        free = shutil.disk_usage(_existing(self.places)).free
        said = f"{free / 1e9:.1f} GB free"
        if free < FREE_BYTES:
            raise SessionError(f"{said}: not enough to record an interview")
        if free < ROOMY_BYTES:
            raise Poor(f"{said}: enough for a few hours of sound")
        return said

    def _microphone(self) -> str:
        return _device_name(self.plan.input_device, "input")

    def _level(self) -> str:
        try:
            loudest = _loudest(self.plan.input_device)
        except DeviceError as error:
            raise Poor(f"not measured: {error}") from error
        if not loudest:
            raise Poor("only digital silence: it is muted, or this program may not use it")
        return f"sends sound (loudest sample {loudest:.0%} of full scale)"

    def _speaker(self) -> str:
        return _device_name(self.plan.output_device, "output")

    def _voice(self) -> str:
        audio = SystemVoice(self.plan.voice, self.plan.rate).synthesise("This is your interviewer.")
        return f"speaks ({self.plan.voice or 'the default voice'}, {audio.sample_rate} Hz)"

    def _weights(self) -> str:
        folder = find_weights(self.plan.model, self.places.cache)
        size = (folder / "model.bin").stat().st_size
        known = ModelStore(self.places.cache).tuned(self.plan.model)
        speed = (
            "its speed was measured here"
            if known
            else "perhaps quicker after: rehearse models tune"
        )
        return f"{self.plan.model}, {size / 1e6:.0f} MB, intact; {speed}"

    def _judge(self) -> str:
        self.judge()
        return "weights present and intact"


def _loudest(device: str) -> float:
    loudest, end = 0.0, time.monotonic() + LISTEN_SECONDS
    with CardMicrophone(device).listen() as blocks:
        for block in blocks:
            loudest = max(loudest, float(abs(block).max(initial=0.0)))
            if time.monotonic() > end:
                break
    return loudest


def _device_name(wanted: str, kind: str) -> str:
    number = find_device(wanted, kind)
    for device in list_devices():
        usable = device.inputs if kind == "input" else device.outputs
        if device.number == number or (number is None and device.is_default and usable):
            return f"{device.name}, {device.rate:g} Hz"
    if number is None:
        return "the system's default"
    raise DeviceError(f"no {kind} device has the number {number}")


def _portaudio() -> str:
    devices = list_devices()
    inputs = sum(1 for device in devices if device.inputs)
    outputs = sum(1 for device in devices if device.outputs)
    return f"found, with {inputs} inputs and {outputs} outputs"


def _espeak() -> str:
    import ctypes

    for name in ESPEAK:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return f"the system's ({name})"
    if importlib.util.find_spec("espeakng_loader") is not None:
        return "the one that came with Rehearse"
    raise Poor("neither the system nor this installation has espeak-ng")


def _existing(places: Places) -> str:
    """Give the nearest folder above the data that exists: the disk is the same."""
    folder = places.data
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return str(folder)
