"""The lines of lists and histories say what the report says."""

from dataclasses import replace

from simulator.core.ledger import (
    CriterionLine,
    PhraseLine,
    answer_line,
    criterion_lines,
    phrase_lines,
    session_line,
)
from simulator.core.session import Rating
from simulator.testing import a_report, an_answer


def test_a_session_is_summed_up():
    report = a_report()
    line = session_line(report.session, report)
    assert (line.id, line.scenario_id, line.title) == (
        "2026-03-02-0930-abcd", "customer-desk", "Customer desk",
    )  # fmt: skip
    assert (line.questions, line.answered, line.finished) == (2, 2, True)
    assert line.seconds == sum(take.duration for take in report.session.takes)
    assert line.coverage == report.answers[0].coverage.weighted


def test_a_session_that_was_not_measured_has_no_coverage():
    report = a_report()
    assert session_line(report.session, None).coverage is None


def test_an_answers_line_holds_its_measures():
    report = a_report()
    answer = report.answers[1]
    line = answer_line(report.session, report, answer)
    assert (line.words, line.duration) == (answer.pacing.words, answer.pacing.duration)
    assert line.coverage is None
    assert line.fillers_per_minute == answer.fillers_per_minute > 0


def test_the_candidates_correction_counts():
    report = a_report()
    first = report.answers[0].coverage.criteria[0]
    mine = Rating(report.answers[0].question.id, first.id, "missing")
    session = replace(report.session, corrections=(mine,))
    lines = criterion_lines(session, report.answers[0])
    question = report.answers[0].question.id
    assert lines[0] == CriterionLine(session.id, question, first.id, first.name, "missing")
    assert [line.status for line in lines[1:]] == [
        finding.status for finding in report.answers[0].coverage.criteria[1:]
    ]


def test_fillers_are_counted_by_what_was_said():
    answer = an_answer("[0.2] Um, I did, um, well, uh, it. [0.2]", judged=False)
    report = a_report(answer)
    counts = {line.phrase: line.count for line in phrase_lines(report.session, answer)}
    assert counts["um"] == 2
    assert counts["uh"] == 1
    assert all(isinstance(line, PhraseLine) for line in phrase_lines(report.session, answer))
