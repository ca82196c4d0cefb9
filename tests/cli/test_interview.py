"""The real `rehearse interview` in a terminal, on the virtual sound card, with real weights."""

import os
import shutil
import signal
import sys
import threading
from pathlib import Path

import numpy as np
import pexpect
import pytest
import soundfile

from simulator.adapters.archive import FolderArchive, load_session
from simulator.adapters.take_files import read_take
from tests.virtual_card import wait_until

FIXTURES = Path(__file__).parents[2] / "audio_fixtures"
PACK = """
schema = 1
id = "test-pack"
title = "A short test"

[[questions]]
id = "first"
prompt = "How was it?"
kind = "behavioural"
answer_seconds = [5, 20]

[[questions.criteria]]
id = "calm"
name = "Stays calm"
evidence = ["I kept my voice down"]
follow_up = "And then?"

[[questions]]
id = "second"
prompt = "And now?"
kind = "behavioural"
answer_seconds = [5, 20]

[[questions.criteria]]
id = "calm"
name = "Stays calm"
evidence = ["I kept my voice down"]
"""
pytestmark = [pytest.mark.card, pytest.mark.slow, pytest.mark.xdist_group("interview")]


@pytest.fixture
def answer(tmp_path) -> Path:
    """Ten seconds of a real voice, as a file that can be played."""
    samples, rate = soundfile.read(FIXTURES / "real-speech" / "answer.flac", dtype="int16")
    path = tmp_path / "answer.wav"
    soundfile.write(path, samples[: 10 * rate], rate, subtype="PCM_16")
    return path


@pytest.fixture
def store(home) -> FolderArchive:
    return FolderArchive(home / "data" / "sessions")


def rehearse(tmp_path, *arguments: str) -> pexpect.spawn:
    """Start the command in a terminal of 100 columns."""
    pack = tmp_path / "test-pack.toml"
    pack.write_text(PACK, "utf-8")
    program = ["-m", "simulator", "interview", str(pack), "--no-check", *arguments]
    return pexpect.spawn(
        sys.executable,
        program,
        encoding="utf-8",
        dimensions=(40, 100),
        timeout=120,
        env={**os.environ, "TERM": "xterm-256color"},
    )


def test_an_answer_is_captured_exactly_ended_by_silence_and_reported(card, tmp_path, store, answer):
    terminal = rehearse(tmp_path, "--question", "first", "--silence", "3")
    terminal.expect("How was it")
    terminal.expect("REC")
    card.say(answer)
    terminal.expect("ended after your silence")
    terminal.expect("Stays calm?")
    terminal.send("n")
    terminal.expect("of the rubric heard")
    terminal.expect("Kept in")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0

    session = store.open()
    (take,) = session.takes
    recorded = np.concatenate(list(read_take(store.folder(session) / take.audio)))
    said, _ = soundfile.read(answer, dtype="float32")
    assert holds(recorded, said)
    assert take.audio.endswith(".flac")
    report = (store.folder(session) / "analysis" / "report.json").read_text("utf-8")
    assert "fellow" in report
    assert [(rating.criterion_id, rating.status) for rating in session.ratings] == [
        ("calm", "missing")
    ]


def test_killed_in_mid_answer_the_session_opens_and_goes_on(card, tmp_path, store, answer):
    terminal = rehearse(tmp_path, "--silence", "off")
    terminal.expect("REC")
    playing = threading.Thread(target=card.say, args=(answer,))
    playing.start()
    wait_until(lambda: seconds_on_disk(store) > 4.0, "four seconds of recording", 60)
    before = seconds_on_disk(store)
    terminal.kill(signal.SIGKILL)
    terminal.close(force=True)
    playing.join()

    session = store.open()
    (take,) = session.takes
    assert take.ended_by == "recovered"
    assert take.duration >= before

    again = rehearse(tmp_path, "--resume", "--silence", "off", "--no-voice")
    again.expect("question 2 of 2")
    again.expect("REC")
    again.send("q")
    again.expect("Stays calm?")
    again.send("\r")
    again.expect(pexpect.EOF)
    again.close()
    assert [t.question_id for t in store.open().takes] == ["first", "second"]


