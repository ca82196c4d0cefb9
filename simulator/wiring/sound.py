"""Voice, loudspeaker, microphone, keyboard and recordings in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from simulator.adapters.portaudio import SoundDevice
    from simulator.adapters.sound_files import SoundFile
    from simulator.core.scenario import Question, Scenario
    from simulator.interview.moments import Keys, Stage
    from simulator.ports import Microphone, Speaker, SpeechDetector, Voice


def voice(name: str = "", rate: int = 0) -> Voice:
    """Choose the interviewer's voice."""
    from simulator.adapters.voice import SystemVoice

    return SystemVoice(name, rate)


def speaker(device: str = "") -> Speaker:
    """Choose a loudspeaker. Raises DeviceError when there is none."""
    from simulator.adapters.portaudio import find_device
    from simulator.adapters.speaker import CardSpeaker

    find_device(device, "output")
    return CardSpeaker(device)


def microphone(
    device: str = "",
    tell_loss: Callable[[float], None] = lambda seconds: None,  # noqa: ARG005
) -> Microphone:
    """Choose a microphone. Raises DeviceError when there is none."""
    from simulator.adapters.microphone import CardMicrophone
    from simulator.adapters.portaudio import find_device

    find_device(device, "input")
    return CardMicrophone(device, tell_loss)


def keyboard(*, terminal: bool) -> Keys:
    """Choose where keys come from."""
    from simulator.adapters.keyboard import Keyboard, NoKeyboard

    return Keyboard() if terminal else NoKeyboard()


def speech_detector() -> SpeechDetector:
    """Make a speech detector for one take."""
    from simulator.adapters.speech_detection import SpeechDetector as Silero

    return Silero()


def sound_file(path: Path) -> SoundFile:
    """Open a recording of any kind."""
    from simulator.adapters.sound_files import SoundFile

    return SoundFile(path)


class CardEar:
    """The microphone for every question, until another one is chosen."""

    def __init__(self, device: str, stage: Stage) -> None:
        self._device, self._stage = device, stage
        self._chosen = microphone(device, self._tell_loss)

    def __call__(self, question: Question) -> Microphone:
        """Give the microphone."""
        del question
        return self._chosen

    def choose(self, device: str) -> None:
        """Look for the devices anew; hear through this one, or the same. Raises DeviceError."""
        from simulator.adapters.portaudio import refresh

        refresh()
        self._chosen = microphone(device or self._device, self._tell_loss)
        self._device = device or self._device

    def _tell_loss(self, seconds: float) -> None:
        from simulator.interview.moments import Notice

        text = f"{seconds:.1f} s of sound never arrived: close other programs, or check the cable."
        self._stage.show(Notice(text))


def microphone_names() -> tuple[str, ...]:
    """List the microphones there are now; none without a sound system."""
    from simulator.adapters.portaudio import look_for_devices
    from simulator.errors import DeviceError

    try:
        return tuple(device.name for device in look_for_devices() if device.inputs)
    except DeviceError:
        return ()


def file_ear(answers: tuple[Path, ...], scenario: Scenario) -> Callable[[Question], Microphone]:
    """Let recorded answers stand in for the microphone. Raises AudioError."""
    from simulator.adapters.answer_files import FileMicrophone, match_answers
    from simulator.errors import AudioError

    files = match_answers(answers, scenario)

    def ear(question: Question) -> Microphone:
        if question.id not in files:
            raise AudioError(f"there is no recording for question {question.id}")
        return FileMicrophone(files[question.id])

    return ear


def voice_names() -> tuple[str, ...]:
    """List the interviewer's voices. Raises VoiceError."""
    from simulator.adapters.voice import SystemVoice

    return SystemVoice().names()


def devices() -> tuple[SoundDevice, ...]:
    """List the sound devices. Raises DeviceError."""
    from simulator.adapters.portaudio import list_devices

    return list_devices()
