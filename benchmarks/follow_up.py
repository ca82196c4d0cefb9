"""Print how soon after an answer its follow-up question is heard.

    python -m benchmarks.follow_up [--seconds 30] [--runs 5]

As benchmarks/latency.py, with the interviewer's voice on: the clock runs from Enter until the
follow-up question's first sound is handed to the virtual loudspeaker.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from benchmarks.latency import FIXTURES, KEY_TAIL, Candidate, answers, cut, hiss
from simulator import wiring
from simulator.adapters.archive import FolderArchive
from simulator.adapters.speaker import LEAD_SECONDS
from simulator.core.plan import Plan
from simulator.core.session import Settings
from simulator.core.speech import SAMPLE_RATE
from simulator.interview.conduct import conduct
from simulator.interview.moments import Asking, Listening
from simulator.interview.room import Manner
from tests.virtual_card import VirtualCard

if TYPE_CHECKING:
    from simulator.core.scenario import Scenario
    from simulator.core.speech import Audio
    from simulator.ports import Playback, Speaker


class Probed(Candidate):
    """Answer the question, and leave at the follow-up question."""

    probed = False
    asked = 0.0
    "When the follow-up question was first heard."

    def show(self, moment: object) -> None:
        """Begin to speak once the microphone is open, not while the question is asked."""
        if isinstance(moment, Asking):
            self.probed = self.probed or moment.follow_up
        elif isinstance(moment, Listening) and self.speaker is None:
            super().show(Asking(moment.question, 1, 1, ""))

    def get(self, seconds: float) -> str | None:
        """Press Enter once all is said, and finish when the follow-up question was heard."""
        if self.asked:
            return "q"
        return None if self.probed else super().get(seconds)


class Noting:
    """Note when the follow-up question is heard."""

    def __init__(self, speaker: Speaker, candidate: Probed) -> None:
        self.speaker, self.candidate = speaker, candidate

    def play(self, audio: Audio) -> Playback:
        """Begin to play."""
        playback = self.speaker.play(audio)
        if self.candidate.probed:
            self.candidate.asked = time.monotonic() + LEAD_SECONDS
        return playback


def wait(card: VirtualCard, scenario: Scenario, sound: np.ndarray, folder: Path) -> float:
    """Give the seconds from Enter to the follow-up question."""
    path = folder / "answer.wav"
    soundfile.write(path, sound, SAMPLE_RATE, "PCM_16")
    candidate = Probed(card, path, key=True)
    store = FolderArchive(folder / "sessions")
    room = wiring.room(Plan(), candidate, candidate, store=store)
    if room.speaker is None:
        raise SystemExit("nothing can be heard")
    manner = Manner(wiring.styles()[0], silence_limit=None, think=False, follow_ups=1)
    session = store.create(scenario, Settings())
    conduct(replace(room, speaker=Noting(room.speaker, candidate)), manner, session)
    return candidate.asked - candidate.ended


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    pack = wiring.library().load("taster")
    scenario = replace(pack, questions=pack.questions[:1])
    with tempfile.TemporaryDirectory(prefix="card-") as name:
        card = VirtualCard(Path(name) / "card")
        card.start()
        os.environ.update(card.environment)
        try:
            sound = answers(FIXTURES)
            spoken = [
                np.concatenate([cut(sound, arguments.seconds, run), hiss(KEY_TAIL)])
                for run in range(arguments.runs)
            ]
            waits = [wait(card, scenario, each, Path(name)) for each in spoken]
        finally:
            card.stop()
    print(
        f"answers of {arguments.seconds} s, {len(waits)} times: a follow-up is heard after"
        f" {statistics.median(waits):.2f} s at the median, {max(waits):.2f} s at most"
    )


if __name__ == "__main__":
    main()
