"""`rehearse compare` over kept sessions, and over the takes of one."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from simulator import wiring
from simulator.cli import main, rehearse
from simulator.errors import JudgeError
from simulator.testing import ScriptedTranscriber, a_question, a_report, an_answer
from tests.report.conftest import tone


@pytest.fixture
def sessions(home):
    keep("2026-03-01-0900-aaaa", a_report())
    keep("2026-03-02-0900-bbbb", a_report())
    keep("2026-03-03-0900-cccc", a_report(an_answer(question=a_question("other"))))


def keep(name, report, *more_takes):
    store = wiring.archive()
    takes = (*more_takes, *report.session.takes)
    session = replace(report.session, id=name, created=f"{name[:10]}T09:00:00+00:00", takes=takes)
    store.save(session)
    for take in takes:
        writer = store.record(session, take)
        writer.write(tone(an_answer().transcript))
        writer.close()
    wiring.save_report(store.folder(session), replace(report, session=session))


@pytest.fixture
def two_takes(home, monkeypatch):
    """A session with two takes of a question; only the second was measured."""
    first, second = a_report().answers
    again = replace(first, take=replace(first.take, number=2, audio="takes/again.flac"))
    keep("2026-03-04-0900-dddd", a_report(again, second), first.take)
    hearer = ScriptedTranscriber(["[0.5] I let her finish. [2.5] Um, that was it."])
    monkeypatch.setattr(wiring, "transcriber", lambda model: hearer)  # noqa: ARG005
    monkeypatch.setattr(wiring, "judge", no_judge)


def no_judge():
    raise JudgeError("none in this test")


def compare(*arguments):
    done = CliRunner().invoke(rehearse, ["compare", *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_two_sessions_stand_side_by_side(sessions):
    shown = compare("2026-03-01", "2026-03-02")
    assert "1 March 2026  2 March 2026" in shown
    assert "Tell me about a mistake of your own." in shown


def test_two_takes_of_one_session_stand_side_by_side(two_takes):
    shown = compare("--takes", "1", "2")
    heads, *rows = shown.splitlines()[1:]
    assert heads.split() == ["take", "1", "take", "2"]
    assert ["Length", "0:05", "0:35"] in [row.split() for row in rows]
    assert "mistake" not in shown


def test_takes_of_two_sessions_stand_side_by_side(sessions, two_takes):
    shown = compare("2026-03-01", "2026-03-04", "--takes", "1", "2")
    assert "1 March 2026, take 1  4 March 2026, take 2" in shown


def test_a_question_can_be_chosen(sessions):
    shown = compare("2026-03-01", "2026-03-02", "--question", "own-mistake")
    assert "angry customer" not in shown
    assert "Tell me about a mistake of your own." in shown


def test_a_page_of_two_takes_holds_both_sounds(two_takes, tmp_path):
    page = tmp_path / "takes.html"
    compare("last", "--takes", "1", "2", "-o", str(page))
    written = page.read_text("utf-8")
    assert "<h1>Two takes</h1>" in written
    assert written.count('<audio src="data:audio/ogg;base64,') == 2


def test_what_is_switched_off_is_not_compared(sessions):
    wiring.config().set("metrics.off", "fillers")
    assert "Fillers" not in compare("2026-03-01", "2026-03-02")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["last", "--takes", "1", "7"], "there is no such take; see: rehearse sessions show"),
        (["last", "--question", "other"], "other: not answered in both"),
    ],
)
def test_what_is_not_there_is_said_in_a_line(two_takes, capsys, arguments, said):
    with pytest.raises(SystemExit, match="1"):
        main(["compare", *arguments])
    error = capsys.readouterr().err
    assert error.splitlines()[-1].startswith("rehearse: ")
    assert said in error


def test_nothing_to_compare_is_a_usage_error(home):
    assert CliRunner().invoke(rehearse, ["compare"]).exit_code == 2


def test_the_page_holds_both_sounds(sessions, tmp_path):
    page = tmp_path / "two.html"
    done = CliRunner().invoke(rehearse, ["compare", "2026-03-01", "2026-03-02", "-o", str(page)])
    assert done.exit_code == 0, done.output
    assert page.read_text("utf-8").count('<audio src="data:audio/ogg;base64,') == 4


def test_sessions_without_a_common_question_are_refused_in_a_line(sessions, capsys):
    with pytest.raises(SystemExit, match="1"):
        main(["compare", "2026-03-01", "2026-03-03"])
    assert capsys.readouterr().err == (
        "rehearse: 2026-03-01 and 2026-03-03 have no question in common\n"
    )
