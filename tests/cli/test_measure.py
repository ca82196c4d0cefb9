"""`rehearse measure` prints one JSON object a file, by the user's settings."""

import json
from dataclasses import dataclass, replace

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner

from simulator import wiring
from simulator.adapters.places import shipped
from simulator.cli.measure import command
from simulator.core.measuring import Measuring
from simulator.core.speech import Transcript
from simulator.testing import ScriptedTranscriber, a_transcript

FAULTS = shipped("audio_fixtures") / "faults"
SAID = "[0.5] Um, I guess the the list was [2.5] like, you know, basically done."


@pytest.fixture
def measured(tmp_path, monkeypatch):
    """Measure a file in which SAID is heard, by some settings."""
    path = tmp_path / "answer.wav"
    soundfile.write(path, np.zeros(1600, np.float32), 16_000)

    def measure(*options, **settings):
        hearer = ScriptedTranscriber([SAID])
        monkeypatch.setattr(wiring, "transcriber", lambda model: hearer)  # noqa: ARG005
        monkeypatch.setattr(wiring, "measuring", lambda: Measuring(**settings))
        result = CliRunner().invoke(command, [str(path), *options], standalone_mode=False)
        assert result.exception is None
        return result.output

    return measure


def test_everything_that_was_heard_is_there_with_its_moment(measured):
    found = json.loads(measured("--json"))
    assert [(f["text"], f["kind"]) for f in found["fillers"]] == [
        ("Um,", "filled_pause"), ("like,", "discourse"), ("you know,", "discourse"),
    ]  # fmt: skip
    assert [hedge["text"] for hedge in found["hedges"]] == ["i guess"]
    assert [(r["text"], r["kind"]) for r in found["repetitions"]] == [("the the", "repetition")]
    assert found["long_pauses"][0]["before"] == "I guess the the list was"
    assert found["pace"]["fastest"] is None
    assert found["pacing"]["words"] == 11


def test_the_users_fillers_count_and_what_is_switched_off_is_left_out(measured):
    found = json.loads(
        measured(
            "--json", fillers_add=("basically",), fillers_ignore=("um",), off=("hedges", "pace")
        )
    )
    assert [f["text"] for f in found["fillers"]] == ["like,", "you know,", "basically"]
    assert {"hedges", "pace", "pacing"}.isdisjoint(found)
    assert "repetitions" in found


def test_the_line_for_people_leaves_out_what_is_switched_off(measured):
    assert "1 repetition, 1 hedge" in measured()
    assert "hedges" not in measured(off=("hedges",))


@dataclass
class Hears(ScriptedTranscriber):
    """Hear one transcript, whatever sounds."""

    heard: Transcript = a_transcript("")

    def finish(self):
        return self.heard


@pytest.fixture
def line(tmp_path, monkeypatch):
    """Measure a file in which a transcript is heard; give what is written for people."""
    path = tmp_path / "answer.wav"
    soundfile.write(path, np.zeros(1600, np.float32), 16_000)
    monkeypatch.setattr(wiring, "measuring", Measuring)

    def measure(transcript):
        hearer = Hears([], heard=transcript)
        monkeypatch.setattr(wiring, "transcriber", lambda model: hearer)  # noqa: ARG005
        result = CliRunner().invoke(command, [str(path)], standalone_mode=False)
        assert result.exception is None
        return result.output.removeprefix(f"{path}: ")

    return measure


@pytest.mark.parametrize(
    ("notes", "said"),
    [
        (("silent", "no speech"), "the recording is silent: is the microphone muted"),
        (("no speech",), "nobody speaks in it: what sounds is noise"),
    ],
)
def test_where_nobody_speaks_nothing_is_counted_and_the_reason_is_given(line, notes, said):
    nobody = Transcript((), (), (), 10.0, notes=notes)
    assert line(nobody).startswith(f"no speech in 10.0 s\n  Note: {said}")


@pytest.mark.parametrize("note", ["clipped", "noisy", "truncated"])
def test_a_faulty_recording_is_measured_and_its_fault_is_told(line, note):
    kept = "truncated file" if note == "truncated" else note
    written = line(replace(a_transcript(SAID), notes=(kept,)))
    assert "11 words in" in written
    assert f"\n  Note: {note}: " in written


def test_in_another_language_no_fillers_are_counted_and_the_reader_is_told(line):
    written = line(replace(a_transcript("Um, ich weiß, um [3] ja"), language="de"))
    assert "fillers," not in written.partition("Note")[0]
    assert "Note: not in English (de): fillers" in written
    unknown = line(replace(a_transcript(SAID), language="und"))
    assert "Note: hardly a word was understood, so it may not be English" in unknown


@pytest.mark.weights
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("silence.flac", "no speech in 10.0 s\n  Note: the recording is silent"),
        ("noise.flac", "no speech in 10.0 s\n  Note: nobody speaks in it"),
        ("clipped.flac", "Note: clipped: it was recorded too loud"),
        ("truncated.wav", "Note: truncated: the file breaks off"),
    ],
)
def test_what_is_wrong_with_a_real_recording_is_said(name, said):
    result = CliRunner().invoke(command, [str(FAULTS / name)], standalone_mode=False)
    assert result.exception is None
    assert said in result.output
