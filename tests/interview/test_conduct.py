"""An interview from the first question to the last, with everything but the sound card real."""

import threading

import numpy as np
import pytest

from simulator.adapters.archive import FolderArchive, load_session
from simulator.adapters.take_files import TakeFile, read_take
from simulator.core.session import Settings
from simulator.core.speech import SAMPLE_RATE
from simulator.core.style import Style
from simulator.errors import SessionError, TranscriptionError
from simulator.interview.conduct import conduct
from simulator.interview.listening import EARLIEST_END_SECONDS
from simulator.interview.moments import Answered, Asking, Finished, Listening, Notice, Says
from simulator.interview.room import Manner, Room
from simulator.testing import (
    LevelDetector,
    MemoryStage,
    MemoryVoice,
    ScriptedKeys,
    ScriptedMicrophone,
    a_scenario,
    a_transcript,
)

BLOCK = 512
STYLE = Style("plain", "Plain", "", ("Hello.",), ("Thank you.",), ("Next.",), (), ("Goodbye.",))


def sound(seconds: float, level: float) -> tuple[np.ndarray, ...]:
    blocks = round(seconds * SAMPLE_RATE / BLOCK)
    return tuple(np.full(BLOCK, level, np.float32) for _ in range(blocks))


SPEECH, SILENCE = sound(2.0, 0.25), sound(5.0, 0.0)


class Sitting:
    """One interview about to begin."""

    def __init__(self, folder, blocks, keys=None, fault="", choice="", questions=2):
        self.store = FolderArchive(folder)
        self.session = self.store.create(a_scenario(questions), Settings())
        self.stage = MemoryStage(choice)
        self.keys = ScriptedKeys(keys or {})
        self.microphone = ScriptedMicrophone(blocks, fault)
        self.transcriber = None
        self.detector = LevelDetector

    def run(self, **manner):
        room = Room(
            voice=MemoryVoice(),
            speaker=None,
            ear=lambda question: self.microphone,
            detector=self.detector,
            archive=self.store,
            stage=self.stage,
            keys=self.keys,
            transcriber=self.transcriber,
        )
        outcome = conduct(room, Manner(STYLE, think=False, **manner), self.session)
        self.session = outcome.session
        return outcome

    def takes(self):
        return [(take.number, take.ended_by) for take in self.session.takes]

    def shown(self, kind):
        return [moment for moment in self.stage.moments if isinstance(moment, kind)]


def poll_after(seconds: float, start: int = 0) -> int:
    """Give the poll of the keys that comes so long after the ear was opened."""
    return start + round(seconds * SAMPLE_RATE / BLOCK)


def test_every_question_is_asked_and_its_answer_ends_with_the_sound(tmp_path):
    sitting = Sitting(tmp_path, SPEECH)
    sitting.run()
    assert [asked.number for asked in sitting.shown(Asking)] == [1, 2]
    assert sitting.takes() == [(1, "end of file"), (1, "end of file")]
    assert [take.duration for take in sitting.session.takes] == pytest.approx([1.984, 1.984])
    assert sitting.session.finished
    assert isinstance(sitting.stage.moments[-1], Finished)


def test_the_interviewer_thanks_and_moves_on_without_judging(tmp_path):
    sitting = Sitting(tmp_path, SPEECH)
    sitting.run()
    assert [says.text for says in sitting.shown(Says)] == ["Hello.", "Thank you. Next.", "Goodbye."]


def test_a_silence_ends_the_answer(tmp_path):
    sitting = Sitting(tmp_path, SPEECH + SILENCE + SPEECH)
    sitting.run(silence_limit=4.0)
    assert sitting.takes()[0] == (1, "silence")
    assert sitting.session.takes[0].duration == pytest.approx(2.0 + 4.0, abs=0.05)


class Failing(LevelDetector):
    """Detect nothing: there is no memory left for it."""

    def feed(self, samples):
        raise TranscriptionError("speech detection failed")


