"""Fastest and slowest stretch, and long pauses, in transcripts whose rates are plain to count."""

import pytest

from simulator.core.tempo import extremes, long_pauses
from simulator.testing import WORD_SECONDS, a_transcript


def test_a_hurried_half_is_faster_than_one_with_drawn_out_words():
    # 60 words of 0.32 s in a row, then 60 with 0.2 s of silence (no pause) after each.
    said = " ".join(["word"] * 60 + ["word [0.2]"] * 60)
    fastest, slowest = extremes(a_transcript(said))
    assert fastest.articulation_rate == pytest.approx(60 / WORD_SECONDS, rel=0.03)
    assert slowest.articulation_rate == pytest.approx(60 / (WORD_SECONDS + 0.2), rel=0.03)
    assert fastest.end <= slowest.start
    assert fastest.end - fastest.start == pytest.approx(15.0)


def test_silent_pauses_do_not_slow_articulation():
    said = " ".join(["word"] * 60 + ["word word word word [1.0]"] * 12)
    fastest, slowest = extremes(a_transcript(said))
    assert slowest.articulation_rate == pytest.approx(fastest.articulation_rate, rel=0.08)


@pytest.mark.parametrize("said", ["", "[40]", "word " * 60, "word [45] word"])
def test_short_and_silent_answers_have_no_extremes(said):
    assert extremes(a_transcript(said)) is None


def test_a_long_pause_shows_the_words_before_it():
    heard = a_transcript("one two three four five six seven [2.5] eight [1.9] nine [3.0]")
    (pause,) = long_pauses(heard)
    assert pause.before == "two three four five six seven"
    assert (pause.start, pause.end) == pytest.approx((7 * WORD_SECONDS, 7 * WORD_SECONDS + 2.5))
