"""The examples that authors copy are sound."""

import re
from pathlib import Path

import pytest

from simulator.adapters.places import shipped
from simulator.adapters.scenario_files import parse_scenario
from simulator.adapters.scenario_library import TEMPLATE
from simulator.core.rubric_checks import check_answers, check_wording

DOCUMENT = Path(__file__).parents[1] / "docs" / "authoring.md"
BLOCKS = re.findall(r"```toml\n(schema.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)


EXAMPLES = [pytest.param(text, id=f"block-{n}") for n, text in enumerate(BLOCKS)]
EXAMPLES.append(pytest.param(TEMPLATE.read_text("utf-8"), id="template"))


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_passes_the_check(text):
    scenario = parse_scenario(text, Path("example.toml"), (shipped("scenarios"),))
    assert scenario.questions
    for question in scenario.questions:
        assert [str(fault) for fault in check_wording(question)] == []


def test_there_are_a_pack_and_a_sitting():
    assert ["[sitting]" in text for text in BLOCKS] == [False, True]


@pytest.mark.weights
@pytest.mark.slow
@pytest.mark.parametrize("text", [EXAMPLES[0], EXAMPLES[-1]])
def test_the_judge_grades_an_examples_answers_as_they_are_named(text):
    from simulator import wiring

    judge = wiring.judge()
    for question in parse_scenario(text, Path("example.toml")).questions:
        found = check_answers(
            question, lambda said, q=question: judge.judge(tuple(said.split()), q)
        )
        assert [str(fault) for fault in found] == []