def test_where_speech_detection_fails_the_whole_answer_is_kept(tmp_path):
    sitting = Sitting(tmp_path, SPEECH + SILENCE, questions=1)
    sitting.detector = Failing
    sitting.run(silence_limit=4.0)
    assert sitting.takes() == [(1, "end of file")]
    assert sitting.session.takes[0].duration == pytest.approx(7.0, abs=0.05)


def test_what_was_said_is_on_disk_bit_for_bit(tmp_path):
    sitting = Sitting(tmp_path, SPEECH, questions=1)
    sitting.run()
    path = sitting.store.folder(sitting.session) / sitting.session.takes[0].audio
    kept = np.concatenate(list(read_take(path)))
    assert np.array_equal(kept, np.concatenate(SPEECH))


class Watching(MemoryStage):
    """A stage that looks at the disk each time it is shown the running answer."""

    __slots__ = ("seen", "takes")

    def show(self, moment):
        if isinstance(moment, Listening):
            (path,) = self.takes.glob("*/takes/*.wav")
            self.seen.append((moment.elapsed, (path.stat().st_size - 44) / 2 / SAMPLE_RATE))


def test_what_was_said_is_on_disk_before_it_is_shown(tmp_path):
    sitting = Sitting(tmp_path, SPEECH, questions=1)
    sitting.stage = Watching()
    sitting.stage.takes, sitting.stage.seen = tmp_path, []
    sitting.run()
    assert len(sitting.stage.seen) == pytest.approx(2.0 / 0.1, abs=5)
    assert all(on_disk == pytest.approx(elapsed) for elapsed, on_disk in sitting.stage.seen)


def test_a_key_ends_the_answer(tmp_path):
    sitting = Sitting(tmp_path, SPEECH, {poll_after(1.5): "\n"}, questions=1)
    sitting.run()
    assert sitting.takes() == [(1, "key")]
    assert sitting.session.takes[0].duration == pytest.approx(1.5, abs=0.04)


def test_an_enter_meant_for_the_thinking_time_does_not_end_the_answer(tmp_path):
    early = poll_after(EARLIEST_END_SECONDS / 2)
    sitting = Sitting(tmp_path, SPEECH, {early: "\n"}, questions=1)
    sitting.run()
    assert sitting.takes() == [(1, "end of file")]


def test_a_retake_keeps_both_takes_and_the_last_one_counts(tmp_path):
    sitting = Sitting(tmp_path, SPEECH, {poll_after(1.5): "t"}, questions=1)
    sitting.run()
    assert sitting.takes() == [(1, "key"), (2, "end of file")]
    (answered,) = sitting.session.answered()
    assert answered[1].number == 2


def test_a_pause_leaves_its_sound_out(tmp_path):
    keys = {poll_after(0.5): "p", poll_after(1.5): "p"}
    sitting = Sitting(tmp_path, SPEECH, keys, questions=1)
    sitting.run()
    assert sitting.session.takes[0].duration == pytest.approx(1.0, abs=0.05)


def test_a_skipped_question_is_asked_no_more_and_the_next_one_is(tmp_path):
    sitting = Sitting(tmp_path, SPEECH, {0: "s"})
    sitting.run()
    assert sitting.takes() == [(1, "skipped"), (1, "end of file")]
    assert [question.id for question, _ in sitting.session.answered()] == ["q2"]


def test_finishing_early_asks_nothing_more(tmp_path):
    sitting = Sitting(tmp_path, SPEECH, {poll_after(1.5): "q"})
    sitting.run()
    assert sitting.takes() == [(1, "finished early")]
    assert len(sitting.shown(Asking)) == 1
    assert sitting.session.finished


def test_ctrl_c_keeps_the_answer_so_far_and_the_session_can_go_on(tmp_path):
    sitting = Sitting(tmp_path, SPEECH, {poll_after(1.5): "^C"})
    assert sitting.run().interrupted
    kept = load_session(sitting.store.folder(sitting.session))
    assert [(take.ended_by, round(take.duration, 1)) for take in kept.takes] == [
        ("interrupted", 1.5)
    ]
    assert not kept.finished


