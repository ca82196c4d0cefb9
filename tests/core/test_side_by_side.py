"""Two sessions or two takes, question by question."""

from dataclasses import replace

from simulator.core.measuring import Measuring
from simulator.core.side_by_side import Row, only_take, pair_up
from simulator.testing import STORY, a_question, a_report, an_answer


def on(report, day, name="another"):
    return replace(report, session=replace(report.session, id=name, created=day))


def test_measures_stand_side_by_side_and_only_changed_criteria():
    better = an_answer()
    heard = tuple(
        replace(c, status="covered") if c.id == "solves" else c for c in better.coverage.criteria
    )
    better = replace(better, fillers=(), coverage=replace(better.coverage, criteria=heard))
    (pair,) = pair_up(a_report(an_answer()), a_report(better))
    assert Row("Fillers/min", f"{pair.before.fillers_per_minute:.1f}", "0.0") in pair.measures
    assert pair.measures[-1] == Row("Rubric heard", "42%", "67%")
    assert pair.criteria == (Row("Finds the cause and a way out", "maybe", "heard"),)


def test_what_is_switched_off_is_not_compared():
    measuring = Measuring(off=("pace", "fillers", "pauses", "latency", "coverage"))
    answer = replace(an_answer(), measuring=measuring)
    (pair,) = pair_up(a_report(answer), a_report(answer))
    assert [row.label for row in pair.measures] == ["Length"]


def test_questions_of_one_session_alone_are_left_out():
    other = an_answer(STORY, a_question("other"))
    assert pair_up(a_report(an_answer()), a_report(other)) == ()


def test_each_is_named_by_what_sets_it_apart():
    report = a_report(an_answer())
    second = an_answer()
    second = replace(second, take=replace(second.take, number=2))
    assert pair_up(report, a_report(second))[0].names == ("take 1", "take 2")
    later = on(report, "2026-03-09T10:00:00+00:00")
    assert pair_up(report, later)[0].names == ("2 March 2026", "9 March 2026")
    same_day = on(a_report(second), "2026-03-02T10:00:00+00:00")
    assert pair_up(report, same_day)[0].names == (
        "2026-03-02-0930-abcd, take 1",
        "another, take 2",
    )


def test_one_take_of_each_question_is_left():
    session = a_report().session
    first, other = session.takes
    again = replace(first, number=2, audio="takes/again.flac")
    asked = replace(first, number=3, audio="takes/asked.flac", follow_up_of="result")
    skipped = replace(other, number=2, audio="takes/skipped.flac", ended_by="skipped")
    session = replace(session, takes=(first, again, asked, other, skipped))
    assert only_take(session, 1).takes == (first, other)
    assert only_take(session, 1, "own-mistake").takes == (other,)
    assert only_take(session, 2).takes == (again,)
    assert only_take(session, 3).takes == ()
