"""What hears a recording: the product, plain faster-whisper, and erm, another filler finder."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import soundfile

from simulator import wiring
from simulator.core.speech import SAMPLE_RATE, Transcript

if TYPE_CHECKING:
    import numpy as np

ERM = """
import contextlib, json, sys, time
from erm import cli

words, transcribe = [], cli.transcribe

def listen(*args, **settings):
    found, seconds = transcribe(*args, **settings)
    words[:] = [(word.text, word.start, word.end) for word in found]
    return found, seconds

cli.transcribe = listen
result = []
for path in sys.argv[2:]:
    start, clock = time.process_time(), time.monotonic()
    options = ["--model", sys.argv[1], "--device", "cpu", "--compute-type", "int8", "--dry-run"]
    with contextlib.redirect_stdout(sys.stderr):
        cli.main([path, *options, "--json", path + ".json"])
    spent, took = time.process_time() - start, time.monotonic() - clock
    cuts = json.load(open(path + ".json"))["cuts"]
    result.append([words[:], [(cut["start"], cut["end"]) for cut in cuts], spent, took])
print(json.dumps(result))
"""
"""Runs in erm's own environment: its command line, with the words that it goes by."""


@dataclass(frozen=True)
class Said:
    """Hold what was heard in one recording."""

    text: str
    filled: tuple[tuple[float, float], ...] | None
    "Start and end of each filled pause; none where there are no times."
    spent: float
    "Seconds of processor time."
    took: float
    "Seconds on the clock."
    transcript: Transcript | None = None


class Ours:
    """Hear as the product does."""

    def __init__(self, model: str) -> None:
        self.transcriber = wiring.transcriber(model)
        self.transcriber.start()  # loads the weights

    def __call__(self, sound: np.ndarray) -> Said:
        """Give what was heard."""
        start, clock = time.process_time(), time.monotonic()
        transcription = self.transcriber.start()
        transcription.feed(sound)
        heard = transcription.finish()
        spent, took = time.process_time() - start, time.monotonic() - clock
        filled = tuple((w.start, w.end) for w in heard.words if w.kind == "filled_pause")
        return Said(heard.text, filled, spent, took, heard)


class Plain:
    """Hear with faster-whisper as it comes."""

    def __init__(self, model: str) -> None:
        from faster_whisper import WhisperModel

        path = wiring.check_weights(model)
        self.model = WhisperModel(str(path), device="cpu", compute_type="int8")

    def __call__(self, sound: np.ndarray) -> Said:
        """Give what was heard."""
        start, clock = time.process_time(), time.monotonic()
        segments, _ = self.model.transcribe(sound, language="en")
        text = " ".join(segment.text for segment in segments)
        return Said(text, None, time.process_time() - start, time.monotonic() - clock)


def erm(python: str, model: str, sounds: list[np.ndarray]) -> list[Said]:
    """Hear with erm, all in one process; every cut that it would make is a filled pause."""
    weights = wiring.check_weights(model)
    with tempfile.TemporaryDirectory() as folder:
        paths = [str(Path(folder) / f"{number}.wav") for number in range(len(sounds))]
        for path, sound in zip(paths, sounds, strict=True):
            soundfile.write(path, sound, SAMPLE_RATE)
        command = [python, "-c", ERM, str(weights), *paths]
        run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    return [_said(*found) for found in json.loads(run.stdout.splitlines()[-1])]


def _said(words: list, cuts: list, spent: float, took: float) -> Said:
    """Put each cut among the words that it leaves."""
    kept = [
        (start, text)
        for text, start, end in words
        if not any(first <= (start + end) / 2 <= last for first, last in cuts)
    ]
    said = sorted([*kept, *((first, "um") for first, _ in cuts)])
    return Said(" ".join(text for _, text in said), tuple(map(tuple, cuts)), spent, took)
