"""Answers are understood one after the other, and on a slow machine they do not fill the memory."""

import threading

import numpy as np
import pytest

from simulator.errors import TranscriptionError
from simulator.interview.hearing import MOST_WAITING, Hearer, HearingThread
from simulator.testing import a_transcript

SOUND = np.full(16_000, 0.1, np.float32)
PATIENCE = 20.0


class Slow:
    """A transcriber that goes on with an answer only when it is let."""

    model = "none"
    words = ()

    def __init__(self, error=None):
        self.begun, self.let, self.error = [], threading.Event(), error

    def start(self):
        self.begun.append(threading.get_ident())
        assert self.let.wait(PATIENCE)
        if self.error is not None:
            error, self.error = self.error, None
            raise error
        return self

    def feed(self, samples):
        pass

    def finish(self):
        return a_transcript("[0.5] well [0.5]")


def ended(hearing, transcriber, answers):
    lives = [hearing.begin(Hearer(transcriber)) for _ in range(answers)]
    for live in lives:
        live.feed(SOUND)
        live.end()
    return lives


@pytest.fixture
def hearing():
    thread = HearingThread()
    yield thread
    thread.close()
    assert "hearing" not in [thread.name for thread in threading.enumerate()]


def test_answers_that_ended_meanwhile_wait_for_the_one_before(hearing):
    slow, threads = Slow(), threading.active_count()
    lives = ended(hearing, slow, 5)
    assert threading.active_count() == threads + 1
    assert len(slow.begun) <= 1
    slow.let.set()
    assert [len(live.finish().words) for live in lives] == [1] * 5
    assert len(set(slow.begun)) == 1


def test_a_machine_is_behind_when_more_answers_wait_than_are_held(hearing):
    slow = Slow()
    ended(hearing, slow, MOST_WAITING)
    assert not hearing.behind
    ended(hearing, slow, 2)  # one of all may have been begun
    assert hearing.behind
    slow.let.set()


def test_an_answer_that_was_given_up_is_not_begun(hearing):
    slow = Slow()
    first, second = ended(hearing, slow, 2)
    second.cancel()
    slow.let.set()
    assert first.finish().words
    with pytest.raises(TranscriptionError, match="was not transcribed"):
        second.finish()
    assert len(slow.begun) == 1


def test_whatever_goes_wrong_with_one_answer_the_next_is_understood(hearing):
    slow = Slow(ZeroDivisionError("division by zero"))
    first, second = ended(hearing, slow, 2)
    slow.let.set()
    with pytest.raises(TranscriptionError, match="division by zero"):
        first.finish()
    assert second.finish().words
