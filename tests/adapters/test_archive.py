"""Sessions on disk: whole or not at all, found again, and mended after a crash."""

import json
import os
import signal
import stat
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from simulator.adapters.archive import FolderArchive, load_session
from simulator.core.session import Settings, Take
from simulator.errors import SessionError
from simulator.testing import a_report

REPORT = a_report()
SCENARIO = REPORT.session.scenario
TAKE = Take("angry-customer", 1, "takes/angry-customer-1.wav", "key", 0.5, 0.2)
TAKE_AS_JSON = {"question_id": "q", "number": 1, "ended_by": "key"}


@pytest.fixture
def archive(tmp_path):
    return FolderArchive(tmp_path / "sessions")


def put(archive, session_id):
    session = replace(REPORT.session, id=session_id)
    archive.save(session)
    return session


def record(archive, session, take=TAKE, seconds=0.5):
    writer = archive.record(session, take)
    writer.write(np.full(round(seconds * 16_000), 0.25, np.float32))
    writer.close()


def edit(archive, session, **changes):
    path = archive.folder(session) / "session.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changes}), "utf-8")
    return path


def test_a_session_comes_back_as_it_was_saved(archive):
    created = archive.create(SCENARIO, Settings(voice="gmw/en", silence_seconds=None))
    session = replace(created, takes=(TAKE,), ratings=REPORT.session.ratings, finished=True)
    archive.save(session)
    assert archive.open(session.id) == session


def test_only_the_owner_may_look_into_a_session(archive):
    session = archive.create(SCENARIO, Settings())
    folder = archive.folder(session)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "session.json").stat().st_mode) == 0o600


def test_sounds_are_read_back_from_the_session(archive):
    session = archive.create(SCENARIO, Settings())
    record(archive, session)
    heard = np.concatenate(list(archive.audio(session, TAKE)))
    assert heard.tolist() == [0.25] * 8_000


def test_a_new_session_never_takes_the_place_of_another(archive, monkeypatch):
    drawn = iter(["2026-01-02-0900-aaaa", "2026-01-02-0900-bbbb"])
    put(archive, "2026-01-02-0900-aaaa")
    monkeypatch.setattr(
        "simulator.adapters.archive.begin_session",
        lambda *given: replace(REPORT.session, id=next(drawn)),
    )
    assert archive.create(SCENARIO, Settings()).id == "2026-01-02-0900-bbbb"


def test_a_prefix_that_only_one_session_has_finds_it(archive):
    put(archive, "2026-01-02-0900-aaaa")
    put(archive, "2026-02-03-1000-bbbb")
    assert archive.resolve("2026-02") == "2026-02-03-1000-bbbb"
    assert archive.open("2026-01").id == "2026-01-02-0900-aaaa"


def test_an_id_that_begins_another_is_still_itself(archive):
    put(archive, "2026-01-02-0900-aaaa")
    put(archive, "2026-01-02-0900-aaaab")
    assert archive.resolve("2026-01-02-0900-aaaa") == "2026-01-02-0900-aaaa"


def test_a_session_whose_id_is_known_is_opened_without_a_look_at_the_others(archive, monkeypatch):
    put(archive, "2026-01-02-0900-aaaa")
    monkeypatch.delattr(FolderArchive, "ids")
    assert archive.open("2026-01-02-0900-aaaa").id == "2026-01-02-0900-aaaa"


def test_a_prefix_of_several_sessions_names_them(archive):
    put(archive, "2026-01-02-0900-aaaa")
    put(archive, "2026-01-03-0900-bbbb")
    with pytest.raises(SessionError, match=r"'2026' could be any of 2 sessions: 2026-01-03-0900"):
        archive.resolve("2026")


def test_an_unknown_session_is_said_to_be_so(archive):
    put(archive, "2026-01-02-0900-aaaa")
    with pytest.raises(SessionError, match="no session is called 'xyz'"):
        archive.resolve("xyz")


@pytest.mark.parametrize("wanted", ["last", "2026"])
def test_without_sessions_the_way_to_the_first_is_shown(archive, wanted):
    with pytest.raises(SessionError, match="there is no session yet; record one with `rehearse"):
        archive.resolve(wanted)


def test_last_is_the_newest(archive):
    put(archive, "2026-03-01-0900-aaaa")
    put(archive, "2026-02-01-0900-zzzz")
    assert archive.resolve("last") == "2026-03-01-0900-aaaa"


def test_of_two_sessions_of_one_minute_the_last_is_the_one_written_later(archive):
    first, second = put(archive, "2026-03-01-0900-zzzz"), put(archive, "2026-03-01-0900-aaaa")
    for seconds, session in ((1, first), (2, second)):
        os.utime(archive.folder(session) / "session.json", (seconds, seconds))
    assert archive.resolve("last") == second.id


def test_a_deleted_session_is_gone_with_its_sound(archive):
    session = put(archive, "2026-01-02-0900-aaaa")
    record(archive, session)
    archive.delete(session.id)
    assert archive.ids() == ()
    assert list(archive.root.iterdir()) == []


def test_what_is_not_there_cannot_be_deleted(archive):
    with pytest.raises(SessionError, match="2026-01-02-0900-aaaa: is no session"):
        archive.delete("2026-01-02-0900-aaaa")


@pytest.mark.parametrize("escape", ["", ".", "..", "../elsewhere"])
def test_only_sessions_are_deleted(archive, escape):
    put(archive, "2026-01-02-0900-aaaa")
    (archive.root.parent / "elsewhere").mkdir()
    with pytest.raises(SessionError, match="is no session"):
        archive.delete(escape)
    assert archive.ids() == ("2026-01-02-0900-aaaa",)
    assert (archive.root.parent / "elsewhere").is_dir()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_torn_description_is_named_as_damaged(archive, share):
    session = put(archive, "2026-01-02-0900-aaaa")
    path = archive.folder(session) / "session.json"
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(SessionError, match=r"session\.json: damaged: "):
        archive.open(session.id)


