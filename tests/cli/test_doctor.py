"""`rehearse doctor` tries the real parts of this machine."""

import json

import pytest

from simulator.cli import main

PARTS = {
    "settings", "sessions folder", "disk space", "PortAudio", "microphone", "microphone level",
    "speaker", "voice", "recogniser", "rubric judge",
}  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("REHEARSE_HOME", str(tmp_path))
    return tmp_path


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as left:
        main(["doctor", *arguments])
    return left.value.code, capsys.readouterr().out


def verdicts(out):
    return {check["name"]: check for check in json.loads(out)["checks"]}


@pytest.mark.weights
def test_every_part_has_a_verdict_and_the_status_follows_from_them(capsys):
    status, out = run(capsys, "--json")
    found = verdicts(out)
    assert found.keys() - {"espeak"} == PARTS
    assert json.loads(out)["ready"] is not any(c["verdict"] == "bad" for c in found.values())
    assert status == (0 if json.loads(out)["ready"] else 1)
    assert all(bool(check["mend"]) is (check["verdict"] != "good") for check in found.values())
    assert found["sessions folder"]["verdict"] == found["settings"]["verdict"] == "good"


@pytest.mark.weights
def test_broken_settings_and_a_folder_that_cannot_be_written_are_findings(capsys, home):
    (home / "config").mkdir()
    (home / "config" / "config.toml").write_text("[voice]\nrate = 'x'\n", "utf-8")
    (home / "data").write_text("in the way", "utf-8")
    status, out = run(capsys, "--json")
    found = verdicts(out)
    assert status == 1
    assert "voice.rate" in found["settings"]["said"]
    assert "cannot be written" in found["sessions folder"]["said"]
    assert found["settings"]["verdict"] == found["sessions folder"]["verdict"] == "bad"


@pytest.mark.card
@pytest.mark.weights
def test_with_a_sound_card_an_interview_can_run(capsys, card):
    status, out = run(capsys, "--json")
    found = verdicts(out)
    assert (status, json.loads(out)["ready"]) == (0, True)
    assert found["microphone"]["verdict"] == found["speaker"]["verdict"] == "good"
    assert "digital silence" in found["microphone level"]["said"]  # nobody speaks into it
    assert found["microphone level"]["verdict"] == "poor"


@pytest.mark.card
def test_listening_to_a_muted_microphone_says_so(capsys, card):
    status, _ = run(capsys, "--listen")
    assert status == 1


@pytest.mark.card
def test_devices_are_listed_by_the_names_that_settings_take(capsys, card):
    status, out = run(capsys, "--devices")
    assert status == 0
    assert out.splitlines()[0].split() == ["NUMBER", "IN", "OUT", "RATE", "NAME"]
    assert len(out.splitlines()) > 1
