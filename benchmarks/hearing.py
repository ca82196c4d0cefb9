"""Print how well filled pauses, pauses, pace and words are heard, beside plain faster-whisper.

    python benchmarks/hearing.py FOLDER [--model tiny.en]

FOLDER holds `speech/` and `pauses/`, each with FLAC files and a truth.json.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import soundfile
import soxr

from simulator import wiring
from simulator.core.hearing.words import bare, is_filled_pause
from simulator.core.pacing import measure_pacing
from simulator.core.speech import SAMPLE_RATE, Transcript

NEAR_SECONDS = 0.5
"""Centres of a found and a true filled pause may lie so far apart."""
PAUSE_SECONDS = 0.1
"""Each end of a found and a true pause may lie so far apart."""
SAME = {"1": "one", "2": "two", "3": "three", "4": "four", "alright": "all right"}


@dataclass
class Tally:
    """Count what was found, missed and made up."""

    hit: int = 0
    missed: int = 0
    false: int = 0

    def __str__(self) -> str:
        """Give F1 and the counts."""
        total = 2 * self.hit + self.missed + self.false
        f1 = 2 * self.hit / total if total else 1.0
        return f"F1 {f1:.3f}  ({self.hit} found, {self.missed} missed, {self.false} false)"

    def add(self, other: Tally) -> None:
        """Add another count."""
        self.hit += other.hit
        self.missed += other.missed
        self.false += other.false


@dataclass
class Speech:
    """Sum up the recordings of natural speech."""

    fillers: Tally = field(default_factory=Tally)
    edits: int = 0
    words: int = 0
    edges: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)


def tokens(text: str) -> list[str]:
    text = re.sub(r"\[\w+\]", " ", text.lower().replace("-", " ").replace("you know", "yknow"))
    words = [SAME.get(bare(word), bare(word)) for word in text.split()]
    return [part for word in words for part in word.split() if part]


def edits(true: list[str], heard: list[str]) -> int:
    row = list(range(len(heard) + 1))
    for i, word in enumerate(true, 1):
        corner, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            corner, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, corner + (word != other))
    return row[-1]


def match(
    true: list[tuple[float, float]], found: list[tuple[float, float]], near: float, *, ends: bool
) -> list[tuple[int, int]]:
    """Pair true and found stretches, nearest first, each once."""

    def apart(a: tuple[float, float], b: tuple[float, float]) -> float:
        if ends:
            return max(abs(a[0] - b[0]), abs(a[1] - b[1]))
        return abs(sum(a) - sum(b)) / 2

    ranked = sorted((apart(a, b), i, j) for i, a in enumerate(true) for j, b in enumerate(found))
    pairs: list[tuple[int, int]] = []
    for distance, i, j in ranked:
        if distance <= near and all(i != p and j != q for p, q in pairs):
            pairs.append((i, j))
    return pairs


def count_fillers(true: list[str], heard: list[str]) -> Tally:
    """Count filled pauses by their place among the words, where no times are known."""
    import difflib

    marked = [["*" if is_filled_pause(w) else w for w in side] for side in (true, heard)]
    blocks = difflib.SequenceMatcher(None, *marked, autojunk=False).get_opcodes()
    tally = Tally()
    for _, a, b, c, d in blocks:
        wanted, got = marked[0][a:b].count("*"), marked[1][c:d].count("*")
        tally.add(Tally(min(wanted, got), max(0, wanted - got), max(0, got - wanted)))
    return tally


def add_speech(speech: Speech, truth: dict, heard: Transcript) -> None:
    true, said = tokens(truth["text"]), tokens(heard.text)
    filled = [(w.start, w.end) for w in heard.words if w.kind == "filled_pause"]
    if "fillers" in truth:
        spans = [(f["start"], f["end"]) for f in truth["fillers"]]
        pairs = match(spans, filled, NEAR_SECONDS, ends=False)
        speech.edges += [abs(spans[i][k] - filled[j][k]) for i, j in pairs for k in (0, 1)]
        hits = len(pairs)
        speech.fillers.add(Tally(hits, len(spans) - hits, len(filled) - hits))
    else:
        speech.fillers.add(count_fillers(true, said))
    plain_true = [w for w in true if not is_filled_pause(w)]
    speech.edits += edits(plain_true, [w for w in said if not is_filled_pause(w)])
    speech.words += len(plain_true)


def add_rate(rates: list[float], words: int, heard: Transcript) -> None:
    true = 60 * words / heard.duration
    rates.append(abs(measure_pacing(heard).speech_rate - true) / true)


def join(sounds: list[np.ndarray], gap: float = 0.5) -> np.ndarray:
    noise = np.random.default_rng(0).normal(0, 1e-4, int(gap * SAMPLE_RATE))
    pieces = [piece for sound in sounds for piece in (sound, noise.astype(np.float32))]
    return np.concatenate(pieces)


class Ours:
    """Hear as the product does."""

    def __init__(self, model: str) -> None:
        self.transcriber = wiring.transcriber(model, batch=4)

    def __call__(self, sound: np.ndarray) -> Transcript:
        """Give the transcript."""
        transcription = self.transcriber.start()
        transcription.feed(sound)
        return transcription.finish()


class Plain:
    """Hear with faster-whisper as it comes."""

    def __init__(self, model: str) -> None:
        from faster_whisper import WhisperModel

        path = wiring.check_weights(model)
        self.model = WhisperModel(str(path), device="cpu", compute_type="int8")

    def __call__(self, sound: np.ndarray) -> str:
        """Give the text."""
        segments, _ = self.model.transcribe(sound, language="en")
        return " ".join(segment.text for segment in segments)


def read(folder: Path) -> dict[str, tuple[dict, np.ndarray]]:
    truths = json.loads((folder / "truth.json").read_text("utf-8"))
    return {
        name: (truth, soundfile.read(folder / truth["audio"], dtype="float32")[0])
        for name, truth in truths.items()
    }


def speech_table(recordings: dict, ours: Ours, plain: Plain) -> None:
    speech, clean, clean_seconds = Speech(), 0, 0.0
    plain_edits = 0
    for truth, sound in recordings.values():
        heard = ours(sound)
        add_speech(speech, truth, heard)
        true = [w for w in tokens(truth["text"]) if not is_filled_pause(w)]
        said = [w for w in tokens(plain(sound)) if not is_filled_pause(w)]
        plain_edits += edits(true, said)
        if not any(is_filled_pause(w) for w in tokens(truth["text"])):
            clean += sum(1 for w in heard.words if w.kind == "filled_pause")
            clean_seconds += heard.duration
        if len(true) >= 20:  # shorter ones say nothing about a rate
            add_rate(speech.rates, len(true), heard)
    print(f"filled pauses, each recording        {speech.fillers}")
    print(f"start and end, median error          {statistics.median(speech.edges):.3f} s")
    print(f"false ones on clean speech           {60 * clean / clean_seconds:.2f} a minute")
    print(
        f"word error rate, others              {speech.edits / speech.words:.3f}"
        f"  (plain {plain_edits / speech.words:.3f})"
    )
    print(f"speech rate, mean error              {statistics.mean(speech.rates):.3f}")


def joined_table(recordings: dict, ours: Ours, plain: Plain) -> None:
    chosen = [name for name in recordings if name != "mfa_laughter"]
    sound = join([recordings[name][1] for name in chosen])
    text = " ".join(recordings[name][0]["text"] for name in chosen)
    start = time.process_time()
    heard = ours(sound)
    middle = time.process_time()
    said = plain(sound)
    end = time.process_time()
    true = tokens(text)
    words = [w for w in true if not is_filled_pause(w)]
    wers = [
        edits(words, [w for w in tokens(some) if not is_filled_pause(w)]) / len(words)
        for some in (heard.text, said)
    ]
    print(
        f"filled pauses, {heard.duration:4.0f} s in one        "
        f"{count_fillers(true, tokens(heard.text))}  (plain {count_fillers(true, tokens(said))})"
    )
    print(f"word error rate, others              {wers[0]:.3f}  (plain {wers[1]:.3f})")
    print(f"processor time against plain         {(middle - start) / (end - middle):.2f}")


def variants(sound: np.ndarray) -> dict[str, tuple[np.ndarray, float]]:
    """Give the same recording under other conditions, with the factor of its times."""
    power = float(np.sqrt(np.mean(np.square(sound[np.abs(sound) > 0.01]))))
    noise = np.random.default_rng(1).normal(0, 1, len(sound)).astype(np.float32)
    return {
        "as it is": (sound, 1.0),
        "noise at 30 dB": (sound + noise * power / 31.6, 1.0),
        "noise at 20 dB": (sound + noise * power / 10, 1.0),
        "a tenth as loud": (sound / 10, 1.0),
        "a quarter faster": (soxr.resample(sound, 20_000, 16_000), 0.8),
        "a fifth slower": (soxr.resample(sound, 16_000, 20_000), 1.25),
    }


def pause_table(recordings: dict, ours: Ours) -> None:
    tallies: dict[str, Tally] = {}
    rates: dict[str, list[float]] = {}
    for truth, sound in recordings.values():
        for name, (other, factor) in variants(sound).items():
            heard = ours(other)
            true = [(a * factor, b * factor) for a, b in truth["silences_250ms"]]
            true = [(a, b) for a, b in true if b - a >= 0.25]
            found = [(pause.start, pause.end) for pause in heard.pauses]
            hits = len(match(true, found, PAUSE_SECONDS, ends=True))
            tally = Tally(hits, len(true) - hits, len(found) - hits)
            tallies.setdefault(name, Tally()).add(tally)
            add_rate(rates.setdefault(name, []), truth["words"], heard)
    for name, tally in tallies.items():
        print(f"pauses, {name:28} {tally}  rate off by {statistics.mean(rates[name]):.3f}")


def invented_table(ours: Ours, plain: Plain) -> None:
    rng = np.random.default_rng(2)
    n = 30 * SAMPLE_RATE
    t = np.arange(n) / SAMPLE_RATE
    spectrum = np.fft.rfft(rng.normal(0, 1, n))
    spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))
    pink = np.fft.irfft(spectrum)
    chord = sum(np.sin(2 * np.pi * f * t) for f in (261.6, 329.6, 392.0))
    sounds = {
        "silence": np.zeros(n),
        "hiss": rng.normal(0, 0.003, n),
        "noise": rng.normal(0, 0.1, n),
        "pink noise": 0.5 * pink / np.abs(pink).max(),
        "hum": 0.1 * np.sin(2 * np.pi * 50 * t) + 0.05 * np.sin(2 * np.pi * 150 * t),
        "chords": 0.1 * chord * np.sin(2 * np.pi * t / 4) ** 2,
    }
    for name, sound in sounds.items():
        heard = ours(sound.astype(np.float32))
        said = plain(sound.astype(np.float32)).split()
        print(f"words made up on 30 s of {name:12} {len(heard.words)}  (plain {len(said)})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="tiny.en")
    arguments = parser.parse_args()
    ours, plain = Ours(arguments.model), Plain(arguments.model)
    speech = read(arguments.folder / "speech")
    speech_table(speech, ours, plain)
    joined_table(speech, ours, plain)
    pause_table(read(arguments.folder / "pauses"), ours)
    invented_table(ours, plain)


if __name__ == "__main__":
    main()
