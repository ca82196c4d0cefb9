"""Models are listed as they are, timed, and fetched whole or not at all."""

import os

import pytest

from simulator.adapters.model_store import ModelStore
from simulator.adapters.weights import PACKAGED
from simulator.core.decoding import Decoding, usual_live, usual_offline
from simulator.errors import ModelUnavailable

FILES = ("config.json", "tokenizer.json", "vocabulary.json", "model.bin")


class Shelf:
    """A hub in memory."""

    def __init__(self, files=FILES, size=100, fails=False):
        self.files, self.bytes, self.fails = files, size, fails

    def size(self, repository):
        return self.bytes

    def fetch(self, repository, folder):
        for name in self.files:
            (folder / name).write_text(repository, "utf-8")
        if self.fails:
            raise ModelUnavailable("the line is cut")


@pytest.fixture
def store(tmp_path):
    return ModelStore(tmp_path)


def test_a_downloaded_model_is_found_by_its_name_and_listed(store, tmp_path):
    folder = store.download("small.en", "somebody/small", Shelf())
    assert folder == tmp_path / "models" / "small.en"
    line = {line.name: line for line in store.models()}["small.en"]
    assert (line.present, line.size, line.speed) == (True, len("somebody/small"), None)


def test_a_broken_download_leaves_nothing_and_harms_no_older_one(store, tmp_path):
    store.download("small.en", "old", Shelf())
    with pytest.raises(ModelUnavailable, match="the line is cut"):
        store.download("small.en", "new", Shelf(fails=True))
    assert (tmp_path / "models" / "small.en" / "model.bin").read_text("utf-8") == "old"
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["small.en"]


def test_a_download_that_does_not_fit_is_not_begun(store, tmp_path):
    with pytest.raises(ModelUnavailable, match=r"small: \d+ MB needed, \d+ MB free"):
        store.download("small", "somebody/small", Shelf(size=10**18))
    assert list((tmp_path / "models").iterdir()) == []


def test_an_incomplete_model_says_what_is_missing(store):
    with pytest.raises(ModelUnavailable, match="lacks tokenizer.json"):
        store.download("small", "somebody/small", Shelf(files=("config.json", "model.bin")))


def test_a_measured_speed_is_remembered(store):
    line = store.measure("tiny.en", lambda: 10.0)
    assert 0 < line.speed < 1
    assert store._speeds() == {"tiny.en": round(line.speed, 4)}


def test_damaged_speeds_are_forgotten(store, tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "speeds.json").write_text("[1", "utf-8")
    assert {line.name for line in store.models()} == set(PACKAGED)
    assert {line.speed for line in store.models()} == {None}


def test_how_a_model_is_decoded_soonest_is_remembered_for_this_machine(store, monkeypatch):
    store.keep_tuning("base", Decoding(threads=3), Decoding(2, 1, 8))
    assert store.decoding("base", live=True) == Decoding(threads=3)
    assert store.decoding("base", live=False) == Decoding(2, 1, 8)
    assert (store.tuned("base"), store.tuned("tiny.en")) == (True, False)
    monkeypatch.setattr(os, "cpu_count", lambda: 128)  # the same home on another machine
    assert not store.tuned("base")
    assert store.decoding("base", live=True) == usual_live(128)


@pytest.mark.parametrize("kept", ["[]", "{", '{"base": {"cores": %d, "offline": {"workers": 0}}}'])
def test_a_damaged_measurement_is_as_none(store, tmp_path, kept):
    cores = os.cpu_count()
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "tunings.json").write_text(kept.replace("%d", str(cores)), "utf-8")
    assert store.decoding("base", live=False) == usual_offline(cores)
