"""With the shipped weights, the model answers of a pack rank as their authors meant them to."""

import pytest

from simulator import wiring
from simulator.core.rubric_checks import check_answers
from tests.test_packs import PACKS, WHOLE

pytestmark = [pytest.mark.weights, pytest.mark.slow]

NOT_YET = frozenset({"dc18", "dc26", "difficult-conversations"})
"""Where the judge is wrong: it misses a story told in scenes, or takes care and calm for a flag."""
QUESTIONS = [
    pytest.param(
        question,
        id=f"{pack}-{question.id}",
        marks=[pytest.mark.xfail(reason="the judge disagrees")] if question.id in NOT_YET else [],
    )
    for pack in WHOLE
    for question in PACKS[pack].questions
]


@pytest.fixture(scope="module")
def judge():
    return wiring.judge()


@pytest.mark.parametrize("question", QUESTIONS)
def test_better_answers_cover_more_and_none_raises_a_red_flag(judge, question):
    found = check_answers(question, lambda text: judge.judge(tuple(text.split()), question))
    assert [str(fault) for fault in found] == []
