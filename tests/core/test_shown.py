"""Measures that are switched off are not shown, and nothing of them is lost."""

import json

import pytest

from simulator.core.advice import advise
from simulator.core.analysis import measure_all_as
from simulator.core.measuring import Measuring
from simulator.core.settings import METRICS
from simulator.core.shown import shown
from simulator.report import render
from simulator.testing import a_report, an_answer


def without(*metrics):
    return shown(measure_all_as(a_report(), Measuring(off=metrics)))


@pytest.mark.parametrize(
    ("metric", "text"),
    [
        ("pace", "words/min"),
        ("pauses", "   Pauses"),
        ("fillers", "fillers/min"),
        ("hedges", "   Hedges"),
        ("repetitions", "   Repeats"),
        ("length", "   Length"),
        ("latency", "after the question"),
        ("structure", "   Story"),
        ("coverage", "   Rubric"),
    ],
)
def test_a_measure_is_in_the_report_until_it_is_switched_off(metric, text):
    assert text in render(a_report(), "text")
    assert text not in render(without(metric), "text")


def test_switched_off_measures_give_no_advice_and_no_marks():
    report = without("fillers", "pauses", "hedges", "repetitions", "coverage")
    advice = advise(report)
    rules = {point.rule for point in (*advice.keep, *advice.work_on)}
    assert rules <= {"length", "pace", "result"}
    found = json.loads(render(report, "json"))["answers"][0]
    assert found["findings"] == []
    assert found["coverage"] is found["fillers_per_minute"] is None


@pytest.mark.parametrize("name", ["text", "markdown", "json", "html"])
def test_a_report_with_everything_switched_off_can_be_written(name):
    assert render(without(*METRICS), name)


def test_what_is_shown_does_not_change_what_is_kept():
    report = measure_all_as(a_report(), Measuring(off=METRICS))
    assert shown(report).answers[0].coverage is None
    assert report.answers[0].coverage is not None
    assert report.answers[0].fillers


def test_an_uneven_pace_is_told():
    said = " ".join(["word"] * 60 + ["word [0.2]"] * 60)
    text = render(a_report(an_answer(said, judged=False)), "text")
    assert "Tempo    0:00.0 fastest, " in text
    even = render(a_report(an_answer("word " * 120, judged=False)), "text")
    assert "Tempo" not in even


def test_bands_of_the_settings_reach_report_and_advice():
    wanted = Measuring(
        speech_wpm=(20.0, 30.0),
        fillers_per_minute=(0.0, 50.0),
        off=("coverage", "structure", "pauses"),
    )
    report = measure_all_as(a_report(), wanted)
    assert "(band 20 to 30)" in render(report, "text")
    assert "few: up to 50, many: from 80" in " ".join(render(report, "text").split())
    advice = advise(report)
    assert "above the band of 20 to 30" in " ".join(point.text for point in advice.work_on)
    assert "few fillers" in " ".join(point.text for point in advice.keep).lower()
