"""The recorded candidates as `rehearse demo` hears and judges them, on real weights."""

from itertools import pairwise

import pytest

from simulator import wiring
from simulator.adapters.answer_files import match_answers

pytestmark = [pytest.mark.weights, pytest.mark.slow]


@pytest.fixture(scope="module")
def judged():
    """The rubric's result of each question, by candidate."""
    taster, judge = wiring.library().load("taster"), wiring.judge()
    found = {}
    for candidate in ("hesitant", "middling", "strong"):
        files = match_answers(wiring.demo_answers(taster, candidate), taster)
        found[candidate] = [
            judge.judge(words_of(files[question.id]), question) for question in taster.questions
        ]
    return found


def words_of(path):
    transcription = wiring.transcriber("tiny.en").start()
    for samples in wiring.sound_file(path):
        transcription.feed(samples)
    return tuple(word.text for word in transcription.finish().words)


@pytest.mark.parametrize("candidate", ["middling", "strong"])
def test_nobody_who_behaved_well_is_accused(judged, candidate):
    flags = [flag for found in judged[candidate] for flag in found.red_flags]
    assert [flag.name for flag in flags if flag.status == "raised"] == []


def test_better_candidates_show_more(judged):
    shown = [sum(found.weighted for found in judged[c]) for c in judged]
    assert all(more > less for less, more in pairwise(shown))
