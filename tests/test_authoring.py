"""The examples that authors copy are sound."""

import re
from pathlib import Path

import pytest

from simulator.adapters.places import shipped
from simulator.adapters.scenario_files import parse_scenario
from simulator.adapters.scenario_library import TEMPLATE
from simulator.core.rubric_checks import check_wording

DOCUMENT = Path(__file__).parents[1] / "docs" / "authoring.md"
BLOCKS = re.findall(r"```toml\n(schema.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("text", [*BLOCKS, TEMPLATE.read_text("utf-8")])
def test_an_example_passes_the_check(text):
    scenario = parse_scenario(text, Path("example.toml"), (shipped("scenarios"),))
    assert scenario.questions
    for question in scenario.questions:
        assert [str(fault) for fault in check_wording(question)] == []


def test_there_are_a_pack_and_a_sitting():
    assert ["[sitting]" in text for text in BLOCKS] == [False, True]
