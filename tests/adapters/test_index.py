"""The index follows the folders, whatever happens to either."""

import multiprocessing
import os
import shutil
import sqlite3
import stat
from dataclasses import replace

import pytest

from simulator.adapters.analysis_files import save_report
from simulator.adapters.archive import FolderArchive
from simulator.adapters.index import SessionIndex
from simulator.testing import a_report


@pytest.fixture
def archive(tmp_path):
    return FolderArchive(tmp_path / "sessions")


@pytest.fixture
def index(tmp_path, archive):
    return SessionIndex(tmp_path / "cache" / "sessions.sqlite", archive.root)


def keep(archive, number, measured=True):
    report = a_report()
    created = f"2026-03-{number:02}T09:30:00+00:00"
    session = replace(report.session, id=f"2026-03-{number:02}-0930-abcd", created=created)
    archive.save(session)
    if measured:
        save_report(archive.folder(session), replace(report, session=session))
    return session


def ids(index, limit=-1):
    return [line.id[:10] for line in index.sessions(limit)]


def test_no_sessions_is_an_empty_list(index):
    assert index.sessions() == ()
    assert index.answers() == ()


def test_sessions_come_newest_first_and_answers_oldest_first(archive, index):
    for number in (2, 1, 3):
        keep(archive, number)
    assert ids(index) == ["2026-03-03", "2026-03-02", "2026-03-01"]
    assert ids(index, 1) == ["2026-03-03"]
    assert [line.created[8:10] for line in index.answers()] == ["01", "01", "02", "02", "03", "03"]
    assert len(index.answers(question_id="own-mistake")) == 3
    assert index.answers(scenario_id="another") == ()
    assert {line.session_id[:10] for line in index.criteria()} == set(ids(index))
    assert "um" in {line.phrase for line in index.phrases()}


def test_what_changes_is_read_again(archive, index):
    session = keep(archive, 1, measured=False)
    assert index.sessions()[0].coverage is None
    assert index.answers() == ()
    keep(archive, 1)
    assert index.sessions()[0].coverage is not None
    assert len(index.answers()) == 2
    archive.save(replace(session, finished=False))
    assert index.sessions()[0].finished is False


def test_what_is_deleted_leaves_no_trace_in_the_file(archive, index):
    session = keep(archive, 1)
    assert index.answers()
    archive.delete(session.id)
    assert index.sessions() == ()
    assert index.answers() == index.criteria() == index.phrases() == ()
    assert session.id.encode() not in index.path.read_bytes()


def test_unchanged_sessions_are_not_opened_again(archive, index):
    keep(archive, 1)
    before = index.sessions()
    path = archive.root / before[0].id / "session.json"
    times = path.stat()
    path.write_text("damaged but as old as before", "utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert index.sessions() == before


def test_a_session_that_cannot_be_opened_is_listed_with_the_reason(archive, index):
    keep(archive, 1)
    broken = archive.root / "2026-03-09-0930-zzzz"
    broken.mkdir()
    (broken / "session.json").write_text('{"schema": 9}', "utf-8")
    faults = {line.id: line.fault for line in index.sessions()}
    assert "newer Rehearse" in faults["2026-03-09-0930-zzzz"]
    assert faults["2026-03-01-0930-abcd"] == ""


def test_a_copied_folder_is_a_session_of_its_own(archive, index):
    session = keep(archive, 1)
    shutil.copytree(archive.folder(session), archive.root / "a-copy")
    assert {line.id for line in index.sessions()} == {session.id, "a-copy"}
    assert len(index.answers()) == 4


@pytest.mark.parametrize("damage", [b"no database at all" * 100, b""])
def test_a_damaged_index_is_made_again(archive, index, damage):
    keep(archive, 1)
    assert ids(index)
    index.path.write_bytes(damage)
    assert ids(index) == ["2026-03-01"]


def test_an_index_of_another_version_is_made_again(archive, index):
    keep(archive, 1)
    assert ids(index)
    database = sqlite3.connect(index.path)
    database.execute("ALTER TABLE answers ADD COLUMN surprise")
    database.execute("PRAGMA user_version = 3")
    database.commit()
    database.close()
    assert len(index.answers()) == 2


def test_only_the_owner_may_read_it(archive, index):
    keep(archive, 1)
    assert ids(index)
    assert stat.S_IMODE(index.path.stat().st_mode) == 0o600


def test_where_no_index_can_be_written_the_list_still_comes(archive, tmp_path):
    keep(archive, 1)
    (tmp_path / "file").write_text("in the way", "utf-8")
    assert ids(SessionIndex(tmp_path / "file" / "sessions.sqlite", archive.root)) == ["2026-03-01"]


def _count(path, root):
    return len(SessionIndex(path, root).answers())


def test_several_processes_may_bring_it_up_to_date_at_once(archive, index):
    for number in range(1, 21):
        keep(archive, number)
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        found = pool.starmap(_count, [(index.path, archive.root)] * 6)
    assert found == [40] * 6
    assert len(index.answers()) == 40
