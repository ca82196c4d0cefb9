"""A private session is whole in memory and on disk only when it is kept."""

import numpy as np
import pytest

from simulator.adapters.archive import FolderArchive
from simulator.adapters.memory_archive import MemoryArchive
from simulator.core.session import Settings, Take
from simulator.errors import SessionError
from simulator.testing import a_scenario

TAKE = Take("q1", 1, "takes/q1-1.wav", "key", 1.5)
SOUND = np.linspace(-1, 1, 24_000, dtype=np.float32)


@pytest.fixture
def memory():
    return MemoryArchive()


@pytest.fixture
def session(memory):
    session = memory.create(a_scenario(1), Settings()).with_take(TAKE)
    writer = memory.record(session, TAKE)
    for start in range(0, len(SOUND), 512):
        writer.write(SOUND[start : start + 512])
    assert writer.close() == 1.5
    return session


def heard(archive, session):
    return np.concatenate(list(archive.audio(session, TAKE)))


def test_what_was_said_comes_back_in_sixteen_bits(memory, session):
    assert np.abs(heard(memory, session) - SOUND).max() <= 1 / 32_768


def test_what_was_not_recorded_is_said_to_be_so(memory, session):
    with pytest.raises(SessionError, match=r"takes/q2-1\.wav: was not recorded"):
        list(memory.audio(session, Take("q2", 1, "takes/q2-1.wav", "key")))


def test_kept_after_all_it_is_the_same_session_on_disk(memory, session, tmp_path):
    store = FolderArchive(tmp_path)
    memory.keep(session, store)
    assert store.open() == session
    assert np.array_equal(heard(store, session), heard(memory, session))
