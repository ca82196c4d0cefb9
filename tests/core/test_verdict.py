"""Evidence becomes a verdict by a rule that can be followed by hand."""

import math

import numpy as np
import pytest

from simulator.adapters.judge import load_rules
from simulator.core.coverage import Coverage, CriterionFinding, Quote, follow_ups
from simulator.core.scenario import Criterion
from simulator.core.stretches import Stretch
from simulator.core.verdict import (
    MEANT,
    PLAIN,
    Evidence,
    Rule,
    believed,
    features,
    function_share,
    hypothesis,
    likeliest,
    quoted,
)

SAID = ("I told her that I was sorry", "I said it was on us and I paid for it", "Voucher, taxi.")


def evidence(*entailed, nearness=None, meant=None):
    """Give evidence of two criteria and no red flag about SAID."""
    rows = np.array(entailed, dtype=float)
    near = np.zeros_like(rows) if nearness is None else np.array(nearness, dtype=float)
    again = np.zeros_like(rows) if meant is None else np.array(meant, dtype=float)
    stretches = tuple(Stretch(i, i, text) for i, text in enumerate(SAID))
    asked, denied = np.zeros(len(SAID)), rows * 0 - 3.0
    return Evidence(stretches, len(rows), rows, denied, near, asked, again, denied)


def finding(key, weight, score, status="missing"):
    quote = Quote("x", 0, 0) if status == "covered" else None
    return CriterionFinding(key, key, weight, status, score, quote, f"And {key}?")


def test_the_strongest_stretch_is_chosen():
    found = evidence([-1.0, 2.0, -3.0], [0.0, 0.0, 0.0])
    assert found.chosen == (1, 0)


def test_what_was_said_around_a_stretch_decides_between_the_two_strongest():
    """The third has the best context, but speaks too weakly alone to be read again."""
    found = evidence([2.0, 1.5, -3.0], [-2.0, -2.0, -2.0], meant=[[-1.0, 1.0, 9.0], [0.0] * 3])
    assert likeliest(found.preference)[0].tolist() == [0, 1]
    assert found.chosen[0] == 1


def test_what_a_stretch_means_in_its_context_is_heard_by_the_rule():
    numbers = [
        features(evidence([2.0, -9.0, -9.0], [0.0] * 3, meant=[[odds, -4.0, 0.0], [0.0] * 3]))[0]
        for odds in (-2.0, 3.0)
    ]
    changed = [(a, b) for a, b in zip(*numbers, strict=True) if a != b]
    assert changed == [(-2.0, 3.0), (-2.0, 3.0)]  # its own word, and the best of those read again


def test_what_speaks_for_all_criteria_speaks_for_none():
    found = evidence([2.0, 2.5, -3.0], [-2.0, 2.5, -3.0])
    # less half of the mean over the criteria: 2 - 0 against 2.5 - 1.25
    assert found.strength[0, :2] == pytest.approx([2.0, 1.25])
    # less a quarter of what it says for the other criterion: -2 and 1.25
    assert found.preference[0, :2] == pytest.approx([2.5, 0.9375])
    assert found.chosen[0] == 0


def test_nearness_to_a_phrase_helps():
    found = evidence([0.0, 0.0, 0.0], nearness=[[0.5, 0.1, 0.0]])
    assert found.strength[0, :2] == pytest.approx([5.0, 1.0])


def test_a_list_of_buzzwords_loses_to_plain_speech():
    found = evidence([-1.0, -2.0, 4.0], [-1.0, -1.0, -1.0])
    assert found.chosen[0] == 0


@pytest.mark.parametrize(("shorter", "place"), [(1.4, 1), (1.2, 0)])
def test_the_quote_is_the_shortest_that_says_as_much(shorter, place):
    """Within the chosen stretch, 0.7 log-odds may be lost; a stretch elsewhere is no part."""
    stretches = (Stretch(0, 20, "long"), Stretch(0, 9, "short"), Stretch(30, 33, "elsewhere"))
    assert quoted(stretches, np.array([2.0, shorter, 1.9]), 0) == place


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
    low = features(evidence([0.0, -1.0, -1.0], [-2.0, -2.0, -2.0]))[0]
    high = features(evidence([3.0, -1.0, -1.0], [-2.0, -2.0, -2.0]))[0]
    rule = Rule((0.5, *[0.0] * (len(low) - 1)), -1.0, 0.5, 0.3)
    assert rule.probability(high) > rule.probability(low)


def test_the_shipped_rule_has_a_weight_for_each_feature():
    numbers = features(evidence([0.0, 0.0, 0.0]))[0]
    rules = load_rules()
    assert len(rules.criteria.weights) == len(rules.flags.weights) == len(numbers)
    assert all(math.isfinite(number) for number in numbers)


def test_a_criterion_is_held_against_as_its_name_with_phrases():
    criterion = Criterion("own", "Owns it", ("I say sorry", "It is on us"))
    assert hypothesis(criterion) == "Owns it: I say sorry; It is on us"


def test_of_many_phrases_the_two_nearest_to_the_stretch_are_held_against_it():
    """They tell different stories, and the others would be taken amiss."""
    many = Criterion("own", "Owns it", ("I say sorry", "It is on us", "My fault", "I paid"))
    assert hypothesis(many, [0.1, 0.6, 0.2, 0.7]) == "Owns it: I paid; It is on us"
    assert hypothesis(many) == "Owns it: I say sorry; It is on us; My fault"
    few = Criterion("own", "Owns it", ("I say sorry", "It is on us"))
    assert hypothesis(few, [0.1, 0.6]) == "Owns it: I say sorry; It is on us"


def test_what_a_criterion_is_held_down_by_is_its_best_stretchs_own_word():
    found = evidence([-1.0, 2.0, -3.0], [0.0, 0.0, 0.0])
    assert [numbers[PLAIN] for numbers in features(found)] == [2.0, 0.0]


@pytest.mark.parametrize(
    ("alone", "in_context", "most"), [(0.0, 0.0, 0.9), (-2.0, -4.0, 0.095), (-5.0, -5.0, 0.013)]
)
def test_a_good_answer_is_not_believed_to_hold_what_its_own_words_do_not_say(
    alone, in_context, most
):
    """Twice what the chosen stretch says, alone and in its context: 2 / (1 + e^3) = 0.095."""
    numbers = [0.0] * len(load_rules().criteria.weights)
    numbers[PLAIN], numbers[MEANT] = alone, in_context
    assert believed(0.9, tuple(numbers)) == pytest.approx(most, abs=1e-3)


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
