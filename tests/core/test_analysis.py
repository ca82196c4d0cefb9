"""A report of one answer holds what its words show."""

from dataclasses import replace

from simulator import testing
from simulator.core.analysis import analyse_answer, measure_as
from simulator.core.measuring import Measuring

SAID = (
    "[0.4] We had two leaks at work in June. [0.5] My job was to find them before Monday. "
    "[0.3] So I called Priya and I fixed both."
)


def test_the_parts_of_a_story_and_what_is_concrete_are_in_the_report():
    answer = testing.an_answer(SAID)
    words = [word.text for word in answer.transcript.words]
    assert answer.structure.parts[0].kind == "situation"
    assert "result" in answer.structure.missing
    assert [words[i] for i in answer.specificity.numbers] == ["two"]
    assert [words[i] for i in answer.specificity.names] == ["June.", "Monday.", "Priya"]
    assert (answer.specificity.singular, answer.specificity.plural) == (3, 1)


def test_what_is_swollen_follows_the_users_shares():
    answer = testing.an_answer(SAID)
    # eight words each: a third of the time, where a tenth is usual for the task
    assert answer.structure.swollen == ("task",)
    other = measure_as(answer, Measuring(star_shares=(0.3, 0.3, 0.1, 0.3)))
    assert other.structure.swollen == ("action",)


def test_another_language_has_no_parts():
    answer = testing.an_answer(SAID)
    foreign = replace(answer.transcript, language="de")
    found = analyse_answer(answer.question, answer.take, foreign, None)
    assert (found.structure, found.specificity) == (None, None)


def test_what_the_judge_remarks_is_noted_unless_nothing_was_said():
    answer = testing.an_answer(SAID)
    coverage = replace(answer.coverage, notes=("little of this",))
    said = analyse_answer(answer.question, answer.take, answer.transcript, coverage)
    silent = analyse_answer(
        answer.question, answer.take, replace(answer.transcript, words=()), coverage
    )
    assert "little of this" in said.notes
    assert "little of this" not in silent.notes
