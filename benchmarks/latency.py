"""Print how long after the end of an answer all is understood of it, by the answer's length.

    python -m benchmarks.latency [--seconds 15 60 180 600] [--runs 5] [--ended-by key] [--busy]
    python -m benchmarks.latency --decoding

Answers are cut from the recorded ones and played in real time into the virtual sound card's
microphone (see tests/virtual_card.py), and the real interview loop records them to disk. The clock
runs from the moment in which the last of the sound has been played and Enter is pressed (key), or
in which the silence has lasted long enough to end the answer (silence), until transcript, measures
and the judge's word are there. Then the recording is transcribed and judged anew, offline. --busy
keeps every core busy with another process meanwhile. Also said: which samples never arrived.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import statistics
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from simulator import wiring
from simulator.adapters.archive import FolderArchive
from simulator.core.analysis import analyse_answer, measure_as
from simulator.core.plan import Plan
from simulator.core.session import Settings
from simulator.core.speech import SAMPLE_RATE
from simulator.interview.conduct import conduct
from simulator.interview.moments import Answered, Asking
from simulator.interview.room import Manner
from tests.virtual_card import VirtualCard, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.core.scenario import Scenario
    from simulator.core.speech import Transcript
    from simulator.interview.conduct import Outcome

FIXTURES = Path(__file__).parent.parent / "audio_fixtures"
KEY_TAIL, SILENCE_TAIL = 0.3, 8.0
"""Seconds of hiss after the last word: one may press the key at once."""


def answers(folder: Path) -> np.ndarray:
    """Join the recorded answers."""
    files = sorted(folder.glob("*/answer.flac"))
    sounds = [soundfile.read(file, dtype="float32")[0] for file in files]
    return np.concatenate([piece for sound in sounds for piece in (sound, hiss(0.5))])


def hiss(seconds: float) -> np.ndarray:
    noise = np.random.default_rng(0).normal(0, 1e-4, round(seconds * SAMPLE_RATE))
    return noise.astype(np.float32)


def cut(sound: np.ndarray, seconds: int, run: int) -> np.ndarray:
    """Give so many seconds of it, from another place each run, that end with speech."""
    start = run * 47 * SAMPLE_RATE
    rolled = np.resize(np.roll(sound, -start), (seconds + 10) * SAMPLE_RATE)
    end = seconds * SAMPLE_RATE
    while np.abs(rolled[end - 1600 : end]).max() < 0.02:
        end += 1600
    return rolled[:end]


class Candidate:
    """Speak when a question is asked, press Enter when all is said. Stage and keys of a room."""

    def __init__(self, card: VirtualCard, path: Path, *, key: bool) -> None:
        self.card, self.path, self.key = card, path, key
        self.ended = 0.0
        self.speaker: threading.Thread | None = None

    def show(self, moment: object) -> None:
        """Begin to speak when asked."""
        if isinstance(moment, Asking):
            self.speaker = threading.Thread(target=self.speak)
            self.speaker.start()
        if isinstance(moment, Answered) and not self.key:
            self.ended = time.monotonic()

    def speak(self) -> None:
        """Play the answer."""
        wait_until(lambda: self.card.listeners() > 0, "the open ear")
        self.card.say(self.path)
        if self.key:
            self.ended = time.monotonic()

    def get(self, seconds: float) -> str | None:
        """Press Enter once all is said."""
        time.sleep(seconds)
        return "\n" if self.key and self.ended else None

    @contextmanager
    def open(self) -> Iterator[None]:
        """Do nothing."""
        yield


@dataclass(frozen=True)
class Measured:
    """Hold what one answer took."""

    wait: float
    live: float
    "Processor seconds of decoding it as it comes."
    offline: float
    "The same for its recording."
    alike: bool
    lost: int


def interview(
    card: VirtualCard, scenario: Scenario, sound: np.ndarray, *, key: bool
) -> tuple[float, Outcome, FolderArchive]:
    """Record one answer; give the wait, and what was understood."""
    folder = Path(tempfile.mkdtemp())
    path, store = folder / "answer.wav", FolderArchive(folder / "sessions")
    soundfile.write(path, sound, SAMPLE_RATE, "PCM_16")
    candidate = Candidate(card, path, key=key)
    room = wiring.room(Plan(speak=False), candidate, candidate, store=store)
    manner = Manner(wiring.styles()[0], time_limit_factor=20.0, think=False)
    manner = replace(manner, silence_limit=None if key else 4.0)
    outcome = conduct(room, manner, store.create(scenario, Settings()))
    ((question, take),) = outcome.session.answered()
    ((_, transcript),), coverages = outcome.transcripts, dict(outcome.coverages)
    answer = analyse_answer(question, take, transcript, coverages[take.audio], ())
    measure_as(answer, wiring.measuring())
    wait = time.monotonic() - candidate.ended
    if candidate.speaker is not None:
        candidate.speaker.join()
    return wait, outcome, store


def measure(card: VirtualCard, scenario: Scenario, sound: np.ndarray, *, key: bool) -> Measured:
    wait, outcome, store = interview(card, scenario, sound, key=key)
    ((question, take),) = outcome.session.answered()
    ((_, heard),) = outcome.transcripts
    recorded = np.concatenate(list(store.audio(outcome.session, take)))
    live, offline = decode(recorded, eager=True), decode(recorded, eager=False)
    words = tuple(word.text for word in offline.transcript.words)
    judged = wiring.judge().judge(words, question)
    alike = heard == live.transcript == offline.transcript
    alike &= dict(outcome.coverages)[take.audio] == judged
    return Measured(wait, live.seconds, offline.seconds, alike, missing(sound, recorded))


@dataclass(frozen=True)
class Decoded:
    """Hold a transcript and what it took."""

    transcript: Transcript
    seconds: float
    "Of the processor."
    wait: float
    "Seconds from the last sample until it was there."


def decode(sound: np.ndarray, *, eager: bool) -> Decoded:
    """Transcribe a recording, a quarter of a second at a time as in an interview."""
    transcriber = wiring.transcriber(eager=eager)
    transcription = transcriber.start()
    began = time.process_time()
    for first in range(0, len(sound), SAMPLE_RATE // 4):
        transcription.feed(sound[first : first + SAMPLE_RATE // 4])
    last = time.monotonic()
    transcript = transcription.finish()
    return Decoded(transcript, time.process_time() - began, time.monotonic() - last)


def compare(sound: np.ndarray, lengths: list[int], runs: int) -> None:
    """Print what live decoding takes against decoding the recording, without a sound card."""
    decode(cut(sound, 1, 0), eager=False)  # libraries are loaded
    for seconds in lengths:
        spoken = [np.concatenate([cut(sound, seconds, run), hiss(KEY_TAIL)]) for run in range(runs)]
        live = [decode(each, eager=True) for each in spoken]
        offline = [decode(each, eager=False) for each in spoken]
        ours, theirs = (sum(one.seconds for one in found) for found in (live, offline))
        alike = [one.transcript for one in live] == [one.transcript for one in offline]
        print(
            f"{seconds:4} s, {runs} times  processor, live {ours:.1f} s, offline {theirs:.1f} s"
            f"  {ours / theirs:.2f}  {'identical' if alike else 'DIFFERENT'}"
            f"  last chunk {statistics.median(one.wait for one in live):.2f} s",
            flush=True,
        )


def missing(played: np.ndarray, recorded: np.ndarray) -> int:
    """Count the samples that were played and are not in the recording, in their place."""
    wanted = np.round(played * 32767).astype(np.int32)
    got = np.round(recorded * 32768).astype(np.int32)
    loud = np.flatnonzero(np.abs(got) > 20)
    first = loud[0] if len(loud) else 0
    begun = int(np.flatnonzero(np.abs(wanted) > 20)[0])
    wanted, got = wanted[begun:], got[first:]
    both = min(len(wanted), len(got))
    apart = np.abs(wanted[:both] - got[:both]) > 2
    return int(apart.sum())


def spin() -> None:
    while True:
        pass


@contextmanager
def busy(wanted: bool) -> Iterator[None]:  # noqa: FBT001
    count = (os.cpu_count() or 1) if wanted else 0
    others = [multiprocessing.Process(target=spin, daemon=True) for _ in range(count)]
    for other in others:
        other.start()
    try:
        yield
    finally:
        for other in others:
            other.kill()


def report(seconds: int, ending: str, found: list[Measured]) -> None:
    """Print one row."""
    waits = [one.wait for one in found]
    ratio = sum(one.live for one in found) / sum(one.offline for one in found)
    words = "identical" if all(one.alike for one in found) else "DIFFERENT"
    median, late = statistics.median(waits), np.percentile(waits, 95)
    print(
        f"{seconds:4} s, ended by {ending:8}{len(found)} times  median {median:.2f} s"
        f"  p95 {late:.2f} s  decoding, live to offline {ratio:.2f}"
        f"  {words}  samples lost {sum(one.lost for one in found)}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, nargs="+", default=[15, 60, 180, 600])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--first", type=int, default=0, help="Number of the first run.")
    parser.add_argument("--ended-by", choices=("key", "silence"), default="key")
    parser.add_argument("--busy", action="store_true")
    parser.add_argument("--decoding", action="store_true", help="Only the processor's time.")
    arguments = parser.parse_args()
    if arguments.decoding:
        compare(answers(FIXTURES), arguments.seconds, arguments.runs)
        return
    key = arguments.ended_by == "key"
    tail = hiss(KEY_TAIL if key else SILENCE_TAIL)
    pack = wiring.library().load("taster")
    scenario = replace(pack, questions=pack.questions[:1])
    with tempfile.TemporaryDirectory(prefix="card-") as folder, busy(arguments.busy):
        card = VirtualCard(Path(folder))
        card.start()
        os.environ.update(card.environment)
        try:
            sound = answers(FIXTURES)
            for seconds in arguments.seconds:
                runs = range(arguments.first, arguments.first + arguments.runs)
                spoken = (np.concatenate([cut(sound, seconds, run), tail]) for run in runs)
                found = [measure(card, scenario, each, key=key) for each in spoken]
                report(seconds, arguments.ended_by, found)
        finally:
            card.stop()


if __name__ == "__main__":
    main()
