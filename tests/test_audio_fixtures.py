"""The fixtures' truth agrees with their audio, and their README with the folder."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

FIXTURES = Path(__file__).parents[1] / "audio_fixtures"
CASES = sorted(path.parent for path in FIXTURES.glob("*/truth.json"))
SYNTHETIC = [case for case in CASES if (case / "script.txt").exists()]
FAULTS = FIXTURES / "faults"
QUIET = 10 ** (-70 / 20)  # the room tone lies at -84 dBFS, speech above -50
ROUNDING = 0.011  # s: truth has milliseconds, silences are measured in frames of 10 ms


def truth_of(case: Path) -> dict[str, Any]:
    return json.loads((case / "truth.json").read_text(encoding="utf-8"))


def sound_of(case: Path) -> np.ndarray:
    samples, rate = soundfile.read(case / truth_of(case)["audio"], dtype="float64")
    assert rate == 16_000
    assert samples.ndim == 1
    return samples


def stretch(samples: np.ndarray, start: float, end: float) -> np.ndarray:
    return samples[round(start * 16_000) : round(end * 16_000)]


def level(samples: np.ndarray) -> float:
    return float(np.sqrt((samples**2).mean()))


def marks(case: Path) -> list[str]:
    script = (case / "script.txt").read_text(encoding="utf-8")
    return re.findall(r"\[(um|uh|pause [\d.]+)\]", script)


def each(cases: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.name)


def test_three_questions_have_a_strong_a_middling_and_a_hesitant_answer():
    wanted = {
        f"dc{n}-{how}" for n in ("01", "05", "08") for how in ("strong", "middling", "hesitant")
    }
    assert {case.name for case in SYNTHETIC} == wanted


@each(CASES)
def test_the_truth_knows_the_length(case):
    assert len(sound_of(case)) / 16_000 == pytest.approx(truth_of(case)["seconds"], abs=0.002)


@each(CASES)
def test_every_case_names_its_licence(case):
    assert truth_of(case)["licence"]


@each(CASES)
def test_fillers_lie_in_the_recording_in_order_and_are_loud(case):
    samples, truth = sound_of(case), truth_of(case)
    times = [time for filler in truth["fillers"] for time in (filler["start"], filler["end"])]
    assert times == sorted(times)
    for filler in truth["fillers"]:
        assert 0.2 < filler["end"] - filler["start"] < 0.7
        assert level(stretch(samples, filler["start"], filler["end"])) > 30 * QUIET


@each(CASES)
def test_the_text_holds_the_fillers(case):
    truth = truth_of(case)
    said = re.findall(r"\b(?:um|uh)\b", truth["text"].lower())
    assert said == [filler["text"] for filler in truth["fillers"]]


@each([case for case in CASES if "words" in truth_of(case)])
def test_the_words_say_the_text(case):
    truth = truth_of(case)
    assert " ".join(word["text"] for word in truth["words"]) == truth["text"]
    assert all(word["start"] < word["end"] <= truth["seconds"] for word in truth["words"])


@each(SYNTHETIC)
def test_an_answer_takes_between_45_and_75_seconds(case):
    assert 45 <= truth_of(case)["seconds"] <= 75


@each(SYNTHETIC)
def test_the_marks_of_the_script_are_in_the_truth(case):
    truth = truth_of(case)
    pauses = [float(mark.removeprefix("pause ")) for mark in marks(case) if "pause" in mark]
    lengths = [end - start for start, end in truth["inserted_pauses"]]
    assert lengths == pytest.approx(pauses, abs=0.002)
    assert [f["text"] for f in truth["fillers"]] == [m for m in marks(case) if "pause" not in m]


@each(SYNTHETIC)
def test_inserted_pauses_are_silent(case):
    samples = sound_of(case)
    for start, end in truth_of(case)["inserted_pauses"]:
        assert level(stretch(samples, start, end)) < QUIET


@each(SYNTHETIC)
def test_an_inserted_pause_lies_within_a_measured_one(case):
    truth = truth_of(case)
    for start, end in truth["inserted_pauses"]:
        assert any(s <= start + ROUNDING and end - ROUNDING <= e for s, e in truth["pauses"])


@each(SYNTHETIC)
def test_pauses_are_quiet_and_what_lies_between_them_is_not(case):
    samples, pauses = sound_of(case), truth_of(case)["pauses"]
    speech = level(samples)
    assert all(end - start >= 0.249 for start, end in pauses)
    assert all(level(stretch(samples, *pause)) < speech / 50 for pause in pauses)
    between = zip(pauses, pauses[1:], strict=False)
    assert all(level(stretch(samples, one[1], two[0])) > speech / 5 for one, two in between)


def test_hesitant_answers_have_more_fillers_and_longer_pauses_than_strong_ones():
    for question in ("dc01", "dc05", "dc08"):
        strong = truth_of(FIXTURES / f"{question}-strong")
        hesitant = truth_of(FIXTURES / f"{question}-hesitant")
        assert len(hesitant["fillers"]) > 5 * len(strong["fillers"])
        longest = [max(end - start for start, end in t["pauses"]) for t in (hesitant, strong)]
        assert longest[0] > 2 * longest[1]


def test_silence_is_silent_and_noise_is_not():
    silence, _ = soundfile.read(FAULTS / "silence.flac")
    noise, _ = soundfile.read(FAULTS / "noise.flac")
    assert len(silence) == len(noise) == 160_000
    assert not silence.any()
    assert 20 * np.log10(level(noise)) == pytest.approx(-30.5, abs=0.5)


def test_the_clipped_recording_touches_full_scale():
    samples, _ = soundfile.read(FAULTS / "clipped.flac", dtype="int16")
    assert np.isin(samples, (-32768, 32767)).mean() > 0.01


def test_the_torn_recordings_are_torn():
    torn = (FAULTS / "truncated.wav").read_bytes()
    promised = int.from_bytes(torn[40:44], "little")
    assert torn[36:40] == b"data"
    assert promised == 6 * 16_000 * 2
    assert len(torn) - 44 < promised
    assert (FAULTS / "zero-byte.wav").read_bytes() == b""


def test_the_readme_names_every_case_and_fault():
    readme = (FIXTURES / "README.md").read_text(encoding="utf-8")
    names = [case.name for case in CASES] + [path.name for path in FAULTS.iterdir()]
    assert [name for name in names if f"`{name}`" not in readme] == []


def test_all_together_stay_under_15_mb():
    assert sum(path.stat().st_size for path in FIXTURES.rglob("*") if path.is_file()) < 15e6
