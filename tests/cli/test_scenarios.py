"""`rehearse scenarios` lists, shows, checks and begins packs."""

import json

import pytest

from simulator.adapters.places import shipped
from simulator.cli import main


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("REHEARSE_HOME", str(tmp_path / "home"))


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as left:
        main(["scenarios", *map(str, arguments)])
    said = capsys.readouterr()
    return left.value.code, said.out, said.err


def test_the_list_names_packs_and_sittings(capsys):
    status, out, _ = run(capsys)
    lines = {line.split()[0]: line for line in out.splitlines()}
    assert status == 0
    assert lines["taster"].split()[1] == "3"
    assert lines["taster"].endswith("from difficult-customers")
    assert lines["difficult-customers"].split()[1] == "28"


def test_the_list_as_json(capsys):
    packs = {pack["id"]: pack for pack in json.loads(run(capsys, "--json")[1])}
    assert packs["loss-prevention"]["questions"] == 1
    assert packs["taster"]["sitting_of"] == "difficult-customers"


def test_show_keeps_the_model_answers_back(capsys):
    _, without, _ = run(capsys, "show", "taster", "--question", "dc05")
    _, with_answers, _ = run(capsys, "show", "taster", "--question", "dc05", "--answers")
    assert "had to say sorry" in without
    assert "Exceptional answer:" not in without
    assert "Exceptional answer:" in with_answers


def test_show_of_an_unknown_question_is_one_line(capsys):
    status, _, err = run(capsys, "show", "taster", "--question", "dc02")
    assert (status, err.count("\n")) == (1, 1)
    assert "known are dc01, dc05, dc08" in err


def test_check_names_every_fault_of_every_file_with_its_line(capsys, tmp_path):
    bad = tmp_path / "bad.toml"
    bad.write_text('schema = 1\nid = "bad"\ntitle = 3\nquestions = []\ntypo = 1\n', "utf-8")
    good = tmp_path / "good.toml"
    run(capsys, "new", good)
    status, out, _ = run(capsys, "check", bad, good, tmp_path / "absent.toml")
    assert status == 1
    assert out.splitlines() == [
        f"{bad}: line 5: typo: unknown key; known are id, title, questions, role, function, "
        "themes, language, schema",
        f"{bad}: line 3: title: must be text, found 3",
        f"{good}: good, 1 question",
        f"{tmp_path / 'absent.toml'}: no such scenario file",
    ]


def test_new_writes_over_nothing(capsys, tmp_path):
    path = tmp_path / "mine.toml"
    assert run(capsys, "new", path)[0] == 0
    status, _, err = run(capsys, "new", path)
    assert (status, err) == (1, f"rehearse: {path}: is there already; choose another name\n")


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('"behavioural"', '"behavioral"', "line 21: questions[0].kind: must be one of behavioural, "
         "situational, knowledge, found 'behavioral' (do you mean behavioural?)"),
        ("weight = 1.5", "weigth = 1.5", "line 49: questions[0].criteria[1].weigth: unknown key "
         "(do you mean weight?); known are id, name, evidence, weight, follow_up"),
        ("[[questions.red_flags]]", "[[question.red_flags]]", "line 95: question: unknown key "
         "(do you mean questions?); known are id, title, questions, role, function, themes, "
         "language, schema"),
        ('"Sorts the stops anew by what matters most"', "“Sorts the stops”", "not valid TOML: "
         "Invalid value (at line 48, column 8): use the straight \" around a text, not a curly "
         "quotation mark"),
        ('"I texted each of the last twenty people",', '"I texted each of them"', "not valid TOML: "
         "Unclosed array (at line 65, column 3): a comma between two texts or the closing ] is "
         "missing"),
        ("Tell me about", 'Tell me "really" about', "not valid TOML: Expected newline or end of "
         "document after a statement (at line 20, column 20): write \\\" for a \" inside a text, "
         "and put a list in [ ]"),
    ],
)  # fmt: skip
def test_a_slip_in_the_template_is_answered_with_what_mends_it(
    capsys, tmp_path, right, wrong, said
):
    path = tmp_path / "mine.toml"
    run(capsys, "new", path)
    path.write_text(path.read_text("utf-8").replace(right, wrong, 1), "utf-8")
    status, out, _ = run(capsys, "check", path)
    assert (status, out) == (1, f"{path}: {said}\n")


def test_new_prints_a_command_that_works_for_a_name_with_a_space(capsys, tmp_path):
    path = tmp_path / "my job.toml"
    assert run(capsys, "new", path)[1].endswith(f'rehearse scenarios check "{path}" --strict\n')


def test_a_file_in_this_folder_is_found_without_its_ending(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run(capsys, "new", "mine.toml")
    status, out, _ = run(capsys, "show", "mine")
    assert (status, out.splitlines()[0]) == (
        0,
        "Delivery driver (mine): Delivery driver, Logistics",
    )


@pytest.mark.weights
@pytest.mark.slow
@pytest.mark.parametrize("pack", ["loss-prevention", "order-management"])
def test_the_shortest_packs_pass_the_strict_check_as_an_author_runs_it(capsys, pack):
    """tests/test_packs.py and tests/test_pack_levels.py hold the same of every question."""
    path = shipped("scenarios") / f"{pack}.toml"
    status, out, _ = run(capsys, "check", path, "--strict")
    assert (status, out) == (0, f"{path}: good, 1 question\n")
