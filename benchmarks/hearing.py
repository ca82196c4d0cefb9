"""Print how well filled pauses, pauses, pace and words are heard, side by side with others.

    python benchmarks/hearing.py FOLDER [--model tiny.en] [--erm PYTHON]

FOLDER holds `speech/` and `pauses/`, each with FLAC files and a truth.json. Beside the product
stand plain faster-whisper with the same weights and erm, an open filler finder, where PYTHON is
that of an environment of its own: `python -m venv peer && peer/bin/pip install erm==0.4.0`.
"""

from __future__ import annotations

import argparse
import json
import statistics
from dataclasses import dataclass, field
from pathlib import Path

import hearers
import numpy as np
import soundfile
import soxr
from hearers import Ours, Plain, Said
from scores import Tally, content, count_fillers, edits, match, tokens

from simulator.core.hearing.words import is_filled_pause
from simulator.core.pacing import measure_pacing
from simulator.core.speech import SAMPLE_RATE, Transcript

NEAR_SECONDS = 0.5
"""Centres of a found and a true filled pause may lie so far apart."""
PAUSE_SECONDS = 0.1
"""Each end of a found and a true pause may lie so far apart."""
ENOUGH_WORDS = 20
"""Shorter recordings say nothing about a rate."""


@dataclass
class Speech:
    """Sum up the recordings of natural speech."""

    fillers: Tally = field(default_factory=Tally)
    edits: int = 0
    words: int = 0
    edges: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    clean: int = 0
    "Filled pauses found where there are none."
    clean_seconds: float = 0.0


def row(name: str, *cells: object) -> None:
    print(f"{name:37}" + "".join(f"{cell!s:40}" for cell in cells).rstrip(), flush=True)


def add_speech(speech: Speech, truth: dict, said: Said, seconds: float) -> None:
    true, heard = tokens(truth["text"]), tokens(said.text)
    if "fillers" in truth and said.filled is not None:
        spans = [(f["start"], f["end"]) for f in truth["fillers"]]
        pairs = match(spans, list(said.filled), NEAR_SECONDS, ends=False)
        speech.edges += [abs(spans[i][k] - said.filled[j][k]) for i, j in pairs for k in (0, 1)]
        hits = len(pairs)
        speech.fillers.add(Tally(hits, len(spans) - hits, len(said.filled) - hits))
    else:
        speech.fillers.add(count_fillers(true, heard))
    if not any(is_filled_pause(w) for w in true):
        speech.clean += sum(is_filled_pause(w) for w in heard)
        speech.clean_seconds += seconds
    words = content(truth["text"])
    speech.edits += edits(words, content(said.text))
    speech.words += len(words)
    if said.transcript is not None and len(words) >= ENOUGH_WORDS:
        speech.rates.append(rate_error(len(words), said.transcript))


def rate_error(words: int, heard: Transcript) -> float:
    true = 60 * words / heard.duration
    return abs(measure_pacing(heard).speech_rate - true) / true


def join(sounds: list[np.ndarray], gap: float = 0.5) -> np.ndarray:
    noise = np.random.default_rng(0).normal(0, 1e-4, int(gap * SAMPLE_RATE))
    pieces = [piece for sound in sounds for piece in (sound, noise.astype(np.float32))]
    return np.concatenate(pieces)


def read(folder: Path) -> dict[str, tuple[dict, np.ndarray]]:
    truths = json.loads((folder / "truth.json").read_text("utf-8"))
    return {
        name: (truth, soundfile.read(folder / truth["audio"], dtype="float32")[0])
        for name, truth in truths.items()
    }


def speech_table(truths: list[dict], heard: list[list[Said]]) -> None:
    """Print a column for each hearer."""
    sums = [Speech() for _ in heard]
    for speech, column in zip(sums, heard, strict=True):
        for truth, said in zip(truths, column, strict=True):
            add_speech(speech, truth, said, truth["seconds"])
    edges = [f"{statistics.median(s.edges):.3f} s" if s.edges else "-" for s in sums]
    row("filled pauses, F1", *(s.fillers for s in sums))
    row("start and end, median error", *edges)
    row(
        "false ones on clean speech, a minute",
        *(f"{60 * s.clean / s.clean_seconds:.2f}" for s in sums),
    )
    row("word error rate, other words", *(f"{s.edits / s.words:.3f}" for s in sums))
    row("speech rate, mean error", f"{statistics.mean(sums[0].rates):.3f}")


