"""`rehearse models tune`: what is measured once is used from then on, and said."""

import pytest
from click.testing import CliRunner

from simulator import wiring
from simulator.cli import rehearse
from simulator.core.decoding import Decoding
from simulator.wiring import analysis

TAKES = {True: {1: 0.04, 2: 0.06}, False: {1: 0.05, 2: 0.03}}
"""Seconds a second of sound, live or not, by threads: the other way round than usual."""


@pytest.fixture
def two_cores(home, monkeypatch):
    del home
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(analysis, "time_decoding", lambda name, how, live: TAKES[live][how.threads])


def run(*arguments):
    result = CliRunner().invoke(rehearse, ["models", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_what_was_measured_is_told_kept_and_shown_from_then_on(two_cores):
    assert "not measured yet: rehearse models tune" in run()
    told = run("tune")
    assert "while you speak  2 threads                          0.060 s" in told
    assert "a recording      2 workers of 1 thread, 4 chunks each" in told
    store = wiring.model_store()
    assert store.decoding("tiny.en", live=True) == Decoding(threads=1)
    assert store.decoding("tiny.en", live=False) == Decoding(1, 2, 1)
    last = "tiny.en on this machine (measured here): live 1 thread; recordings 2 threads"
    assert last in told
    assert last in run()


@pytest.mark.weights
@pytest.mark.slow
def test_a_decoding_is_timed_on_real_speech(home, monkeypatch):
    del home
    monkeypatch.setattr(analysis, "LIVE_SECONDS", 2)
    assert analysis.time_decoding("tiny.en", Decoding(), live=True) > 0
