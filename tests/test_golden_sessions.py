"""A session of every version there was opens for ever: tests/golden_sessions holds one of each.

These files are never changed. A new schema number adds a folder, and keeps this test as it is.
"""

import shutil
from pathlib import Path

import numpy as np
import pytest

from simulator.adapters.archive import FolderArchive
from simulator.adapters.index import SessionIndex
from simulator.adapters.session_zip import export_session, import_session
from simulator.core.session import SCHEMA, Rating

GOLDEN = Path(__file__).parent / "golden_sessions"
ID = "2026-03-02-0930-gold"


@pytest.fixture(params=sorted(path.name for path in GOLDEN.iterdir()))
def archive(request, tmp_path):
    shutil.copytree(GOLDEN / request.param, tmp_path / "sessions")
    return FolderArchive(tmp_path / "sessions")


def test_there_is_one_of_every_version():
    assert [path.name for path in sorted(GOLDEN.iterdir())] == [
        f"v{number}" for number in range(1, SCHEMA + 1)
    ]


def test_a_golden_session_says_what_it_always_said(archive):
    session = archive.open()
    assert (session.id, session.created) == (ID, "2026-03-02T09:30:00+00:00")
    assert [question.prompt for question in session.scenario.questions] == [
        "How did it end?",
        "And what did you learn?",
    ]
    assert session.scenario.questions[0].criteria[0].weight == 2.0
    assert session.settings.voice == "gmw/en"
    assert session.ratings == (Rating("first", "result", "covered"),)
    assert session.versions == (("rehearse", "0.1.0"),)


def test_its_sound_is_what_was_said(archive):
    session = archive.open()
    ramp = np.arange(1600, dtype=np.int16) * 10
    whole, torn = (np.concatenate(list(archive.audio(session, take))) for take in session.takes)
    assert (np.round(whole * 32_768).astype(np.int16) == ramp).all()
    assert (np.round(torn * 32_768).astype(np.int16) == ramp[:800]).all()


def test_the_answer_that_was_cut_off_is_as_long_as_its_file(archive):
    take = archive.open().takes[1]
    assert (take.ended_by, take.duration) == ("recovered", 0.05)


def test_it_is_listed_saved_again_exported_and_imported(archive, tmp_path):
    session = archive.open()
    (line,) = SessionIndex(tmp_path / "index.sqlite", archive.root).sessions()
    assert (line.id, line.answered, line.fault) == (ID, 2, "")
    archive.save(session)
    assert archive.open() == session
    export_session(archive.folder(session), tmp_path / "out.zip")
    (tmp_path / "there").mkdir()
    assert import_session(tmp_path / "out.zip", tmp_path / "there") == session
