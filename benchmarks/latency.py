"""Print how long after the end of an answer its transcript is there, by the answer's length.

    python benchmarks/latency.py [--seconds 15 60 180 600] [--runs 5] [--real SECONDS]

Answers are cut from the recorded ones and fed in real time, as a microphone does, from where one
may press the key at once or after a silence of four seconds. With --real only the last so many
seconds of each are fed in real time, what is before as fast as it is decoded.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

import numpy as np
import soundfile

from simulator import wiring
from simulator.core.fillers import find_fillers
from simulator.core.pacing import measure_pacing
from simulator.core.speech import SAMPLE_RATE, Transcript
from simulator.interview.hearing import LiveHearing
from simulator.ports import Transcriber

BLOCK = 512
FIXTURES = Path(__file__).parent.parent / "audio_fixtures"


def answers(folder: Path) -> np.ndarray:
    files = sorted(folder.glob("*/answer.flac"))
    sounds = [soundfile.read(file, dtype="float32")[0] for file in files]
    gap = np.random.default_rng(0).normal(0, 1e-4, SAMPLE_RATE // 2).astype(np.float32)
    return np.concatenate([piece for sound in sounds for piece in (sound, gap)])


def cut(sound: np.ndarray, seconds: int, run: int) -> np.ndarray:
    """Give so many seconds of it, from another place each run, that end with speech."""
    start = run * 47 * SAMPLE_RATE
    rolled = np.resize(np.roll(sound, -start), (seconds + 10) * SAMPLE_RATE)
    end = seconds * SAMPLE_RATE
    while np.abs(rolled[end - 1600 : end]).max() < 0.02:
        end += 1600
    return rolled[:end]


def live(
    transcriber: Transcriber, sound: np.ndarray, real: float
) -> tuple[float, float, Transcript]:
    """Give the seconds, and those of the processor, from the last block to the measures."""
    hearing = LiveHearing(transcriber, lambda transcript: None)  # noqa: ARG005
    before = max(0, len(sound) - int(real * SAMPLE_RATE))
    hearing.feed(sound[:before])
    if before:
        # Decoded before the clock starts: in real time it would have been.
        while not hearing._blocks.empty():  # noqa: SLF001
            time.sleep(0.1)
    began = time.monotonic()
    for first in range(before, len(sound), BLOCK):
        due = began + (first + BLOCK - before) / SAMPLE_RATE
        time.sleep(max(0.0, due - time.monotonic()))
        hearing.feed(sound[first : first + BLOCK])
    ended, busy = time.monotonic(), time.process_time()
    transcript = hearing.finish()
    measure_pacing(transcript)
    find_fillers(transcript)
    return time.monotonic() - ended, time.process_time() - busy, transcript


def offline(transcriber: Transcriber, sound: np.ndarray) -> Transcript:
    transcription = transcriber.start()
    transcription.feed(sound)
    return transcription.finish()


def measure(sound: np.ndarray, seconds: int, arguments: argparse.Namespace) -> None:
    hearer, single = wiring.transcriber(eager=True), wiring.transcriber()
    silence = np.random.default_rng(1).normal(0, 1e-4, 4 * SAMPLE_RATE).astype(np.float32)
    for ending, tail in (("key", silence[:4800]), ("silence", silence)):
        waits, works, ratios, same = [], [], [], True
        for run in range(arguments.runs):
            answer = np.concatenate([cut(sound, seconds, run), tail])
            hearer.start(), single.start()  # The weights are loaded while the question is spoken.
            start = time.process_time()
            wait, work, heard = live(hearer, answer, arguments.real)
            middle = time.process_time()
            again = offline(single, answer)
            ratios.append((middle - start) / (time.process_time() - middle))
            waits.append(wait)
            works.append(work)
            same &= heard == again
        print(
            f"{seconds:4} s, ended by {ending:8} median {statistics.median(waits):5.2f} s"
            f"  p95 {np.percentile(waits, 95):5.2f} s"
            f"  processor {statistics.median(works):4.2f} s"
            f"  live against offline {statistics.median(ratios):.2f}"
            f"  {'identical' if same else 'DIFFERENT'}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, nargs="+", default=[15, 60, 180, 600])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--real", type=float, default=float("inf"))
    arguments = parser.parse_args()
    arguments.real = min(arguments.real, 1e6)
    sound = answers(FIXTURES)
    for seconds in arguments.seconds:
        measure(sound, seconds, arguments)


if __name__ == "__main__":
    main()