def joined_table(text: str, column: list[Said], seconds: float) -> None:
    words = content(text)
    print(f"\nthe same in one recording of {seconds:.0f} s")
    row("filled pauses, F1", *(count_fillers(tokens(text), tokens(s.text)) for s in column))
    wers = [edits(words, content(said.text)) / len(words) for said in column]
    row("word error rate, other words", *(f"{wer:.3f}" for wer in wers))


def cost_rows(ours: Ours, plain: Plain, sound: np.ndarray, rounds: int) -> None:
    """Print time against plain, the median of some rounds, by turns."""
    pairs = [(ours(sound), plain(sound)) for _ in range(rounds)]
    spent = statistics.median(mine.spent / other.spent for mine, other in pairs)
    took = statistics.median(mine.took / other.took for mine, other in pairs)
    row("processor time against plain", f"{spent:.2f}", "1")
    row("time on the clock against plain", f"{took:.2f}", "1")


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
            heard = ours(other).transcript
            true = [(a * factor, b * factor) for a, b in truth["silences_250ms"]]
            true = [(a, b) for a, b in true if b - a >= 0.25]
            found = [(pause.start, pause.end) for pause in heard.pauses]
            hits = len(match(true, found, PAUSE_SECONDS, ends=True))
            tally = Tally(hits, len(true) - hits, len(found) - hits)
            tallies.setdefault(name, Tally()).add(tally)
            rates.setdefault(name, []).append(rate_error(truth["words"], heard))
    print("\npauses of at least 0.25 s, F1 with both ends within 0.10 s")
    for name, tally in tallies.items():
        row(name, tally, f"speech rate off by {statistics.mean(rates[name]):.3f}")


def bursts(rng: np.random.Generator, attack: float, decay: float) -> np.ndarray:
    """Give noise that rises and falls ten times in 30 s, in seconds: coughs, breaths."""
    t = np.arange(30 * SAMPLE_RATE) / SAMPLE_RATE % 3
    shape = np.minimum(1, t / attack) * np.exp(-t / decay)
    return rng.normal(0, 1, len(t)) * shape


def nobody() -> dict[str, np.ndarray]:
    """Give sounds in which nobody speaks."""
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
        "coughs": 0.2 * bursts(rng, 0.01, 0.1),
        "breaths": 0.03 * bursts(rng, 0.5, 0.4),
    }
    return {name: sound.astype(np.float32) for name, sound in sounds.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--erm", default="", metavar="PYTHON")
    parser.add_argument("--rounds", type=int, default=3, help="of measuring time")
    arguments = parser.parse_args()
    ours, plain = Ours(arguments.model), Plain(arguments.model)
    speech = read(arguments.folder / "speech")
    long = [name for name in speech if name != "mfa_laughter"]
    joined = join([speech[name][1] for name in long])
    silent = nobody()
    sounds = [*(sound for _, sound in speech.values()), joined, *silent.values()]
    columns = [[hearer(sound) for sound in sounds] for hearer in (ours, plain)]
    if arguments.erm:
        columns.append(hearers.erm(arguments.erm, arguments.model, sounds))
    else:
        print("erm is not compared: --erm PYTHON names the environment that it is in\n")
    row("", *("rehearse", "faster-whisper", "erm")[: len(columns)])
    speech_table([truth for truth, _ in speech.values()], [c[: len(speech)] for c in columns])
    text = " ".join(speech[name][0]["text"] for name in long)
    joined_table(text, [c[len(speech)] for c in columns], len(joined) / SAMPLE_RATE)
    cost_rows(ours, plain, joined, arguments.rounds)
    print("\nwords and filled pauses made up on 30 s of")
    for place, name in enumerate(silent, len(speech) + 1):
        row(name, *(len(tokens(column[place].text)) for column in columns))
    pause_table(read(arguments.folder / "pauses"), ours)


if __name__ == "__main__":
    main()