def test_a_lost_microphone_keeps_the_answer_and_lets_the_candidate_try_again(tmp_path):
    sitting = Sitting(tmp_path, SPEECH, fault="the microphone is gone", choice="finish here")
    sitting.run()
    assert sitting.takes() == [(1, "device lost")]
    assert sitting.session.takes[0].duration == pytest.approx(1.984)
    (notice,) = sitting.shown(Notice)
    assert "is kept" in notice.text
    assert "microphone is gone" in notice.text


def test_a_broken_off_session_goes_on_with_what_has_no_answer(tmp_path):
    sitting = Sitting(tmp_path, SPEECH, {poll_after(1.5): "q"})
    sitting.run()
    sitting.keys, sitting.stage = ScriptedKeys(), MemoryStage()
    sitting.run()
    assert [asked.number for asked in sitting.shown(Asking)] == [2]
    assert len(sitting.shown(Answered)) == 1
    assert sitting.takes() == [(1, "finished early"), (1, "end of file")]


def test_takes_of_questions_with_strange_ids_stay_inside_the_folder(tmp_path):
    sitting = Sitting(tmp_path, SPEECH, questions=1)
    strange = a_scenario(1, first_id="../../etc/passwd")
    sitting.session = sitting.store.create(strange, Settings())
    sitting.run()
    (take,) = sitting.session.takes
    assert take.audio == "takes/------etc-passwd-1.wav"


class Deaf:
    """A transcriber whose memory gives out, or that only waits for the end."""

    model = "deaf"
    words = ()

    def __init__(self, error=None):
        self.error = error

    def start(self):
        if self.error is not None:
            raise self.error
        return self

    def feed(self, samples):
        pass

    def finish(self):
        return a_transcript("Yes.")


def test_in_earnest_there_is_no_pause_and_no_second_take(tmp_path):
    keys = {poll_after(0.5): "p", poll_after(1.2): "t"}
    sitting = Sitting(tmp_path, SPEECH, keys, questions=1)
    sitting.run(retakes=False)
    assert sitting.takes() == [(1, "end of file")]
    assert sitting.session.takes[0].duration == pytest.approx(1.984)
    assert not any(moment.retakes for moment in sitting.shown(Listening))


class Attentive(Deaf):
    """A transcriber that keeps what it is fed."""

    def __init__(self):
        super().__init__()
        self.fed = []

    def feed(self, samples):
        self.fed.append(samples)


def test_what_is_decoded_live_is_what_is_on_disk_to_the_last_sample(tmp_path):
    sitting = Sitting(tmp_path, SPEECH, {poll_after(1.5): "\n"}, questions=1)
    sitting.transcriber = Attentive()
    sitting.run()
    assert sitting.takes() == [(1, "key")]
    path = sitting.store.folder(sitting.session) / sitting.session.takes[0].audio
    kept = np.concatenate(list(read_take(path)))
    assert len(kept) > SAMPLE_RATE
    assert np.array_equal(np.concatenate(sitting.transcriber.fed), kept)


def test_a_full_disk_ends_the_interview_and_every_thread(tmp_path, monkeypatch):
    sitting = Sitting(tmp_path, SPEECH, questions=2)
    sitting.transcriber = Deaf()
    writes = iter(range(100))

    def write(self, samples):
        if next(writes) == 70:  # in the second answer: a block is 32 ms
            raise SessionError("the recording stopped: No space left on device")

    monkeypatch.setattr(TakeFile, "write", write)
    with pytest.raises(SessionError, match="the recording stopped"):
        sitting.run()
    assert [thread.name for thread in threading.enumerate() if thread.name == "hearing"] == []


def test_too_little_memory_to_transcribe_is_said_and_the_answer_kept(tmp_path):
    sitting = Sitting(tmp_path, SPEECH, questions=1)
    sitting.transcriber = Deaf(MemoryError())
    outcome = sitting.run()
    assert outcome.transcripts == ()
    assert "too little memory" in sitting.shown(Notice)[0].text
    assert sitting.session.takes[0].duration == pytest.approx(1.984)
