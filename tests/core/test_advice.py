"""Which few things a session's report speaks of, and that it proves them."""

from dataclasses import replace

import pytest

from simulator.core.advice import Moment, advise
from simulator.core.advice.evidence import mean_heard, share_heard
from simulator.core.coverage import Quote
from simulator.core.findings import list_findings
from simulator.core.ledger import answer_line, session_line
from simulator.core.session import Rating
from simulator.report import render
from simulator.report.html import render as page
from simulator.testing import STORY, a_question, a_report, an_answer

FLUENT = "[0.4] " + " ".join(["I asked her and called the office and it was solved."] * 10)


def rules(points):
    return [point.rule for point in points]


def test_a_missing_criterion_comes_with_the_follow_up_to_expect():
    first = advise(a_report()).work_on[0]
    assert first.text == "Answer 1: “Says how it ended” was not heard."
    assert first.next_step == "Be ready for: And how did it end?"


def test_of_equal_criteria_that_of_the_answer_which_shows_least_is_named():
    shown, bare = an_answer(), an_answer("one two three", a_question("bare"))
    first = advise(a_report(shown, bare)).work_on[0]
    assert first.text == (
        "Answer 2: “Says how it ended” was not heard, nor were 3 more of the weightier criteria."
    )
    assert first.next_step == "Be ready for: And how did it end?"


def test_the_candidates_correction_counts_before_the_judges_word():
    report = a_report()
    session = replace(report.session, corrections=(Rating("angry-customer", "result", "covered"),))
    assert "criterion" not in rules(advise(replace(report, session=session)).work_on)


def test_corrections_count_in_the_share_that_was_heard():
    report = a_report()
    corrections = (
        Rating("angry-customer", "result", "covered"),
        Rating("angry-customer", "listens", "missing"),
    )
    session = replace(report.session, corrections=corrections)
    # Weights 1, 1.5, 1.5 and 2: feeling and result are 3.5 of 6.
    assert share_heard(session, report.answers[0]) == pytest.approx(3.5 / 6)
    assert share_heard(session, report.answers[1]) is None
    corrected = replace(report, session=session)
    assert mean_heard(corrected) == pytest.approx(3.5 / 6)
    assert session_line(session, corrected).coverage == pytest.approx(3.5 / 6)
    assert answer_line(session, report, report.answers[0]).coverage == pytest.approx(3.5 / 6)


def test_a_criterion_of_less_than_mean_weight_is_not_spoken_of():
    answer = an_answer()
    light = replace(answer.coverage.criteria[3], weight=0.1)
    coverage = replace(answer.coverage, criteria=(*answer.coverage.criteria[:3], light))
    assert "criterion" not in rules(advise(a_report(replace(answer, coverage=coverage))).work_on)


def flagged(score):
    answer = an_answer()
    quote = answer.coverage.criteria[0].quote
    flag = replace(answer.coverage.red_flags[0], status="raised", score=score, quote=quote)
    coverage = replace(answer.coverage, red_flags=(flag,))
    return a_report(replace(answer, coverage=coverage))


def test_a_flag_that_is_rather_not_there_is_shown_as_possible_and_not_advised_on():
    report = flagged(0.49)
    assert "red flag" not in rules(advise(report).work_on)
    (found,) = [f for f in list_findings(report.answers[0]) if f.kind == "red_flag"]
    assert found.certainty == "uncertain"
    assert "possible: Makes it the customer's fault" in render(report, "text")
    assert "**Possible red flag:** Makes it" in render(report, "markdown")
    assert "<strong>Possible: Makes it" in page(report)


def test_a_session_with_nothing_else_to_work_on_is_told_a_lighter_criterion():
    said = "I asked her and called the office and it was solved then. [0.5] " * 5
    answer = an_answer("[0.4] " + said + "In the end she thanked me.")
    heard = [replace(c, status="covered", quote=Quote("I", 0, 0)) for c in answer.coverage.criteria]
    light = replace(heard[0], status="missing", quote=None, weight=0.1)
    coverage = replace(answer.coverage, criteria=(light, *heard[1:]))
    question = replace(answer.question, answer_seconds=(1, 90))
    advice = advise(a_report(replace(answer, coverage=coverage, question=question)))
    assert [p.text for p in advice.work_on] == [
        "Answer 1: “Lets the customer finish” was not heard."
    ]


def test_a_raised_flag_is_spoken_of_first_with_its_moment():
    first = advise(flagged(0.5)).work_on[0]
    assert first.text == "Answer 1: a red flag could be heard: Makes it the customer's fault."
    assert first.moments == (
        Moment("angry-customer", pytest.approx(13.34), pytest.approx(14.62), "I let her finish"),
    )


@pytest.mark.parametrize(
    ("silences", "spoken_of"),
    [
        ((1.9, 1.9, 1.9), False),
        ((2.1, 2.1), False),
        ((2.1, 2.1, 2.1), True),
        ((3.9,), False),
        ((4.1,), True),
    ],
)
def test_three_long_pauses_or_a_very_long_one_are_spoken_of(silences, spoken_of):
    said = "one " + " ".join(f"[{seconds}] two" for seconds in silences)
    report = a_report(an_answer(said, judged=False))
    assert ("long pauses" in rules(advise(report).work_on)) is spoken_of


def test_long_pauses_are_named_longest_first_and_shown_in_order_of_time():
    report = a_report(an_answer("one [2.1] two [4.5] three [2.5] four", judged=False))
    point = next(p for p in advise(report).work_on if p.rule == "long pauses")
    assert point.text == "Answer 1: 3 pauses of 2 s or more, the longest 4.5 s."
    assert [round(m.end - m.start, 2) for m in point.moments] == [2.1, 4.5, 2.5]


@pytest.mark.parametrize(
    ("fillers", "keep", "work_on"),
    [(0, True, False), (2, True, False), (3, False, False), (5, False, True)],
)
def test_few_fillers_are_kept_and_many_worked_on(fillers, keep, work_on):
    # 100 words of 0.32 s are 32 s; each um adds 0.32 s.
    said = " ".join(["word"] * 100 + ["um"] * fillers)
    advice = advise(a_report(an_answer(said, judged=False)))
    assert ("fillers" in rules(advice.keep)) is keep
    assert ("fillers" in rules(advice.work_on)) is work_on


def test_uncertain_fillers_are_never_counted():
    answer = an_answer(" ".join(["word"] * 100 + ["um"] * 9), judged=False)
    unsure = tuple(replace(filler, certainty="uncertain") for filler in answer.fillers)
    advice = advise(a_report(replace(answer, fillers=unsure)))
    assert "fillers" not in rules(advice.work_on)


def test_a_story_without_a_result_is_told_so():
    report = a_report(an_answer(STORY, judged=False))
    assert "result" in rules(advise(report).work_on)


def test_no_list_has_more_than_three_points():
    advice = advise(a_report(*(an_answer(question=a_question(f"q{n}")) for n in range(9))))
    assert len(advice.keep) <= 3
    assert len(advice.work_on) <= 3


def test_silence_is_no_ground_for_advice():
    advice = advise(a_report(an_answer("[5]", judged=False)))
    assert advice.keep == advice.work_on == ()


@pytest.mark.parametrize("word", ["confident", "nervous", "weak", "bad", "poor", "should"])
def test_no_point_judges_the_person(word):
    advice = advise(a_report(an_answer(), an_answer(FLUENT, a_question("other"), judged=False)))
    assert not any(word in point.text.lower() for point in (*advice.keep, *advice.work_on))
