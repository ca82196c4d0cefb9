"""With the shipped weights, telling is covered; denying and listing are not."""

import pytest

from simulator import wiring
from simulator.core.scenario import Criterion, Question

pytestmark = pytest.mark.weights

QUESTION = Question(
    "borrowed-ladder",
    "A neighbour says that you broke the ladder he lent you. What do you do?",
    "situational",
    (
        Criterion("sorry", "Apologises", ("I say that I am sorry", "I admit that I broke it")),
        Criterion("pay", "Makes it good", ("I pay for a new ladder", "I offer to replace it")),
    ),
)


@pytest.fixture(scope="module")
def judge():
    return wiring.judge()


def statuses(judge, text):
    found = judge.judge(tuple(text.split()), QUESTION)
    return {finding.id: finding.status for finding in found.criteria}


def test_what_was_done_in_other_words_is_covered(judge):
    told = (
        "I went over the same evening and told him, that was me, and I feel awful about it. "
        "On the Saturday I drove to the hardware shop and put a new one in his shed, "
        "and he didn't have to get his wallet out."
    )
    assert statuses(judge, told) == {"sorry": "covered", "pay": "covered"}


def test_a_denial_in_the_same_words_is_not(judge):
    denied = (
        "I never say that I am sorry, and I don't admit that I broke it. "
        "I wouldn't pay for a new ladder and I don't offer to replace it, that's his problem."
    )
    assert "covered" not in statuses(judge, denied).values()


def test_a_list_is_not(judge):
    listed = "Apology, empathy, ownership, neighbourly relations. Compensation, replacement, trust."
    assert "covered" not in statuses(judge, listed).values()
