"""Put the parts together. The only module that names adapters; each is imported when chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from simulator.adapters.archive import FolderArchive
    from simulator.adapters.places import Places
    from simulator.adapters.sound_files import SoundFile
    from simulator.core.analysis import SessionReport
    from simulator.core.scenario import Question, Scenario
    from simulator.core.session import Session
    from simulator.core.speech import Samples
    from simulator.core.style import Style
    from simulator.interview.moments import Keys, Stage
    from simulator.interview.room import Room
    from simulator.ports import Judge, Microphone, Speaker, SpeechDetector, Transcriber, Voice


def places() -> Places:
    """Give the folders in use."""
    from simulator.adapters.places import find_places

    return find_places()


def archive(root: Path | None = None) -> FolderArchive:
    """Open the store of sessions."""
    from simulator.adapters.archive import FolderArchive

    return FolderArchive(root or places().data / "sessions")


def voice(name: str = "", rate: int = 0) -> Voice:
    """Choose the interviewer's voice."""
    from simulator.adapters.voice import SystemVoice

    return SystemVoice(name, rate)


def speaker(device: str = "") -> Speaker:
    """Choose a loudspeaker. Raises DeviceError when there is none."""
    from simulator.adapters.sound_card import CardSpeaker, open_output

    open_output(device)
    return CardSpeaker(device)


def microphone(device: str = "") -> Microphone:
    """Choose a microphone. Raises DeviceError when there is none."""
    from simulator.adapters.sound_card import CardMicrophone, open_input

    open_input(device)
    return CardMicrophone(device)


def keyboard(*, terminal: bool) -> Keys:
    """Choose where keys come from."""
    from simulator.adapters.keyboard import Keyboard, NoKeyboard

    return Keyboard() if terminal else NoKeyboard()


def speech_detector() -> SpeechDetector:
    """Make a speech detector for one take."""
    from simulator.adapters.speech_detection import SpeechDetector as Silero

    return Silero()


def transcriber(model: str = "tiny.en") -> Transcriber:
    """Choose a recogniser; its weights are looked for when it starts."""
    from simulator.adapters.weights import find_weights
    from simulator.adapters.whisper import WhisperTranscriber

    cache = places().cache
    return WhisperTranscriber(model, lambda name: find_weights(name, cache))


def sound_file(path: Path) -> SoundFile:
    """Open a recording of any kind."""
    from simulator.adapters.sound_files import SoundFile

    return SoundFile(path)


def scenario(path: Path) -> Scenario:
    """Read a scenario file. Raises ScenarioError."""
    from simulator.adapters.scenario_files import load_scenario

    return load_scenario(path)
