"""The interviewer speaks: through the loudspeaker, and as text whatever happens to the sound."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from simulator.errors import DeviceError, VoiceError
from simulator.interview.moments import Command, Notice, pressed

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        self._said = ""
        self._repeat: Repeat | None = None
        self._foresight: Foresight | None = None

    def prepare(self, text: str) -> None:
        """Synthesise ahead of time."""
        if text in self._prepared or self._mute or self._speaker is None or not text:
            return  # where nothing can be heard, no voice is waited for
        try:
            self._prepared[text] = self._voice.synthesise(text)
        except VoiceError as error:
            self._fail(f"The interviewer has no voice ({error}): read the questions instead.")

    def foresee(self, texts: Iterable[str]) -> None:
        """Synthesise meanwhile what may be said soon; returns at once."""
        self.rest()
        if self._speaker is not None and not self._mute:
            self._foresight = Foresight(self._voice, tuple(texts), self._prepared)

    def rest(self) -> None:
        """Synthesise no more, and wait until nothing is being synthesised."""
        if self._foresight is not None:
            self._foresight.stop()
            self._foresight = None

    def say(self, text: str) -> Command | None:
        """Speak to the end, or until a command is given; give that command."""
        self._said = text
        try:
            playback = self._start(text)
            return None if playback is None else self._follow(playback)
        except DeviceError as error:
            self._unheard(error)
            return None

    def repeat(self) -> None:
        """Say the last thing again, from the start; returns at once and speaks meanwhile."""
        audio = self._prepared.get(self._said)
        if audio is not None and self._speaker is not None and not self._mute:
            self._repeat = Repeat(self._speaker, audio, self._repeat)

    def repeating(self) -> bool:
        """Say whether something is heard again now: not while the speaker is still being opened."""
        if self._repeat is None:
            return False
        if self._repeat.error is not None:
            error, self._repeat = self._repeat.error, None
            self._unheard(error)
            return False
        return self._repeat.sounding

    def hush(self) -> None:
        """Repeat no more."""
        if self._repeat is not None:
            self._repeat.stop()
            self._repeat = None

    def _start(self, text: str) -> Playback | None:
        """Begin to speak; None when nothing can be heard. Raises DeviceError."""
        self.prepare(text)
        audio = self._prepared.get(text)
        if audio is None or self._speaker is None or self._mute:
            return None
        return self._speaker.play(audio)

    def _follow(self, playback: Playback) -> Command | None:
        try:
            while not playback.wait(0.0):
                command = pressed(self._keys, KEY_SECONDS)
                if command is not None:
                    return command
        finally:
            playback.stop()
        return None

    def _unheard(self, error: DeviceError) -> None:
        self._fail(f"The interviewer cannot be heard ({error}): read the questions instead.")

    def _fail(self, text: str) -> None:
        self._mute = True
        self._stage.show(Notice(text))


class Foresight:
    """Synthesise one text after the other in a thread of its own."""

    def __init__(self, voice: Voice, texts: tuple[str, ...], prepared: dict[str, Audio]) -> None:
        self._over = threading.Event()
        self._thread = threading.Thread(
            target=self._run, args=(voice, texts, prepared), name="foresight"
        )
        self._thread.start()

    def stop(self) -> None:
        """Begin no other text, and wait for the one that is being synthesised."""
        self._over.set()
        self._thread.join()

    def _run(self, voice: Voice, texts: tuple[str, ...], prepared: dict[str, Audio]) -> None:
        for text in texts:
            if self._over.is_set():
                return
            if not text or text in prepared:
                continue
            try:
                prepared[text] = voice.synthesise(text)
            except VoiceError:
                return  # said when it is needed


class Repeat:
    """Play something in a thread of its own: opening a speaker may take seconds."""

    def __init__(self, speaker: Speaker, audio: Audio, before: Repeat | None = None) -> None:
        self.error: DeviceError | None = None
        self._sounding, self._over = threading.Event(), threading.Event()
        # A speaker that never opens must not keep the program from ending.
        self._thread = threading.Thread(
            target=self._run, args=(speaker, audio, before), name="repeat", daemon=True
        )
        self._thread.start()

    @property
    def sounding(self) -> bool:
        """Say whether it plays."""
        return self._sounding.is_set()

    def stop(self) -> None:
        """Fall silent, and wait until the speaker is closed."""
        self._over.set()
        self._thread.join()

    def _run(self, speaker: Speaker, audio: Audio, before: Repeat | None) -> None:
        if before is not None:
            before.stop()
        try:
            if not self._over.is_set():
                self._play(speaker.play(audio))
        except DeviceError as error:
            self.error = error

    def _play(self, playback: Playback) -> None:
        self._sounding.set()
        try:
            while not self._over.is_set() and not playback.wait(KEY_SECONDS):
                pass
        finally:
            playback.stop()
            self._sounding.clear()
