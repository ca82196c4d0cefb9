"""R while an answer is recorded: the question is heard again, and nothing of the answer waits."""

import threading

from simulator.core.style import Style
from simulator.errors import DeviceError
from simulator.interview.conduct import conduct
from simulator.interview.moments import Notice
from simulator.interview.room import Manner, Room
from simulator.testing import LevelDetector, MemoryVoice
from tests.interview.test_conduct import BLOCK, SPEECH, Sitting

PATIENCE = 20.0
"""Seconds until a thread that never comes is given up."""
QUIET = Style("quiet", "Quiet", "")
"""An interviewer who says the question alone."""


class Loudspeaker:
    """Plays the question at once; a repeat opens, and ends, when the test lets it."""

    def __init__(self, fault=""):
        self.fault = fault
        self.asked, self.open_before, self.open = [], [], 0
        self.opens, self.sounding, self.ends = (threading.Event() for _ in range(3))

    def play(self, audio):
        self.asked.append(threading.current_thread())
        self.open_before.append(self.open)
        if len(self.asked) > 1:
            self.opens.wait(PATIENCE)
            if self.fault:
                raise DeviceError(self.fault)
        self.open += 1
        return Playing(self, repeat=len(self.asked) > 1)


class Playing:
    """The question, once."""

    position = 0.0

    def __init__(self, speaker, *, repeat):
        self.speaker, self.repeat = speaker, repeat

    def wait(self, seconds):
        if not self.repeat:
            return True
        self.speaker.sounding.set()
        return self.speaker.ends.wait(seconds)

    def stop(self):
        self.speaker.open -= 1


class Candidate:
    """A microphone that lets a test act between two blocks, and after the last."""

    def __init__(self, acts):
        self.acts = acts

    def listen(self):
        return self

    def __enter__(self):
        return self.blocks()

    def __exit__(self, *error):
        pass

    def blocks(self):
        for number, block in enumerate(SPEECH):
            self.acts.get(number, lambda: None)()
            yield block
        self.acts.get(len(SPEECH), lambda: None)()


def answered(folder, speaker, acts, keys):
    """Hold an interview of one question; give it when it is over."""
    sitting = Sitting(folder, (), keys, questions=1)
    room = Room(
        voice=MemoryVoice(),
        speaker=speaker,
        ear=lambda question: Candidate(acts),
        detector=LevelDetector,
        archive=sitting.store,
        stage=sitting.stage,
        keys=sitting.keys,
    )
    sitting.session = conduct(room, Manner(QUIET, think=False), sitting.session).session
    return sitting


def blocks_on_disk(folder):
    (path,) = folder.glob("*/takes/*.wav")
    return (path.stat().st_size - 44) / 2 / BLOCK


def test_while_the_speaker_opens_all_that_is_said_is_written(tmp_path):
    speaker, seen = Loudspeaker(), []

    def look():
        seen.append((speaker.sounding.is_set(), blocks_on_disk(tmp_path)))
        speaker.opens.set()

    answered(tmp_path, speaker, {len(SPEECH): look}, {5: "r"})
    assert seen == [(False, len(SPEECH))]


def test_what_the_speaker_repeats_is_not_recorded(tmp_path):
    speaker = Loudspeaker()

    def sound():
        speaker.opens.set()
        assert speaker.sounding.wait(PATIENCE)

    sitting = answered(tmp_path, speaker, {20: sound}, {5: "r"})
    assert sitting.session.takes[0].duration == 20 * BLOCK / 16_000
    assert speaker.open == 0  # with the answer's end it falls silent


def test_what_is_said_after_the_repeat_is_recorded(tmp_path):
    speaker = Loudspeaker()

    def sound():
        speaker.opens.set()
        assert speaker.sounding.wait(PATIENCE)

    def end():
        speaker.ends.set()
        thread = next(t for t in speaker.asked if t is not threading.current_thread())
        thread.join(PATIENCE)

    sitting = answered(tmp_path, speaker, {20: sound, 30: end}, {5: "r"})
    # The question rings on for 0.3 s: nine blocks and a part of the tenth.
    heard = round(sitting.session.takes[0].duration * 16_000)
    assert heard == (len(SPEECH) - 10) * BLOCK - 0.3 * 16_000


def test_a_speaker_that_cannot_be_opened_again_is_said_and_the_answer_goes_on(tmp_path):
    speaker = Loudspeaker("the speaker is gone")

    def fail():
        speaker.opens.set()
        speaker.asked[1].join(PATIENCE)

    sitting = answered(tmp_path, speaker, {20: fail}, {5: "r"})
    (notice,) = sitting.shown(Notice)
    assert "cannot be heard (the speaker is gone)" in notice.text
    assert sitting.session.takes[0].duration == len(SPEECH) * BLOCK / 16_000


def test_asked_again_the_first_repeat_ends_before_the_second_begins(tmp_path):
    speaker = Loudspeaker()
    speaker.opens.set()

    def sound():
        assert speaker.sounding.wait(PATIENCE)

    answered(tmp_path, speaker, {20: sound}, {7: "r", 30: "r"})
    assert speaker.open_before in ([0, 0, 0], [0, 0])  # the second may not have come to open
    assert speaker.open == 0
