"""What may be said soon is synthesised meanwhile; what fails then is told when it is needed."""

import threading

import numpy as np

from simulator.core.speech import Audio
from simulator.errors import VoiceError
from simulator.interview.moments import Notice
from simulator.interview.speaking import Mouth
from simulator.testing import MemoryStage, ScriptedKeys


class Silent:
    """A speaker that has played everything at once."""

    position = 0.0

    def play(self, audio):
        return self

    def wait(self, seconds):
        return True

    def stop(self):
        pass


class Voice:
    """Say which texts were synthesised; fail at some, wait where that is wanted."""

    def __init__(self, fails=(), gate=None):
        self.fails, self.gate, self.texts = fails, gate, []
        self.two = threading.Event()

    def synthesise(self, text):
        if self.gate is not None:
            self.gate.wait(10)
        self.texts.append(text)
        if len(self.texts) == 2:
            self.two.set()
        if text in self.fails:
            raise VoiceError("no voice")
        return Audio(np.zeros(10, np.float32), 16_000)


def mouth(voice, speaker=None):
    stage = MemoryStage()
    return Mouth(voice, speaker, stage, ScriptedKeys({})), stage


def test_what_was_foreseen_is_not_synthesised_again():
    voice = Voice()
    speaking, _ = mouth(voice, Silent())
    speaking.foresee(["And then?", "", "And then?", "Who was there?"])
    assert voice.two.wait(10)
    speaking.rest()
    speaking.say("Who was there?")
    assert voice.texts == ["And then?", "Who was there?"]


def test_at_rest_no_other_text_is_begun():
    gate = threading.Event()
    voice = Voice(gate=gate)
    speaking, _ = mouth(voice, Silent())
    speaking.foresee(["one", "two"])
    gate_opener = threading.Timer(0.05, gate.set)
    gate_opener.start()
    speaking.rest()
    gate_opener.join()
    assert voice.texts in ([], ["one"])
    assert "foresight" not in [thread.name for thread in threading.enumerate()]


def test_a_voice_that_fails_beforehand_is_told_when_it_is_needed():
    speaking, stage = mouth(Voice(fails={"And then?"}), Silent())
    speaking.foresee(["And then?"])
    speaking.rest()
    assert stage.moments == []
    speaking.say("And then?")
    assert [type(moment) for moment in stage.moments] == [Notice]


def test_where_nothing_can_be_heard_nothing_is_synthesised():
    voice = Voice()
    speaking, _ = mouth(voice)
    speaking.foresee(["And then?"])
    speaking.rest()
    assert voice.texts == []
