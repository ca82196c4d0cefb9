"""Long use in short: what an answer or a session costs is given back; `make torture` does more."""

import os
import sys
import threading

import numpy as np
import pytest

from simulator.adapters.archive import FolderArchive
from simulator.adapters.speech_detection import SpeechDetector
from simulator.core.session import Settings
from simulator.core.style import Style
from simulator.interview.conduct import conduct
from simulator.interview.hearing import MOST_WAITING
from simulator.interview.moments import Answered, Finished
from simulator.interview.room import Manner, Room
from simulator.testing import (
    LevelDetector,
    MemoryVoice,
    ScriptedKeys,
    ScriptedMicrophone,
    a_scenario,
    a_transcript,
)
from tests.torture.soak import ROUNDS, Use, full_store, grown
from tests.torture.store import Store

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
BLOCKS = tuple(np.full(512, 0.1, np.float32) for _ in range(10))
ANSWERS, SESSIONS = 200, 40
PATIENCE = 60.0


class Meter:
    """A stage that looks at what this process uses after each answer."""

    def __init__(self, finished=lambda: None):
        self.uses, self.finished = [], finished

    def show(self, moment):
        if isinstance(moment, Answered):
            self.uses.append(Use.of(os.getpid()))
        if isinstance(moment, Finished):
            self.finished()

    def ask(self, question, choices):
        raise AssertionError(question)


class Forgetful:
    """A transcriber that hears nothing, in the thread that a real one has."""

    model = "none"
    words = ()

    def start(self):
        return self

    def feed(self, samples):
        pass

    def finish(self):
        return a_transcript("[0.5] well [0.5]")


class Overtaxed(Forgetful):
    """A transcriber on a machine far too slow for it: it gets nowhere while somebody speaks."""

    def __init__(self):
        self.spoken = threading.Event()

    def finish(self):
        assert self.spoken.wait(PATIENCE)
        return super().finish()


def hold(tmp_path, meter, transcriber, sound, detector=LevelDetector):
    """Hold an interview of many answers, and look at it in ten places."""
    store = FolderArchive(tmp_path)
    room = Room(
        voice=MemoryVoice(),
        speaker=None,
        ear=lambda question: ScriptedMicrophone(sound()),
        detector=detector,
        archive=store,
        stage=meter,
        keys=ScriptedKeys(),
        transcriber=transcriber,
    )
    manner = Manner(Style("quiet", "Quiet", ""), think=False)
    outcome = conduct(room, manner, store.create(a_scenario(ANSWERS), Settings()))
    assert len(store.open().takes) == len(meter.uses) == ANSWERS
    return outcome, [meter.uses[look * ANSWERS // ROUNDS] for look in range(ROUNDS)]


def test_two_hundred_answers_in_one_session_cost_no_more_than_two(tmp_path):
    before = threading.active_count()
    _, uses = hold(tmp_path, Meter(), Forgetful(), lambda: BLOCKS, SpeechDetector)
    assert threading.active_count() == before
    assert grown(uses) == []


def test_a_machine_too_slow_to_keep_up_holds_no_more_and_leaves_the_rest_to_the_review(tmp_path):
    slow = Overtaxed()
    meter = Meter(slow.spoken.set)
    outcome, uses = hold(tmp_path, meter, slow, lambda: (np.full(320_000, 0.1, np.float32),))
    assert 1 <= len(outcome.transcripts) <= 2 + MOST_WAITING
    assert grown(uses) == []


def test_a_store_is_looked_through_again_and_again_at_no_cost(tmp_path):
    assert grown(full_store(Store(tmp_path), SESSIONS)) == []


def test_what_grows_is_named():
    flat = [Use(100.0, 8, 3)] * 9
    assert grown([*flat, Use(190.0, 9, 4)]) == [
        "memory from 100 to 190 MB",
        "open files from 8 to 9",
        "threads from 3 to 4",
    ]
