"""What every shipped pack keeps to."""

import re
from pathlib import Path

import pytest

from simulator.adapters.places import shipped
from simulator.adapters.scenario_library import ScenarioLibrary
from simulator.core.rubric_checks import check_wording

FOLDER = shipped("scenarios")
GUIDES = Path(__file__).parents[2] / "shared" / "documents"
LIBRARY = ScenarioLibrary(FOLDER / "none", FOLDER)
PACKS = {pack.id: LIBRARY.load(pack.id) for pack in LIBRARY.packs()}
WHOLE = [pack.id for pack in LIBRARY.packs() if not pack.sitting_of]
QUESTIONS = [pytest.param(q, id=f"{p}-{q.id}") for p in WHOLE for q in PACKS[p].questions]
RUN = 8


def runs(text):
    words = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def test_the_packs_are_these():
    assert {pack: len(scenario.questions) for pack, scenario in PACKS.items()} == {
        "difficult-customers": 28,
        "difficult-customers-1": 9,
        "difficult-customers-2": 9,
        "difficult-customers-3": 10,
        "first-interview": 8,
        "loss-prevention": 1,
        "order-management": 1,
        "taster": 3,
    }


def test_a_pack_is_called_like_its_file():
    assert {path.stem for path in FOLDER.glob("*.toml")} - {"styles"} == {
        scenario.id for scenario in PACKS.values()
    }


def test_every_difficult_customer_has_exactly_one_sitting():
    seated = [q.id for n in (1, 2, 3) for q in PACKS[f"difficult-customers-{n}"].questions]
    assert sorted(seated) == [q.id for q in PACKS["difficult-customers"].questions]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_complete(question):
    assert 5 <= len(question.criteria) <= 8
    assert 2 <= len(question.red_flags) <= 4
    assert all(4 <= len(part.evidence) <= 8 for part in (*question.criteria, *question.red_flags))
    assert [answer.level for answer in question.model_answers] == ["basic", "solid", "exceptional"]
    assert all(80 <= len(answer.text.split()) <= 200 for answer in question.model_answers)
    assert all(answer.why for answer in question.model_answers)
    assert len(question.prepare) >= 3
    assert question.competencies
    assert question.think_seconds > 0


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_wording_passes_the_strict_check(question):
    assert [str(fault) for fault in check_wording(question)] == []


@pytest.mark.weights
@pytest.mark.slow
@pytest.mark.parametrize("pack", WHOLE)
def test_no_two_phrases_of_a_criterion_mean_the_same(pack):
    from simulator import wiring

    cosine = wiring.phrase_cosine(PACKS[pack])
    found = [str(f) for q in PACKS[pack].questions for f in check_wording(q, cosine)]
    assert found == []


@pytest.mark.skipif(not GUIDES.is_dir(), reason="the guides are not beside this checkout")
@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_no_eight_words_in_a_row_are_a_guides(path):
    guides = [guide.read_text("utf-8") for guide in GUIDES.glob("*.txt")]
    taken = runs(path.read_text("utf-8")) & set().union(*map(runs, guides))
    assert {" ".join(run) for run in taken} == set()
    assert len(guides) == 3


def test_the_interviewers_styles_have_lines_for_every_moment():
    styles = LIBRARY.styles()
    assert [style.id for style in styles] == ["friendly", "neutral", "brisk"]
    for style in styles:
        moments = (style.introduction, style.acknowledgement, style.next, style.follow_up)
        assert all((*moments, style.closing))


def test_the_table_gives_each_question_of_the_guides_its_place():
    rows = re.findall(
        r"^\| [A-Z][a-z ]+, (\d+) \|.*\| `([\w-]+)` `([\w-]+)` \| (?:sitting (\d) )?\|$",
        (FOLDER / "README.md").read_text("utf-8"),
        re.MULTILINE,
    )
    assert len(rows) == 30
    for number, pack, question, sitting in rows:
        assert PACKS[pack].question(question)
        if sitting:
            assert question == f"dc{int(number):02}"
            assert PACKS[f"{pack}-{sitting}"].question(question)


@pytest.mark.parametrize("pack", ["order-management", "loss-prevention"])
def test_the_advice_of_a_guide_fills_every_criterion_and_only_names_what_there_is(pack):
    text = (FOLDER / "README.md").read_text("utf-8")
    part = re.split(r"^###? ", text.partition(f": `{pack}`")[2], maxsplit=1, flags=re.MULTILINE)[0]
    named = {name for row in part.splitlines()[1:] for name in re.findall(r"`([\w-]+)`", row)}
    (question,) = PACKS[pack].questions
    criteria = {criterion.id for criterion in question.criteria}
    assert criteria <= named
    others = {flag.id for flag in question.red_flags} | {"why", "prepare", "competencies"}
    assert named <= criteria | others


def test_the_topics_to_learn_are_asked_about_in_questions_that_there_are():
    text = (FOLDER / "README.md").read_text("utf-8").partition("topics to learn")[2]
    named = set(re.findall(r"`(dc\d+)`", text))
    assert len(re.findall(r"^\| [A-Z]", text, re.MULTILINE)) == 9  # eight topics and the head
    assert named <= {question.id for question in PACKS["difficult-customers"].questions}