def test_ctrl_c_leaves_with_130_and_keeps_the_answer(card, tmp_path, store, answer):
    terminal = rehearse(tmp_path, "--question", "first", "--silence", "off", "--no-voice")
    terminal.expect("REC")
    wait_until(lambda: seconds_on_disk(store) > 1.0, "a second of recording", 60)
    terminal.sendintr()
    terminal.expect("Everything is kept in")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 130
    (take,) = store.open().takes
    assert (take.ended_by, take.duration > 1.0) == ("interrupted", True)


@pytest.mark.parametrize("fault", ["unplugged", "stalled"])
def test_a_microphone_that_dies_keeps_the_answer_and_offers_a_way_on(card, tmp_path, store, fault):
    terminal = rehearse(tmp_path, "--question", "first", "--silence", "off", "--no-voice")
    terminal.expect("REC")
    wait_until(lambda: seconds_on_disk(store) > 1.0, "a second of recording", 60)
    card.unplug() if fault == "unplugged" else card.stall()
    terminal.expect("Your answer so far is kept")
    if fault == "unplugged":
        card.start()
    else:
        card.stall(stalled=False)
    terminal.expect("press a number")
    terminal.send("1")
    terminal.expect("REC")
    wait_until(lambda: seconds_on_disk(store) > 0.5, "the second take", 60)
    terminal.send("q")
    terminal.expect("Stays calm?")
    terminal.send("\r")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert [t.ended_by for t in store.open().takes] == ["device lost", "finished early"]


def test_a_muted_microphone_is_found_by_the_sound_check(card, tmp_path, home):
    card.mute()
    pack = tmp_path / "test-pack.toml"
    pack.write_text(PACK, "utf-8")
    terminal = pexpect.spawn(
        sys.executable, ["-m", "simulator", "interview", str(pack)], encoding="utf-8", timeout=60
    )
    terminal.expect("sends no sound at all")
    terminal.expect("press a number")
    terminal.send("3")
    terminal.expect("stopped at the sound check")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 1


def seconds_on_disk(store: FolderArchive) -> float:
    """Give the length of the newest take, as it grows."""
    takes = sorted(store.root.glob("*/takes/*.wav"), key=lambda path: path.stat().st_mtime_ns)
    return (takes[-1].stat().st_size - 44) / 32_000 if takes else 0.0


def holds(recorded: np.ndarray, said: np.ndarray) -> bool:
    """Say whether a recording holds every sample of what was said, in order."""
    anchor = int(np.argmax(np.abs(said)))
    for place in np.flatnonzero(recorded == said[anchor]):
        start = place - anchor
        if start >= 0 and np.array_equal(recorded[start : start + len(said)], said):
            return True
    return False


def test_sessions_can_be_opened_from_elsewhere(card, tmp_path, store, answer):
    terminal = rehearse(tmp_path, "--question", "first", "--answers", str(answer), "--no-voice")
    terminal.expect(pexpect.EOF)
    terminal.close()
    session = store.open()
    moved = tmp_path / "elsewhere" / session.id
    shutil.copytree(store.folder(session), moved)
    assert load_session(moved) == session


def test_the_weakest_questions_come_again(card, tmp_path, store, answer):
    first = rehearse(tmp_path, "--answers", str(answer), "--no-voice", "--question", "second")
    first.expect(pexpect.EOF)
    first.close()
    again = pexpect.spawn(
        sys.executable,
        ["-m", "simulator", "interview", "--weakest", "--no-voice", "--answers", str(answer)],
        encoding="utf-8",
        timeout=120,
    )
    again.expect("And now")
    again.expect(pexpect.EOF)
    again.close()
    assert [question.id for question in store.open().scenario.questions] == ["second"]
