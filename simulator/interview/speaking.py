"""The interviewer speaks: through the loudspeaker, and as text whatever happens to the sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.errors import DeviceError, VoiceError
from simulator.interview.moments import Command, Notice, pressed

if TYPE_CHECKING:
    from simulator.core.speech import Audio
    from simulator.interview.moments import Keys, Stage
    from simulator.ports import Playback, Speaker, Voice

KEY_SECONDS = 0.05
"""A key pressed while the interviewer speaks acts within so long."""


class Mouth:
    """Say one thing after another; once it fails, it says so and stays silent."""

    def __init__(self, voice: Voice, speaker: Speaker | None, stage: Stage, keys: Keys) -> None:
        self._voice, self._speaker, self._stage, self._keys = voice, speaker, stage, keys
        self._mute = False
        self._prepared: dict[str, Audio] = {}

    def prepare(self, text: str) -> None:
        """Synthesise ahead of time."""
        if text in self._prepared or self._mute or self._speaker is None or not text:
            return  # where nothing can be heard, no voice is waited for
        try:
            self._prepared[text] = self._voice.synthesise(text)
        except VoiceError as error:
            self._fail(f"The interviewer has no voice ({error}): read the questions instead.")

    def start(self, text: str) -> Playback | None:
        """Begin to speak; None when nothing can be heard."""
        self.prepare(text)
        audio = self._prepared.get(text)
        if audio is None or self._speaker is None or self._mute:
            return None
        try:
            return self._speaker.play(audio)
        except DeviceError as error:
            self._fail(f"The interviewer cannot be heard ({error}): read the questions instead.")
            return None

    def say(self, text: str) -> Command | None:
        """Speak to the end, or until a command is given; give that command."""
        playback = self.start(text)
        if playback is None:
            return None
        try:
            while not playback.wait(0.0):
                command = pressed(self._keys, KEY_SECONDS)
                if command is not None:
                    return command
        except DeviceError as error:
            self._fail(f"The interviewer cannot be heard ({error}): read the questions instead.")
        finally:
            playback.stop()
        return None

    def _fail(self, text: str) -> None:
        self._mute = True
        self._stage.show(Notice(text))