@pytest.mark.parametrize("data", [b"[]", b"7", b"\xff\xfe", b"[" * 100_000])
def test_a_description_that_is_something_else_is_named_as_damaged(archive, data):
    session = put(archive, "2026-01-02-0900-aaaa")
    (archive.folder(session) / "session.json").write_bytes(data)
    with pytest.raises(SessionError, match=r"session\.json: damaged: "):
        archive.open(session.id)


def test_a_wrong_type_inside_is_said_with_its_place(archive):
    session = put(archive, "2026-01-02-0900-aaaa")
    edit(archive, session, takes=[{"question_id": 3}])
    with pytest.raises(SessionError, match=r"damaged: .*\$\.takes\[0\]"):
        archive.open(session.id)


def test_a_newer_schema_is_refused_with_advice(archive):
    session = put(archive, "2026-01-02-0900-aaaa")
    edit(archive, session, schema=2, takes="a shape of its own")
    with pytest.raises(SessionError, match=r"newer Rehearse \(schema 2, .* reads 1\); update"):
        archive.open(session.id)


@pytest.mark.parametrize("schema", [None, 0, -1, "1", 1.5])
def test_a_schema_that_never_was_is_refused(archive, schema):
    session = put(archive, "2026-01-02-0900-aaaa")
    edit(archive, session, schema=schema)
    with pytest.raises(SessionError, match="schema 1 expected, found"):
        archive.open(session.id)


def test_a_folder_without_a_session_is_said_to_be_so(tmp_path):
    with pytest.raises(SessionError, match=r"no session: it holds no session\.json"):
        load_session(tmp_path)


def test_a_save_that_fails_leaves_the_old_description(archive, monkeypatch):
    session = put(archive, "2026-01-02-0900-aaaa")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("simulator.adapters.disk.os.fsync", full)
    with pytest.raises(SessionError, match="cannot be written: No space left on device"):
        archive.save(replace(session, finished=False))
    monkeypatch.undo()
    assert archive.open(session.id) == session
    assert {path.name for path in archive.folder(session).iterdir()} == {"session.json", "takes"}


def test_compacting_keeps_every_sample_and_forgets_the_larger_file(archive):
    session = replace(archive.create(SCENARIO, Settings()), takes=(TAKE,))
    record(archive, session)
    smaller = archive.compact(session)
    assert archive.open(session.id) == smaller
    assert [take.audio for take in smaller.takes] == ["takes/angry-customer-1.flac"]
    assert np.concatenate(list(archive.audio(smaller, smaller.takes[0]))).tolist() == [0.25] * 8000
    assert not (archive.folder(session) / TAKE.audio).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
def test_a_session_killed_in_mid_answer_opens_with_all_that_was_said(tmp_path):
    code = f"""
import os, pathlib, signal
import numpy as np
from dataclasses import replace
from simulator.adapters.archive import FolderArchive
from simulator.core.session import Settings, Take
from simulator.testing import a_report
archive = FolderArchive(pathlib.Path({str(tmp_path)!r}))
session = archive.create(a_report().session.scenario, Settings())
take = Take("angry-customer", 1, "takes/angry-customer-1.wav", "recording")
archive.save(session.with_take(take))
writer = archive.record(session, take)
for _ in range(40):
    writer.write(np.full(512, 0.25, np.float32))
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    archive = FolderArchive(tmp_path)
    session = archive.open("last")
    (take,) = session.takes
    assert (take.ended_by, take.duration) == ("recovered", 40 * 512 / 16_000)
    assert sum(len(block) for block in archive.audio(session, take)) == 40 * 512
    assert not session.finished


def test_a_take_whose_file_never_came_is_mended_to_nothing(archive):
    session = put(archive, "2026-01-02-0900-aaaa")
    archive.save(replace(session, takes=(replace(TAKE, ended_by="recording"),)))
    (take,) = archive.open(session.id).takes
    assert (take.ended_by, take.duration) == ("recovered", 0.0)


def test_a_session_that_is_being_recorded_is_not_deleted(archive):
    session = put(archive, "2026-01-02-0900-aaaa")
    with (
        archive.hold(session),
        pytest.raises(SessionError, match="2026-01-02-0900-aaaa is being recorded just now"),
    ):
        FolderArchive(archive.root).delete(session.id)
    assert archive.ids() == (session.id,)
    archive.delete(session.id)
    assert list(archive.root.iterdir()) == []


def test_a_deleted_session_does_not_come_back(archive):
    session = put(archive, "2026-01-02-0900-aaaa")
    record(archive, session)
    archive.delete(session.id)
    with pytest.raises(SessionError, match="it was deleted meanwhile"):
        archive.compact(replace(session, takes=(TAKE,)))
    assert list(archive.root.iterdir()) == []


def test_a_deletion_that_was_broken_off_is_finished(archive):
    session = put(archive, "2026-01-02-0900-aaaa")
    record(archive, session)
    archive.folder(session).rename(archive.root / f".deleted-01234567-{session.id}")
    archive.finish_deleting()
    assert list(archive.root.iterdir()) == []


@pytest.mark.parametrize("audio", ["../../secret.wav", "/etc/secret.wav", "takes/..", "secret.wav"])
def test_a_take_outside_its_session_is_refused(archive, audio):
    session = put(archive, "2026-01-02-0900-aaaa")
    edit(archive, session, takes=[{**TAKE_AS_JSON, "audio": audio}])
    with pytest.raises(SessionError, match="a take lies outside the session"):
        archive.open(session.id)
