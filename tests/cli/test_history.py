"""`rehearse history` and `rehearse report` over kept sessions."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from simulator import wiring
from simulator.cli import rehearse
from simulator.testing import a_report


@pytest.fixture
def sessions(home):
    """Seven kept sessions; the last three without the raised rate of fillers."""
    store = wiring.archive()
    report = a_report()
    for number in range(1, 8):
        name = f"2026-03-0{number}-0900-abcd"
        session = replace(report.session, id=name, created=f"2026-03-0{number}T09:00:00+00:00")
        store.save(session)
        answers = (
            report.answers if number < 5 else tuple(replace(a, fillers=()) for a in report.answers)
        )
        wiring.save_report(store.folder(session), replace(report, session=session, answers=answers))


def run(*arguments):
    done = CliRunner().invoke(rehearse, [*arguments], catch_exceptions=False)
    return done.exit_code, done.output


def test_history_without_sessions_says_how_to_begin(home):
    assert run("history") == (0, "No measured answers yet; record some with: rehearse interview\n")


def test_sessions_that_this_version_did_not_measure_are_named(sessions):
    store = wiring.archive()
    name = "2026-03-04-0900-abcd"
    report = wiring.load_report(store.folder(store.open(name)), store.open(name))
    wiring.save_report(store.folder(store.open(name)), replace(report, analyser=1))
    _, shown = run("history")
    assert "\n1 session not counted: measured by an earlier version, or never." in shown


def test_history_shows_each_measure_with_its_direction(sessions):
    status, shown = run("history")
    lines = {line.partition("  ")[0]: line for line in shown.splitlines()}
    assert status == 0
    assert lines["Fillers"].endswith("lower")
    assert lines["Speech rate"].endswith("within your spread")
    asked = "Tell me about a time when you dealt with an angry customer."
    assert f"\n  {asked}\n      7 of 7  Says how it ended\n" in shown
    assert "um 12×, uh 4×" in shown
    assert f"rehearse interview --weakest\n  angry-customer  {asked}\n" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_history_of_one_question_leaves_the_others_out(sessions):
    _, shown = run("history", "--question", "own-mistake")
    assert "Says how it ended" not in shown
    assert "Rubric heard" not in shown


def test_history_leaves_out_what_is_switched_off(sessions):
    wiring.config().set("metrics.off", "fillers, coverage")
    _, shown = run("history")
    assert [line.split("  ")[0] for line in shown.splitlines()] == [
        "Speech rate", "Start", "Length", "Longest pause",
    ]  # fmt: skip
    assert "Rubric heard" in run("history", "--metric", "coverage")[1]


def test_history_as_csv_has_a_row_an_answer(sessions):
    _, written = run("history", "--csv")
    rows = written.splitlines()
    assert rows[0].startswith("session_id,created,scenario_id,question_id")
    assert len(rows) == 1 + 7 * 2


def test_history_as_a_page(sessions, tmp_path):
    page = tmp_path / "history.html"
    run("history", "-o", str(page))
    assert page.read_text("utf-8").count('<circle class="dot"') == 7 * 6


def test_report_prints_the_last_session(sessions):
    status, shown = run("report")
    assert status == 0
    assert "Work on next" in shown


def test_report_chooses_the_format_by_the_files_name(sessions, tmp_path):
    file = tmp_path / "practice.md"
    assert run("report", "-o", str(file)) == (0, f"Written: {file}\n")
    assert file.read_text("utf-8").startswith("# Customer desk")


def test_report_of_one_answer(sessions):
    _, shown = run("report", "--answer", "2", "-f", "srt")
    assert shown.startswith("1\n00:00:00,400 --> ")
    assert run("report", "--answer", "3")[0] == 2


def test_report_to_an_unknown_kind_of_file_is_a_usage_error(sessions, tmp_path):
    status, shown = run("report", "-o", str(tmp_path / "practice.docx"))
    assert status == 2
    assert "--format is needed" in shown
