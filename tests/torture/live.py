"""The real interview in a terminal, on the virtual card, killed while it speaks and listens.

Noise goes into the microphone all the while, and a second program records it too. What a take holds
is looked for in that second recording, sample for sample: it says what was lost, and what was not.
A counter says how much had reached the program: what a busy machine holds back is not its fault.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pexpect
import soundfile

from tests.torture.store import Harm, disturb
from tests.torture.witness import samples_counted
from tests.virtual_card import end_with_parent, wait_until

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from simulator.core.session import Session
    from tests.torture.store import Store
    from tests.virtual_card import VirtualCard

MOMENTS = ("speaking", "recording", "between", "second answer")
NOISE_SECONDS = 150
ANCHOR = 400
"""Samples of noise that are found in one place only."""
PACK = """
schema = 1
id = "torture"
title = "Torture"
[[questions]]
id = "first"
prompt = "What did you do, and how did it end?"
kind = "behavioural"
answer_seconds = [5, 60]
[[questions.criteria]]
id = "calm"
name = "Stays calm"
evidence = ["I kept my voice down"]
[[questions]]
id = "second"
prompt = "And what then?"
kind = "behavioural"
answer_seconds = [5, 60]
[[questions.criteria]]
id = "calm"
name = "Stays calm"
evidence = ["I kept my voice down"]
"""


@dataclass(frozen=True, slots=True)
class Risk:
    """Hold what one kill cost."""

    ended: int
    "Answers that had ended, each found whole."
    running: float | None
    "Seconds of the running answer that are missing; none when nothing was being recorded."
    unwritten: float = 0.0
    "Seconds of it that had reached the program, and were not yet written."


class Interviews:
    """Interviews to be killed."""

    def __init__(self, store: Store, card: VirtualCard, folder: Path) -> None:
        self.store, self.card, self.folder = store, card, folder
        (folder / "pack.toml").write_text(PACK, "utf-8")
        self.noise, self.count = folder / "noise.wav", folder / "count"
        rng = np.random.default_rng(1)
        samples = rng.integers(-3000, 3000, NOISE_SECONDS * 16_000, dtype=np.int16)
        soundfile.write(self.noise, samples, 16_000, subtype="PCM_16")

    def kill(self, moment: str, dice: random.Random) -> Risk:
        """Kill one interview at a moment of this kind. Raises Harm."""
        before = set(self.store.archive.ids())
        reference = self.folder / "reference.raw"
        with self._sound(reference):
            terminal = self._start("--no-voice" if moment == "recording" else "--no-think")
            try:
                self._reach(terminal, moment, dice)
                started = sorted(set(self.store.archive.ids()) - before)
                disturb(self.store, started[0])
                heard = reference.stat().st_size // 2
                terminal.kill(signal.SIGKILL)
            except (pexpect.EOF, pexpect.TIMEOUT) as error:
                shown = str(terminal.before)[-200:]
                raise Harm(f"{moment}: the interview did not get so far: {shown!r}") from error
            finally:
                terminal.close(force=True)
            time.sleep(0.3)  # what was said before the kill arrives in the second recording
        said = np.fromfile(reference, np.int16)
        return self._cost(self.store.archive.open(started[0]), said, heard)

    def _start(self, *options: str) -> pexpect.spawn:
        return pexpect.spawn(
            sys.executable,
            ["-m", "tests.torture.witness", str(self.count), "interview"]
            + [str(self.folder / "pack.toml"), "--no-check", "--silence", "off", *options],
            encoding="utf-8",
            dimensions=(40, 100),
            timeout=90,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "REHEARSE_HOME": str(self.store.home), "TERM": "xterm-256color"},
        )

    def _reach(self, terminal: pexpect.spawn, moment: str, dice: random.Random) -> None:
        terminal.expect("question 1 of 2")
        if moment == "speaking":
            time.sleep(dice.uniform(0.0, 2.0))
            return
        terminal.expect("REC")
        if moment == "recording":
            time.sleep(dice.uniform(0.0, 3.0))
            return
        terminal.expect("0:01")  # an Enter in the first second is not meant for the answer
        terminal.expect("0:02")
        terminal.send("\n")
        terminal.expect("answer ended")
        if moment == "between":
            time.sleep(dice.uniform(0.0, 1.0))
            return
        terminal.expect("question 2 of 2")
        terminal.expect("REC")
        time.sleep(dice.uniform(0.0, 3.0))

    @contextmanager
    def _sound(self, reference: Path) -> Iterator[None]:
        environment = {**os.environ, **self.card.environment}
        form = ("--raw", "--format=s16le", "--rate=16000", "--channels=1", "--latency-msec=20")
        play = ("paplay", "-d", "mic_feed", str(self.noise))
        # In sessions of their own: a campaign that is paused must not tear a hole into the sound.
        alone = {"env": environment, "start_new_session": True, "preexec_fn": end_with_parent}
        with (
            reference.open("wb") as file,
            subprocess.Popen(play, **alone) as player,
            subprocess.Popen(
                ["parec", "-d", "microphone", *form], stdout=file, **alone
            ) as recorder,
        ):
            try:
                wait_until(lambda: reference.stat().st_size > 0, "the second recording")
                yield
            finally:
                player.terminate()
                recorder.terminate()

    def _cost(self, session: Session, said: np.ndarray, heard: int) -> Risk:
        ended, running, unwritten = 0, None, 0.0
        for take in session.takes:
            kept = self.store.sound(session, take) if take.duration else said[:0]
            end = find(kept, said) if len(kept) >= ANCHOR else None
            if end is None and len(kept) >= ANCHOR:
                raise Harm(f"{session.id}: {take.audio} does not hold what was said")
            if take.ended_by != "recovered":
                ended += 1
            elif end is not None:
                running = max(0.0, (heard - end) / 16_000)
                unwritten = (samples_counted(self.count) - len(kept)) / 16_000
        return Risk(ended, running, unwritten)


def find(kept: np.ndarray, said: np.ndarray) -> int | None:
    """Find a whole take in what was said, sample for sample; give the place where it ends."""
    first = kept[:ANCHOR]
    for place in np.flatnonzero(said == kept[0]):
        if np.array_equal(said[place : place + ANCHOR], first):
            length = min(len(kept), len(said) - place)
            return (
                int(place) + length
                if np.array_equal(said[place:][:length], kept[:length])
                else None
            )
    return None
