"""Recordings that are old enough go; what was measured of them stays."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from simulator.adapters.analysis_files import load_report, save_report
from simulator.adapters.archive import FolderArchive
from simulator.adapters.retention import expire_audio
from simulator.errors import SessionError
from simulator.testing import a_report

REPORT = a_report()
CREATED = datetime.fromisoformat(REPORT.session.created)


@pytest.fixture
def archive(tmp_path):
    return FolderArchive(tmp_path / "sessions")


@pytest.fixture
def session(archive):
    takes = tuple(replace(take, duration=0.5) for take in REPORT.session.takes)
    session = replace(REPORT.session, takes=takes)
    archive.save(session)
    for take in takes:
        writer = archive.record(session, take)
        writer.write(np.full(8_000, 0.25, np.float32))
        writer.close()
    answers = tuple(
        replace(answer, take=take) for answer, take in zip(REPORT.answers, takes, strict=True)
    )
    save_report(archive.folder(session), replace(REPORT, session=session, answers=answers))
    (archive.folder(session) / "report.html").write_text("with sound in it", "utf-8")
    return session


def after(archive, **age):
    return expire_audio(archive, 30, CREATED + timedelta(**age))


def test_until_the_last_day_nothing_goes(archive, session):
    assert after(archive, days=30) == ()
    assert archive.open() == session


def test_then_the_sound_goes_and_the_report_stays(archive, session):
    assert after(archive, days=30, seconds=1) == (session.id,)
    folder = archive.folder(session)
    assert list((folder / "takes").iterdir()) == []
    assert not (folder / "report.html").exists()
    assert load_report(folder, archive.open()) is not None
    with pytest.raises(SessionError, match=r"were deleted on 2026-04-01, by their age"):
        list(archive.audio(archive.open(), session.takes[0]))


def test_it_is_announced_once(archive, session):
    assert after(archive, days=31) == (session.id,)
    assert after(archive, days=32) == ()


def test_what_is_being_recorded_is_left_alone(archive, session):
    with FolderArchive(archive.root).hold(session):
        assert after(archive, days=31) == ()
    assert archive.open() == session


def test_a_deletion_killed_midway_is_taken_up_again(archive, session):
    archive.save(replace(session, audio_deleted=datetime.now(UTC).isoformat()))
    assert after(archive, days=31) == (session.id,)
    assert list((archive.folder(session) / "takes").iterdir()) == []


@pytest.mark.parametrize("created", ["", "yesterday", "2999-01-01T00:00:00"])
def test_an_unknown_or_future_age_deletes_nothing(archive, session, created):
    archive.save(replace(session, created=created))
    assert after(archive, days=31) == ()


def test_a_session_that_does_not_open_is_left_alone(archive, session):
    (archive.folder(session) / "session.json").write_text("{", "utf-8")
    assert after(archive, days=31) == ()
    assert len(list((archive.folder(session) / "takes").iterdir())) == 2
