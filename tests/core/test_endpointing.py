"""When an answer is over.

seconds   0    1    2    3    4    5    6    7    8
speech    ....|####|....|....|....|....|
limit 4             ^ silence begins     ^ over
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.core.endpointing import Endpointing


def heard(end: Endpointing, *stretches: tuple[float, bool]) -> Endpointing:
    for seconds, speaking in stretches:
        for _ in range(round(seconds * 10)):
            end = end.hear(0.1, speaking=speaking)
    return end


def test_a_silence_after_speech_ends_the_answer():
    end = heard(Endpointing(4.0, 120.0), (1.0, False), (1.1, True), (3.9, False))
    assert end.verdict is None
    assert heard(end, (0.2, False)).verdict == "silence"


def test_no_silence_ends_an_answer_that_has_not_begun():
    assert heard(Endpointing(4.0, 120.0), (60.0, False)).verdict is None


def test_a_cough_is_not_the_beginning_of_an_answer():
    assert heard(Endpointing(4.0, 120.0), (0.3, True), (20.0, False)).verdict is None


def test_speech_begins_the_silence_anew():
    end = heard(Endpointing(4.0, 120.0), (2.0, True), (3.5, False), (0.2, True), (3.5, False))
    assert end.verdict is None
    assert end.silence == pytest.approx(3.5)


def test_with_silence_off_only_the_limit_ends_it():
    end = heard(Endpointing(None, 30.0), (2.0, True), (27.9, False))
    assert end.verdict is None
    assert heard(end, (0.2, False)).verdict == "time limit"


def test_people_think_so_short_silences_are_refused():
    with pytest.raises(ValueError, match="at least 3 s"):
        Endpointing(2.9, 120.0)


@given(st.lists(st.booleans(), max_size=200))
def test_speech_and_silence_never_exceed_the_time_that_passed(spoken):
    end = Endpointing(4.0, 1000.0)
    for speaking in spoken:
        end = end.hear(0.032, speaking=speaking)
    assert end.speech + end.silence <= end.elapsed + 1e-9
    assert end.elapsed == pytest.approx(0.032 * len(spoken))
