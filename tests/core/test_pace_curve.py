"""Pace over time, worked by hand."""

import pytest

from simulator.core.pace_curve import pace_curve
from simulator.testing import a_transcript


def test_an_even_answer_has_an_even_curve():
    # A word every 0.32 s is 187.5 a minute: 46 or 47 words in a window of 15 s.
    curve = pace_curve(a_transcript(" ".join(["word"] * 200)))
    assert [point.rate for point in curve] == pytest.approx([187.5] * len(curve), abs=4)
    assert curve[0].at == 7.5
    assert curve[-1].at == pytest.approx(64 - 7.5)


def test_a_silence_shows_as_a_dip():
    said = " ".join(["word"] * 60) + " [12] " + " ".join(["word"] * 60)
    curve = pace_curve(a_transcript(said))
    lowest = min(curve, key=lambda point: point.rate)
    assert lowest.at == pytest.approx(19.2 + 6, abs=3)
    assert lowest.rate < 60


def test_too_short_an_answer_has_no_curve():
    assert pace_curve(a_transcript("just a few words")) == ()


def test_filled_pauses_are_no_words():
    curve = pace_curve(a_transcript(" ".join(["um"] * 100 + ["word"])))
    assert curve[0].rate == 0
