"""What many sessions say together."""

import pytest

from simulator.core.history import (
    METRICS,
    Crutch,
    Missed,
    SessionMeans,
    Totals,
    sparkline,
    summarise,
    weakest,
)


def means(number, **measures):
    blank = dict.fromkeys(
        ("speech_rate", "fillers_per_minute", "coverage", "response_latency", "duration",
         "longest_pause")
    )  # fmt: skip
    return SessionMeans(f"s{number}", f"2026-03-0{number}T09:00:00+00:00", **{**blank, **measures})


def test_each_measure_has_a_trend_over_the_sessions_that_have_it():
    history = summarise(
        Totals((means(1, speech_rate=120), means(2, duration=60), means(3, speech_rate=140)))
    )
    assert [(m.id, [v.value for v in t.values]) for m, t in history.trends] == [
        ("speech_rate", [120, 140]),
        ("duration", [60]),
    ]


def test_a_criterion_missed_once_is_not_called_missed_again_and_again():
    criteria = (
        Missed("q1", "a", "A", 1, 1),
        Missed("q1", "b", "B", 2, 4),
        Missed("q2", "c", "C", 3, 3),
    )
    history = summarise(Totals((), criteria))
    assert [missed.criterion_id for missed in history.missed] == ["c", "b"]


def test_crutches_are_listed_by_how_often_they_were_said():
    phrases = (Crutch("uh", 3, 1), Crutch("um", 9, 2), Crutch("er", 3, 1))
    assert [c.phrase for c in summarise(Totals((), (), phrases)).crutches] == ["um", "er", "uh"]


def test_the_questions_with_least_coverage_come_next():
    latest = (("whole", 1.0), ("half", 0.5), ("none", 0.0), ("most", 0.9), ("third", 0.3))
    assert weakest(latest) == ("none", "third", "half")


@pytest.mark.parametrize(
    ("values", "drawn"), [((), ""), ((3,), "▄"), ((1, 1), "▄▄"), ((0, 7), "▁█"), ((7, 3, 0), "█▄▁")]
)
def test_a_sparkline_runs_from_lowest_to_highest(values, drawn):
    assert sparkline(values) == drawn


def test_a_share_is_shown_in_percent():
    assert next(m for m in METRICS if m.id == "coverage").show(0.415) == "42%"


def test_a_question_is_named_by_its_prompt_where_that_is_known():
    history = summarise(Totals((), prompts=(("q1", "Why here?"),)))
    assert (history.prompt("q1"), history.prompt("q2")) == ("Why here?", "q2")
