"""Two sessions, question by question."""

from dataclasses import replace

from simulator.core.side_by_side import Row, pair_up
from simulator.testing import STORY, a_question, a_report, an_answer


def test_measures_stand_side_by_side_and_only_changed_criteria():
    better = an_answer()
    heard = tuple(
        replace(c, status="covered") if c.id == "solves" else c for c in better.coverage.criteria
    )
    better = replace(better, fillers=(), coverage=replace(better.coverage, criteria=heard))
    (pair,) = pair_up(a_report(an_answer()), a_report(better))
    assert Row("Fillers/min", f"{pair.before.fillers_per_minute:.1f}", "0.0") in pair.rows
    assert pair.rows[-2:] == (
        Row("Rubric", "42%", "67%"),
        Row("Finds the cause and a way out", "maybe", "heard"),
    )


def test_questions_of_one_session_alone_are_left_out():
    other = an_answer(STORY, a_question("other"))
    assert pair_up(a_report(an_answer()), a_report(other)) == ()
