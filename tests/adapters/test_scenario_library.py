"""Scenarios are found by id or file, and a sitting takes its questions from its pack."""

import pytest

from simulator.adapters.scenario_files import InvalidScenario, load_scenario
from simulator.adapters.scenario_library import ScenarioLibrary, load_styles
from simulator.errors import ScenarioError

QUESTION = """
[[questions]]
id = "{id}"
prompt = "How was it?"
kind = "knowledge"
[[questions.criteria]]
id = "c"
name = "C"
evidence = ["it was good"]
"""
SITTING = 'schema = 1\nid = "{id}"\ntitle = "S"\n[sitting]\nof = "{of}"\nquestions = {questions}\n'


def pack_text(pack_id, *questions, title="A pack"):
    head = f'schema = 1\nid = "{pack_id}"\ntitle = "{title}"\nrole = "Clerk"\n'
    return head + "".join(QUESTION.format(id=question) for question in questions)


@pytest.fixture
def library(tmp_path):
    own, shipped = tmp_path / "own", tmp_path / "shipped"
    own.mkdir()
    shipped.mkdir()
    (shipped / "long.toml").write_text(pack_text("long", "q1", "q2", "q3"), "utf-8")
    (shipped / "styles.toml").write_text("schema = 1\n", "utf-8")
    sitting = SITTING.format(id="short", of="long", questions='["q3", "q1"]')
    (shipped / "short.toml").write_text(sitting, "utf-8")
    return ScenarioLibrary(own, shipped)


def test_packs_and_sittings_are_listed_with_their_number_of_questions(library):
    found = [(pack.id, pack.questions, pack.sitting_of) for pack in library.packs()]
    assert found == [("short", 2, "long"), ("long", 3, "")]


def test_a_sitting_asks_its_questions_in_its_own_order(library):
    scenario = library.load("short")
    assert [question.id for question in scenario.questions] == ["q3", "q1"]
    assert (scenario.id, scenario.title, scenario.role) == ("short", "S", "Clerk")


def test_the_users_own_pack_replaces_a_shipped_one(library):
    (library.own / "long.toml").write_text(pack_text("long", "mine", title="Mine"), "utf-8")
    assert library.load("long").title == "Mine"
    assert [pack.origin for pack in library.packs()] == ["own", "shipped"]


def test_a_file_anywhere_may_be_a_sitting_of_a_shipped_pack(library, tmp_path):
    path = tmp_path / "elsewhere.toml"
    path.write_text(SITTING.format(id="x", of="long", questions='["q2"]'), "utf-8")
    assert library.load(str(path)).questions[0].id == "q2"


def test_an_unknown_id_suggests_the_nearest(library):
    with pytest.raises(ScenarioError, match="no scenario is called 'lomg'; do you mean 'long'"):
        library.load("lomg")


def test_a_broken_file_of_the_users_spoils_no_list(library):
    (library.own / "broken.toml").write_text("schema = ", "utf-8")
    (library.own / "noise.toml").write_bytes(b"\xff\xfe\x00")
    faults = {pack.id: pack.fault for pack in library.packs()}
    assert "Invalid value" in faults["broken"]
    assert "not UTF-8" in faults["noise"]
    assert not faults["long"]


@pytest.mark.parametrize(
    ("of", "questions", "said"),
    [
        ("long", '["q9"]', r"line 6: sitting.questions\[0\]: long has no question 'q9'"),
        ("long", '["q1", "q1"]', r"sitting.questions\[0\]: question 'q1' appears twice"),
        ("long", "[]", "sitting.questions: is empty"),
        ("absent", '["q1"]', "sitting.of: no pack 'absent' lies beside it"),
        ("short", '["q1"]', "sitting.of: 'short' is itself a sitting"),
        ("../own/secret", '["q1"]', "sitting.of: no pack"),
    ],
)
def test_a_sitting_that_cannot_be_seated_says_why(library, of, questions, said):
    path = library.shipped / "odd.toml"
    path.write_text(SITTING.format(id="odd", of=of, questions=questions), "utf-8")
    (library.own / "secret.toml").write_text(pack_text("secret", "q1"), "utf-8")
    with pytest.raises(ScenarioError, match=said):
        library.load("odd")


@pytest.mark.parametrize("bad", ["../up", "a/b", "", "a b", "x" * 61])
def test_ids_that_cannot_name_a_file_are_refused(tmp_path, bad):
    path = tmp_path / "p.toml"
    path.write_text(pack_text("p", bad), "utf-8")
    with pytest.raises(InvalidScenario, match=r"questions\[0\]\.id"):
        load_scenario(path)


def test_the_template_is_a_sound_pack_and_is_never_written_over_a_file(library, tmp_path):
    path = tmp_path / "my-job.toml"
    library.write_template(path)
    assert library.load(str(path)).id == "my-job"
    with pytest.raises(ScenarioError, match="is there already"):
        library.write_template(path)


def test_styles_with_an_unknown_placeholder_are_refused(tmp_path):
    path = tmp_path / "styles.toml"
    path.write_text(
        'schema = 1\n[[styles]]\nid = "x"\nname = "X"\ndescription = "D"\nnext = ["{name}?"]\n',
        "utf-8",
    )
    with pytest.raises(ScenarioError, match="only {title} and {count} are filled in"):
        load_styles(path)
    path.write_text('schema = 1\n[[styles]]\nid = "x"\n', "utf-8")
    with pytest.raises(ScenarioError, match=r"styles.0: `name` is missing"):
        load_styles(path)
