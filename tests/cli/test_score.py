"""`rehearse score` prints what is documented, and its quotes are verbatim."""

import json

import pytest
from click.testing import CliRunner

from simulator import wiring
from simulator.cli.score import command
from simulator.core.coverage import Coverage, CriterionFinding, FlagFinding, Quote
from simulator.errors import ScenarioError, SessionError

SCENARIO = """schema = 1
id = "s"
title = "S"
[[questions]]
id = "{}"
prompt = "What do you do?"
kind = "situational"
[[questions.criteria]]
id = "own"
name = "Apologises"
evidence = ["I apologise"]
[[questions.red_flags]]
id = "blame"
name = "Blames"
evidence = ["It is their fault"]
"""


class SecondToFourthWord:
    """Tick everything, always with the same three words."""

    def judge(self, words, question):
        quote = Quote(" ".join(words[1:4]), 1, 3)
        return Coverage(
            tuple(
                CriterionFinding(c.id, c.name, c.weight, "covered", 0.81239, quote)
                for c in question.criteria
            ),
            tuple(FlagFinding(f.id, f.name, "clear", 0.1) for f in question.red_flags),
        )


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.setattr(wiring, "judge", SecondToFourthWord)
    (tmp_path / "one.toml").write_text(SCENARIO.format("q1"))
    second = SCENARIO.format("q2").split('title = "S"\n')[1]
    (tmp_path / "two.toml").write_text(SCENARIO.format("q1") + second)
    (tmp_path / "answer.txt").write_text("Well,  I said\nsorry to her.\n")
    return tmp_path


def score(*arguments, text=None):
    return CliRunner().invoke(command, [str(a) for a in arguments], input=text)


def test_json_is_as_documented_and_the_quote_keeps_spaces_and_lines(files):
    result = score("--scenario", files / "one.toml", "--transcript", files / "answer.txt", "--json")
    assert json.loads(result.stdout) == {
        "question": "q1",
        "criteria": [{"id": "own", "status": "covered", "score": 0.8124, "quote": "I said\nsorry"}],
        "red_flags": [{"id": "blame", "status": "clear", "quote": None}],
        "coverage": 1.0,
    }


def test_an_answer_can_come_from_standard_input(files):
    result = score("--scenario", files / "one.toml", "--transcript", "-", text="Oh I am sorry")
    assert "✓ own (covered): “I am sorry”" in result.stdout


def test_several_questions_ask_for_a_choice(files):
    result = score("--scenario", files / "two.toml", "--transcript", files / "answer.txt")
    assert isinstance(result.exception, ScenarioError)
    assert str(result.exception).endswith("choose one with --question: q1, q2")


def test_an_unknown_question_names_the_known(files):
    result = score(
        "--scenario", files / "two.toml", "--question", "q9", "--transcript", files / "answer.txt"
    )
    assert str(result.exception).endswith("no question 'q9': known are q1, q2")


def test_a_missing_transcript_is_said_plainly(files):
    result = score("--scenario", files / "one.toml", "--transcript", files / "none.txt")
    assert isinstance(result.exception, SessionError)
    assert "none.txt: cannot be read: No such file or directory" in str(result.exception)
