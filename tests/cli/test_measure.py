"""`rehearse measure` prints one JSON object a file, by the user's settings."""

import json

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner

from simulator import wiring
from simulator.cli.measure import command
from simulator.core.measuring import Measuring
from simulator.testing import ScriptedTranscriber

SAID = "[0.5] Um, I guess the the list was [2.5] like, you know, basically done."


@pytest.fixture
def measured(tmp_path, monkeypatch):
    """Measure a file in which SAID is heard, by some settings."""
    path = tmp_path / "answer.wav"
    soundfile.write(path, np.zeros(1600, np.float32), 16_000)

    def measure(*options, **settings):
        hearer = ScriptedTranscriber([SAID])
        monkeypatch.setattr(wiring, "transcriber", lambda model, batch: hearer)  # noqa: ARG005
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
    assert "1 repetitions, 1 hedges" in measured()
    assert "hedges" not in measured(off=("hedges",))
