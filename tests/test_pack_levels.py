"""With the shipped weights, the model answers of a pack rank as their authors meant them to."""

import functools
import random

import pytest

from simulator import wiring
from simulator.core.rubric_checks import check_answers
from tests.test_packs import PACKS, QUESTIONS, WHOLE

pytestmark = [pytest.mark.weights, pytest.mark.slow]

EVERY = [question for pack in WHOLE for question in PACKS[pack].questions]
BETTER = 0.9
"""Share of the other questions' rubrics that a question's best answer must fit worse."""
ANSWERS, RUBRICS = 4, 5
"""A sample, as each takes a second or two; `benchmarks/packs.py --rubrics` tries them all."""


def fit(found):
    """Give the weighted mean of the scores: coverage would often tie, at nothing or at all."""
    weight = sum(criterion.weight for criterion in found.criteria)
    return sum(criterion.weight * criterion.score for criterion in found.criteria) / weight


@pytest.fixture(scope="module")
def judged():
    judge = wiring.judge()
    return functools.cache(lambda text, question: judge.judge(tuple(text.split()), question))


@pytest.mark.parametrize("question", QUESTIONS)
def test_better_answers_cover_clearly_more_and_none_raises_a_red_flag(judged, question):
    found = check_answers(question, lambda text: judged(text, question))
    assert [str(fault) for fault in found] == []


def test_the_best_answers_fit_their_own_rubric_better_than_others(judged):
    chance = random.Random(5)
    at_home = []
    for question in chance.sample(EVERY, ANSWERS):
        text = question.model_answers[-1].text
        own = fit(judged(text, question))
        others = chance.sample([other for other in EVERY if other is not question], RUBRICS)
        at_home += [fit(judged(text, other)) < own for other in others]
    assert sum(at_home) >= BETTER * ANSWERS * RUBRICS
