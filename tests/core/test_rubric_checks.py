"""Weak rubrics are found, and only they."""

import pytest

from simulator.core.coverage import Coverage, CriterionFinding, FlagFinding, Quote
from simulator.core.rubric_checks import check_answers, check_wording, phrases, shared_words
from simulator.core.scenario import Criterion, ModelAnswer, Question, RedFlag, Scenario

LISTENS = (
    "I let them finish their story",
    "my pen stays down until she is done",
    "nobody gets cut off by me",
    "first of all I keep quiet",
)
OFFERS = (
    "I lay out two ways forward",
    "he picks whichever suits him",
    "a refund or a replacement, your choice",
    "there is always another train",
)


def question(listens=LISTENS, offers=OFFERS, prompt="How do you calm somebody?", **changes):
    fields = {
        "id": "q",
        "prompt": prompt,
        "kind": "situational",
        "why": "To hear the order of things.",
        "criteria": (
            Criterion("listens", "Listens", listens, follow_up="What first?"),
            Criterion("offers", "Offers", offers, follow_up="What then?"),
        ),
        "model_answers": tuple(
            ModelAnswer(level, level) for level in ("basic", "solid", "exceptional")
        ),
    }
    return Question(**(fields | changes))


def said(found):
    return [str(fault) for fault in found]


def coverage(covered, raised=False):
    return of(covered, 4, raised)


def of(covered, count, raised=False):
    quote = Quote("so I did", 0, 2)
    criteria = tuple(
        CriterionFinding(f"c{n}", "", 1.0, "covered" if n < covered else "missing", 0.5, quote)
        for n in range(count)
    )
    flag = FlagFinding("rude", "Is rude", "raised" if raised else "clear", 0.5, quote)
    return Coverage(criteria, (flag,))


def test_a_careful_question_has_no_fault():
    assert check_wording(question()) == ()


def test_rewordings_within_a_criterion_are_too_alike():
    twice = (*LISTENS, "I let them finish the whole story")
    assert said(check_wording(question(listens=twice))) == [
        "q.listens: evidence phrases too alike: 'I let them finish their story' and "
        "'I let them finish the whole story'"
    ]


def test_a_phrase_that_proves_two_criteria_is_an_overlap():
    shared = (*OFFERS[:3], "I let them finish their story")
    assert said(check_wording(question(offers=shared))) == [
        "q.listens: overlaps with offers: 'I let them finish their story' and "
        "'I let them finish their story'"
    ]


def test_meaning_counts_where_it_can_be_compared():
    def cosine(one, other):
        return 0.9 if {one, other} == {LISTENS[0], LISTENS[2]} else 0.1

    assert len(check_wording(question(), cosine)) == 1


def test_a_prompt_of_thirty_one_words_takes_more_than_a_breath():
    assert check_wording(question(prompt="word " * 30)) == ()
    assert said(check_wording(question(prompt="word " * 31))) == [
        "q.prompt: 31 words are too long for one breath: at most 30"
    ]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"model_answers": ()}, "q.model_answers: 0 basic model answers: exactly one is needed"),
        ({"why": " "}, "q.why: does not say why the question is asked"),
        ({"criteria": (Criterion("c", "C", LISTENS),)}, "q.c: has no follow-up question"),
        (
            {"criteria": (Criterion("c", "C", LISTENS[:3], follow_up="?"),)},
            "q.c: 3 evidence phrases: give at least 4",
        ),
    ],
)
def test_what_is_missing_is_named(changes, fault):
    assert fault in said(check_wording(question(**changes)))


def test_red_flags_are_compared_too():
    flag = RedFlag("rude", "Is rude", ("I shouted back", "so I shouted right back"))
    assert len(check_wording(question(red_flags=(flag,)))) == 1


def test_answers_in_rising_order_have_no_fault():
    results = {"basic": coverage(1), "solid": coverage(3), "exceptional": coverage(4)}
    assert check_answers(question(), results.__getitem__) == ()


def test_a_rubric_that_the_basic_answer_satisfies_is_found():
    results = {"basic": coverage(2), "solid": coverage(3), "exceptional": coverage(4)}
    assert said(check_answers(question(), results.__getitem__)) == [
        "q.basic: the basic answer already covers 50% of the rubric"
    ]


def test_an_answer_hardly_better_than_the_one_below_is_found():
    results = {"basic": coverage(1), "solid": coverage(3), "exceptional": coverage(3)}
    assert said(check_answers(question(), results.__getitem__)) == [
        "q.exceptional: covers 75%, hardly more than the solid answer (75%)"
    ]


def test_four_points_more_are_a_matter_of_luck_and_five_are_not():
    below = {"basic": of(0, 100), "solid": of(50, 100)}
    nearly, enough = {"exceptional": of(54, 100)}, {"exceptional": of(55, 100)}
    assert len(check_answers(question(), (below | nearly).__getitem__)) == 1
    assert check_answers(question(), (below | enough).__getitem__) == ()


def test_a_model_answer_that_raises_a_red_flag_is_found():
    results = {"basic": coverage(1), "solid": coverage(3, raised=True), "exceptional": coverage(4)}
    assert said(check_answers(question(), results.__getitem__)) == [
        "q.solid: raises the red flag rude: 'so I did'"
    ]


def test_shared_words_leaves_out_the_common_ones_and_endings():
    # Content words: {shout, manager} and {shout, customer, manager}; two of three are shared.
    assert shared_words("I shouted at the manager", "shouting customers, managers") == 2 / 3
    assert shared_words("", "") == 1.0
    assert shared_words("I was", "they are") == 0.0


def test_phrases_are_listed_once():
    pack = Scenario("p", "P", (question(), question()))
    assert phrases(pack) == LISTENS + OFFERS
