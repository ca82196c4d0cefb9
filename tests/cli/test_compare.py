"""`rehearse compare` over two kept sessions."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from simulator import wiring
from simulator.cli import main, rehearse
from simulator.testing import a_question, a_report, an_answer
from tests.report.conftest import tone


@pytest.fixture
def sessions(home):
    keep("2026-03-01-0900-aaaa", a_report())
    keep("2026-03-02-0900-bbbb", a_report())
    keep("2026-03-03-0900-cccc", a_report(an_answer(question=a_question("other"))))


def keep(name, report):
    store = wiring.archive()
    session = replace(report.session, id=name)
    store.save(session)
    for answer in report.answers:
        writer = store.record(session, replace(answer.take))
        writer.write(tone(answer.transcript))
        writer.close()
    wiring.save_report(store.folder(session), replace(report, session=session))


def test_two_sessions_stand_side_by_side(sessions):
    done = CliRunner().invoke(rehearse, ["compare", "2026-03-01", "2026-03-02"])
    assert done.exit_code == 0
    assert "2026-03-01-0900-aaaa  2026-03-02-0900-bbbb" in done.output
    assert "Tell me about a mistake of your own." in done.output


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
