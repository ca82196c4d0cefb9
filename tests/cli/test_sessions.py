"""`rehearse sessions` lists, shows, deletes, hands out and takes in."""

import io
import json

import pytest

from simulator.adapters.analysis_files import save_report
from simulator.adapters.archive import FolderArchive
from simulator.cli import main
from simulator.testing import a_report

ID = "2026-03-02-0930-abcd"


@pytest.fixture(autouse=True)
def archive(tmp_path, monkeypatch):
    monkeypatch.setenv("REHEARSE_HOME", str(tmp_path / "home"))
    return FolderArchive(tmp_path / "home" / "data" / "sessions")


@pytest.fixture
def recorded(archive):
    report = a_report(title="Desk\x1b[2J")
    archive.save(report.session)
    save_report(archive.folder(report.session), report)
    return archive.folder(report.session)


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as left:
        main(["sessions", *map(str, arguments)])
    said = capsys.readouterr()
    return left.value.code, said.out, said.err


def test_without_sessions_the_list_says_how_to_record_one(capsys):
    assert run(capsys)[:2] == (
        0,
        "There is no session yet; record one with: rehearse interview\n",
    )


def test_a_session_is_one_line_and_steers_no_terminal(capsys, recorded):
    _, out, _ = run(capsys)
    line = out.splitlines()[1]
    assert line.startswith(ID)
    assert "2 of 2" in line
    assert "\x1b" not in out


def test_the_list_as_json(capsys, recorded):
    (line,) = json.loads(run(capsys, "--json")[1])
    assert (line["id"], line["answered"], line["finished"]) == (ID, 2, True)


def test_show_lists_the_takes_and_marks_the_one_that_counts(capsys, recorded):
    _, out, _ = run(capsys, "show", "last")
    assert "* take 1" in out
    assert str(recorded) in out


@pytest.mark.parametrize("said", ["n\n", "\n", ""])
def test_delete_asks_and_takes_no_for_an_answer(capsys, recorded, monkeypatch, said):
    monkeypatch.setattr("sys.stdin", io.StringIO(said))
    status, out, _ = run(capsys, "delete", "last")
    assert status == 130
    assert recorded.is_dir()


def test_delete_removes_the_folder_and_the_index_rows(capsys, recorded, tmp_path):
    run(capsys)
    status, out, _ = run(capsys, "delete", ID, "--yes")
    assert status == 0
    assert "Copies of yours" in out
    assert not recorded.exists()
    assert ID.encode() not in (tmp_path / "home/cache/sessions.sqlite").read_bytes()


def test_export_and_import_bring_a_session_back(capsys, recorded, tmp_path):
    path = tmp_path / "out.zip"
    assert run(capsys, "export", "last", "-o", path)[0] == 0
    run(capsys, "delete", ID, "--yes")
    status, out, err = run(capsys, "import", path, tmp_path / "absent.zip")
    assert status == 1
    assert f"{ID}: Desk" in out
    assert err == f"rehearse: {tmp_path / 'absent.zip'}: no such file\n"
    assert recorded.is_dir()


def test_path_names_the_folder_of_one_or_of_all(capsys, archive, recorded):
    assert run(capsys, "path")[1] == f"{archive.root}\n"
    assert run(capsys, "path", "last")[1] == f"{recorded}\n"


def test_an_unknown_session_is_one_line(capsys, recorded):
    status, _, err = run(capsys, "show", "1999")
    assert (status, err) == (
        1,
        "rehearse: no session is called '1999'; `rehearse sessions` lists them\n",
    )
