"""Evidence becomes a verdict by a rule that can be followed by hand."""

import pytest

from simulator.core.coverage import Coverage, CriterionFinding, Quote, follow_ups
from simulator.core.scenario import Criterion
from simulator.core.stretches import Stretch
from simulator.core.verdict import (
    Evidence,
    Rule,
    Surroundings,
    best,
    features,
    function_share,
    hypotheses,
)


def evidence(text, *entailed, contradicted=-5.0):
    return Evidence(Stretch(0, 5, text), entailed, contradicted, 0.4)


def finding(key, weight, score, status="missing"):
    quote = Quote("x", 0, 0) if status == "covered" else None
    return CriterionFinding(key, key, weight, status, score, quote, f"And {key}?")


def test_the_strongest_stretch_is_chosen():
    weak = evidence("I told her that I was sorry", -1.0, 0.0, 1.0)
    strong = evidence("I said it was on us", 2.0, 1.0, 3.0)
    assert best((weak, strong)) is strong


def test_a_list_of_buzzwords_loses_to_plain_speech():
    listed = evidence("Apology, empathy, ownership, compensation.", 4.0, 4.0, 4.0)
    said = evidence("I told her that I was sorry", 0.0, 0.0, 0.0)
    assert best((listed, said)) is said


def test_function_words_hold_speech_together():
    assert function_share("I put it in the book") == pytest.approx(4 / 6)
    assert function_share("Voucher, upgrade, taxi.") == 0.0


def test_a_rule_has_three_states():
    rule = Rule((1.0,), 0.0, covered=0.6, maybe=0.3)
    assert rule.probability((0.0,)) == 0.5
    assert [rule.status(p) for p in (0.6, 0.59, 0.3, 0.29)] == [
        "covered",
        "maybe",
        "maybe",
        "missing",
    ]
    assert [rule.flag_status(p) for p in (0.6, 0.59)] == ["raised", "clear"]


def test_more_evidence_raises_the_probability():
    rule = Rule((0.5, *[0.0] * 15), -1.0, 0.5, 0.3)
    around = Surroundings(0.3, 0.0, 0.5)
    low = features((evidence("I did it", 0.0, 0.0, 0.0),), around)
    high = features((evidence("I did it", 3.0, 0.0, 0.0),), around)
    assert rule.probability(high) > rule.probability(low)


def test_a_criterion_is_held_against_its_name_and_phrases():
    criterion = Criterion("own", "Owns it", ("I say sorry", "It is on us"))
    assert hypotheses(criterion) == (
        "Owns it: I say sorry; It is on us",
        "Owns it",
        "I say sorry",
        "It is on us",
    )


def test_follow_ups_ask_for_the_weightiest_that_is_surely_missing_at_most_two():
    coverage = Coverage(
        (
            finding("sure and light", 0.5, 0.0),
            finding("maybe and heavy", 2.0, 0.5, "maybe"),
            finding("sure and heavy", 1.5, 0.1),
            finding("shown", 3.0, 0.9, "covered"),
        )
    )
    assert [f.id for f in follow_ups(coverage)] == ["sure and heavy", "maybe and heavy"]
