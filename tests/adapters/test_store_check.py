"""What is wrong in a store is found and mended; what is right is left alone."""

import os
import shutil
import sqlite3
from dataclasses import replace

import numpy as np
import pytest

from simulator.adapters.archive import FolderArchive
from simulator.adapters.index import SessionIndex
from simulator.adapters.store_check import find_trouble, mend_trouble
from simulator.core.session import Settings, Take
from simulator.testing import a_scenario

TAKE = Take("q1", 1, "takes/q1-1.wav", "key", 0.5)
LONG_AGO = 1_000_000_000


@pytest.fixture
def archive(tmp_path):
    return FolderArchive(tmp_path / "data" / "sessions")


@pytest.fixture
def index(tmp_path, archive):
    return SessionIndex(tmp_path / "cache" / "sessions.sqlite", archive.root)


@pytest.fixture
def session(archive):
    session = archive.create(a_scenario(1), Settings()).with_take(TAKE)
    writer = archive.record(session, TAKE)
    writer.write(np.full(8_000, 0.25, np.float32))
    writer.close()
    archive.save(session)
    return session


@pytest.fixture
def folder(archive, session):
    return archive.folder(session)


def mended(archive, index):
    """Mend everything; give what was found, and what is found after that."""
    found = list(find_trouble(archive, index))
    for trouble in found:
        mend_trouble(trouble)
    return [t.what for t in found], [t.what for t in find_trouble(archive, index)]


def test_a_sound_store_has_no_trouble(archive, index, session):
    assert list(find_trouble(archive, index)) == []


def test_a_store_that_is_not_there_yet_has_none_either(archive, index):
    assert list(find_trouble(archive, index)) == []


def test_a_deletion_and_an_import_that_were_broken_off_are_finished(archive, index, session):
    for name in (".deleted-01234567-2026-01-01-0900-aaaa", ".import-01234567"):
        (archive.root / name).mkdir()
        os.utime(archive.root / name, (LONG_AGO, LONG_AGO))
    assert mended(archive, index) == (["a deletion was broken off", "an import was broken off"], [])
    assert archive.ids() == (session.id,)


def test_an_import_of_this_moment_is_left_alone(archive, index, session):
    (archive.root / ".import-01234567").mkdir()
    assert list(find_trouble(archive, index)) == []


def test_an_answer_cut_off_gets_its_length(archive, index, session):
    archive.save(replace(session, takes=(replace(TAKE, ended_by="recording", duration=0.0),)))
    found, after = mended(archive, index)
    assert found == ["an answer was cut off; its sound is there"]
    assert after == []
    assert '"ended_by": "recovered"' in (archive.folder(session) / "session.json").read_text()


def test_what_others_may_read_is_closed_to_them(archive, index, folder):
    (folder / "session.json").chmod(0o644)
    folder.chmod(0o755)
    assert mended(archive, index) == (["others may read it"] * 2, [])


def test_the_same_sound_twice_is_kept_once(archive, index, session, folder):
    shutil.copy(folder / TAKE.audio, folder / "aside.wav")
    smaller = archive.compact(session)
    (folder / "aside.wav").rename(folder / TAKE.audio)
    assert mended(archive, index) == (["the same sound as takes/q1-1.flac"], [])
    assert sum(map(len, archive.audio(smaller, smaller.takes[0]))) == 8_000


def test_half_written_files_go(archive, index, folder):
    half = folder / "takes" / ".q1-1.flac.new"
    half.touch()
    half.chmod(0o600)
    os.utime(half, (LONG_AGO, LONG_AGO))
    assert mended(archive, index) == (["a file half written"], [])


def test_lost_sound_is_said_and_left_to_the_user(archive, index, folder):
    (folder / TAKE.audio).unlink()
    found, after = mended(archive, index)
    assert found == after == ["0 s of sound are missing; a backup may have it"]


def test_a_damaged_description_is_said_with_where_the_sound_lies(archive, index, folder):
    (folder / "session.json").write_text("{", "utf-8")
    (folder / "session.json").chmod(0o600)
    (found,), (after,) = mended(archive, index)
    assert found == after
    assert f"damaged: Input data was truncated; its sound, if any, is in {folder}/takes" in found


def test_an_index_that_differs_is_made_again(archive, index, session):
    assert len(index.sessions()) == 1
    database = sqlite3.connect(index.path)
    database.execute("UPDATE sessions SET title = 'another'")
    database.commit()
    database.close()
    assert mended(archive, index) == (["differs from the folders"], [])


def test_what_is_being_recorded_is_left_alone(archive, index, session):
    with archive.hold(session):
        archive.save(replace(session, takes=(replace(TAKE, ended_by="recording"),)))
        other = FolderArchive(archive.root)
        assert list(find_trouble(other, index)) == []
