"""The interviewer's voice: pyttsx3, one fresh child process for each utterance.

pyttsx3 plays through other programs without saying so when nothing is heard, loses utterances
after the first and may hang or end its process. A child that only writes a file and is given a
time limit turns each of these into a VoiceError, and we play the samples ourselves.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.core.speech import Audio
from simulator.errors import VoiceError

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK_CHARACTERS = 1500
"""Longest text given to one child: espeak-ng ends its process at some ten times that."""
TIME_LIMIT = 20.0
"""Seconds for one child; a sentence takes a few hundredths."""
RATES = (80, 450)
"""Words a minute that espeak-ng can speak; it says nothing when it is asked for others."""
CHILD = "simulator.adapters.voice_child"


@dataclass(frozen=True, slots=True)
class SystemVoice:
    """Speak with the voice of the operating system (espeak-ng, NSSpeech or SAPI5)."""

    voice: str = ""
    "Id or part of the name of a voice; empty for the system's own."
    rate: int = 0
    "Words a minute, within ``RATES``; 0 for the voice's own."
    time_limit: float = TIME_LIMIT

    def synthesise(self, text: str) -> Audio:
        """Speak into memory. Raises VoiceError."""
        import numpy as np

        lowest, highest = RATES
        if self.rate and not lowest <= self.rate <= highest:
            raise VoiceError(
                f"rate {self.rate} is beyond the voice: between {lowest} and {highest}"
                " words a minute"
            )
        spoken = [self._speak(chunk) for chunk in split_text(text)]
        if not spoken:
            raise VoiceError("there is nothing to say: the text is empty")
        samples = np.concatenate([audio.samples for audio in spoken])
        return Audio(samples, spoken[0].sample_rate)

    def names(self) -> tuple[str, ...]:
        """List the ids of the voices there are. Raises VoiceError."""
        answer = self._ask({"list": True})
        return tuple(str(name) for name in answer["voices"])

    def _speak(self, text: str) -> Audio:
        with tempfile.TemporaryDirectory(prefix="rehearse-voice-") as folder:
            path = Path(folder) / "speech.wav"
            request = {"text": text, "path": str(path), "voice": self.voice, "rate": self.rate}
            self._ask(request)
            return _read(path)

    def _ask(self, request: dict[str, object]) -> dict[str, list[str]]:
        """Run one child; the text goes through its standard input, never the process list."""
        try:
            done = subprocess.run(  # noqa: S603 - our own module
                [sys.executable, "-m", CHILD],
                input=json.dumps(request),
                capture_output=True,
                text=True,
                timeout=self.time_limit,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise VoiceError(f"the voice did not answer within {self.time_limit:g} s") from error
        except OSError as error:
            raise VoiceError(f"the voice's process cannot start: {error}") from error
        return _answer(done)


def split_text(text: str) -> Iterator[str]:
    """Cut a text between sentences into pieces of at most ``CHUNK_CHARACTERS``."""
    piece = ""
    for sentence in re.split(r"(?<=[.!?;:])\s+|\n+", text.strip()):
        for part in _cut(sentence):
            if piece and len(piece) + 1 + len(part) > CHUNK_CHARACTERS:
                yield piece
                piece = ""
            piece = f"{piece} {part}" if piece else part
    if piece:
        yield piece


def _cut(sentence: str) -> list[str]:
    """Cut a sentence without end between words."""
    return textwrap.wrap(sentence, CHUNK_CHARACTERS, break_on_hyphens=False)


def _answer(done: subprocess.CompletedProcess[str]) -> dict[str, list[str]]:
    # pyttsx3 prints words of its own on standard output: only the last line is ours.
    last = done.stdout.strip().rpartition("\n")[2]
    try:
        answer: dict[str, list[str]] = json.loads(last)
    except json.JSONDecodeError as error:
        raise VoiceError(f"the voice's process ended with status {done.returncode}") from error
    if not isinstance(answer, dict):
        raise VoiceError(f"the voice's process ended with status {done.returncode}")
    if "error" in answer:
        raise VoiceError(str(answer["error"]))
    return answer


def _read(path: Path) -> Audio:
    import soundfile

    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except soundfile.SoundFileError as error:
        raise VoiceError("the voice wrote no sound that can be read") from error
    if not len(samples) or not samples.any():
        raise VoiceError("the voice wrote only silence; choose another with `rehearse doctor`")
    return Audio(samples.mean(axis=1), int(rate))
