"""Parts that fail in mid-interview: a sentence for the candidate, and what was said is kept."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pexpect
import pytest
import soundfile

from simulator.adapters import archive as archive_module
from simulator.adapters.archive import FolderArchive
from simulator.adapters.take_files import take_seconds
from simulator.core.session import Settings
from simulator.testing import a_scenario
from tests.cli.test_interview import (  # noqa: F401 - fixtures
    PACK,
    answer,
    holds,
    seconds_on_disk,
    store,
)
from tests.test_no_network import can_trace
from tests.virtual_card import wait_until

slow = pytest.mark.slow
PATIENT = PACK.replace("[5, 20]", "[5, 300]")
"""No answer ends by its length, however slow the machine is."""
BROKEN_VOICE = """
import os, signal, sys, time
def init():
    {how}
"""


def on_card(test):
    """Mark a test that needs the virtual card, one at a time."""
    marks = (pytest.mark.card, pytest.mark.slow, pytest.mark.xdist_group("faults"))
    for mark in marks:
        test = mark(test)
    return test


def interview(tmp_path, *arguments, preexec=None, under=(), **environment):
    """Start the command in a terminal, with parts of it replaced by the environment."""
    pack = tmp_path / "test-pack.toml"
    pack.write_text(PATIENT, "utf-8")
    program = [sys.executable, "-m", "simulator", "interview", str(pack), "--no-check"]
    whole = [*under, *program, "--silence", "off", *arguments]
    return pexpect.spawn(
        whole[0],
        whole[1:],
        encoding="utf-8",
        dimensions=(40, 200),
        timeout=120,
        env={**os.environ, "TERM": "xterm-256color", **environment},
        preexec_fn=preexec,
    )


def finish(terminal):
    """Wait for the end, leaving the own rating out; give the exit status."""
    if terminal.expect(["Enter skips the rest", pexpect.EOF]) == 0:
        terminal.send("\n")
        terminal.expect(pexpect.EOF)
    terminal.close()
    return terminal.exitstatus


def speak_and_finish(terminal, store):  # noqa: F811
    """Speak for a second and finish; give the exit status and the seconds that are kept."""
    terminal.expect("REC")
    wait_until(lambda: seconds_on_disk(store) > 1.0, "a second of recording", 60)
    terminal.send("q")
    return finish(terminal), store.open().takes[0].duration


@on_card
@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", "process ended with status -9"),
        ("raise RuntimeError('no sound engine')", "no sound engine"),
        ("sys.exit(0)", "process ended with status 0"),
    ],
    ids=["killed", "broken", "gone"],
)
def test_without_a_voice_the_questions_are_read(card, tmp_path, store, how, said):  # noqa: F811
    (tmp_path / "pyttsx3.py").write_text(BROKEN_VOICE.format(how=how), "utf-8")
    terminal = interview(tmp_path, "--question", "first", PYTHONPATH=str(tmp_path))
    terminal.expect("has no voice")
    terminal.expect(r"read[^.]*instead")  # wherever the line is broken
    terminal.expect("How was it")
    status, kept = speak_and_finish(terminal, store)
    assert status == 0
    assert kept > 1.0


@on_card
def test_a_speaker_that_stops_in_the_question_does_not_stop_the_interview(
    card,
    tmp_path,
    store,  # noqa: F811
):
    card.stall_speaker()
    terminal = interview(tmp_path, "--question", "first")
    terminal.expect("cannot be heard")
    status, kept = speak_and_finish(terminal, store)
    assert status == 0
    assert kept > 1.0


@on_card
def test_a_full_disk_is_said_and_what_was_said_before_is_kept(card, tmp_path, store):  # noqa: F811
    def small_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (80_044, 80_044))

    terminal = interview(tmp_path, "--question", "first", "--no-voice", preexec=small_files)
    terminal.expect("REC")
    terminal.expect("the recording stopped: File too large")
    terminal.expect("what was said is kept")
    assert finish(terminal) == 1
    (take,) = store.open().takes
    assert take.duration == 2.5
    again = interview(tmp_path, "--resume", "--no-voice")
    assert finish(again) == 0
    assert store.open().finished


@on_card
def test_a_microphone_replaced_by_another_goes_on_with_that_one(
    card,
    tmp_path,
    store,  # noqa: F811
    answer,  # noqa: F811
):
    terminal = interview(tmp_path, "--question", "first", "--no-voice")
    terminal.expect("REC")
    wait_until(lambda: seconds_on_disk(store) > 1.0, "a second of recording", 60)
    try:
        card.replace_microphone()  # the sound server moves what records to the other one
        before = seconds_on_disk(store)
        card.say(answer, "other_feed")
        wait_until(lambda: seconds_on_disk(store) > before + 10.0, "what was said then", 60)
        terminal.send("q")
        assert finish(terminal) == 0
    finally:
        card.unplug()
    (take,) = store.open().takes
    said, _ = soundfile.read(answer, dtype="float32")
    assert holds(np.concatenate(list(store.audio(store.open(), take))), said)


@on_card
def test_the_question_heard_again_in_mid_answer_does_not_end_it(card, tmp_path, store):  # noqa: F811
    def loudest_since(start):
        return int(np.abs(np.fromfile(heard, np.int16)[start // 2 :]).max(initial=0))

    heard = tmp_path / "heard.raw"
    with card.heard(heard):
        terminal = interview(tmp_path, "--question", "first", "--no-think")
        terminal.expect("REC")
        wait_until(lambda: seconds_on_disk(store) > 1.0, "a second of recording", 60)
        for _ in range(2):  # the second time while it still speaks, or just after
            so_far = heard.stat().st_size
            terminal.send("r")
            wait_until(lambda start=so_far: loudest_since(start) > 500, "the question again", 60)
        before = seconds_on_disk(store)
        wait_until(lambda: seconds_on_disk(store) > before + 1.0, "the recording going on", 60)
        terminal.send("q")
        assert finish(terminal) == 0
    assert [take.ended_by for take in store.open().takes] == ["finished early"]


def stopped(process):
    """Say whether every thread of a process stands still: a signal takes its time."""
    states = [
        path.read_text("utf-8").rpartition(")")[2].split()[0]
        for path in Path(f"/proc/{process}/task").glob("*/stat")
    ]
    return set(states) == {"T"}


@on_card
def test_a_sleeping_laptop_keeps_the_answer_and_goes_on(card, tmp_path, store):  # noqa: F811
    terminal = interview(tmp_path, "--question", "first", "--no-voice")
    terminal.expect("REC")
    wait_until(lambda: seconds_on_disk(store) > 1.0, "a second of recording", 60)
    terminal.kill(signal.SIGSTOP)
    wait_until(lambda: stopped(terminal.pid), "sleep", 60)
    before = seconds_on_disk(store)
    time.sleep(3.0)  # asleep: nothing can be waited for
    assert seconds_on_disk(store) == before
    terminal.kill(signal.SIGCONT)
    wait_until(lambda: seconds_on_disk(store) > before + 1.0, "the recording going on", 60)
    terminal.send("q")
    assert finish(terminal) == 0
    assert [take.ended_by for take in store.open().takes] == ["finished early"]


@on_card
@pytest.mark.weights
def test_weights_removed_between_two_answers_cost_the_report_not_the_answers(
    card,
    tmp_path,
    store,  # noqa: F811
    answer,  # noqa: F811
):
    from simulator.wiring import check_weights

    model = tmp_path / "model"
    shutil.copytree(check_weights("tiny.en"), model)
    (model / "model.bin").write_bytes(b"no weights")
    terminal = interview(tmp_path, "--no-voice", "--model", str(model))
    terminal.expect("REC")
    card.say(answer)
    shutil.rmtree(model)
    terminal.send("\n")
    terminal.expect("question 2 of 2")
    terminal.expect("REC")
    wait_until(lambda: seconds_on_disk(store) > 1.0, "the second answer", 60)
    terminal.send("q")
    finish(terminal)
    assert "Traceback" not in (terminal.before or "")
    assert [take.duration > 1.0 for take in store.open().takes] == [True, True]


LOW_MEMORY = """
import resource, sys
from simulator.cli import main
import numpy, faster_whisper, onnxruntime, av  # the libraries' own share
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 60_000_000,) * 2)
main(sys.argv[1:])
"""


@slow
@pytest.mark.weights
def test_too_little_memory_to_decode_keeps_the_answer_and_says_so(tmp_path, home, answer):  # noqa: F811
    pack = tmp_path / "test-pack.toml"
    pack.write_text(PACK, "utf-8")
    command = ["interview", pack, "--question", "first", "--no-voice", "--answers", answer]
    done = subprocess.run(
        [sys.executable, "-c", LOW_MEMORY, *command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    # Where the memory runs out is chance: in the decoder it is a notice, elsewhere the end.
    assert done.returncode in {0, 1}, done.stderr
    assert "too little memory" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    said, _ = soundfile.read(answer, dtype="float32")
    archive = FolderArchive(home / "data" / "sessions")
    kept = [
        np.concatenate(list(archive.audio(session, take)))
        for session in map(archive.open, archive.ids())
        for take in session.takes
        if take.duration
    ]
    assert [len(sound) for sound in kept] == [len(said)] == [160_000]
    assert np.array_equal(kept[0], said)


@on_card
def test_a_screen_that_takes_nothing_does_not_hold_up_the_recording(
    card,
    tmp_path,
    store,  # noqa: F811
):
    terminal = interview(tmp_path, "--question", "first", "--no-voice")
    terminal.expect("REC")
    # Nobody reads what it draws: after some nine seconds no more fits into the terminal.
    wait_until(lambda: seconds_on_disk(store) > 15.0, "fifteen seconds of recording", 90)
    terminal.send("q")
    assert finish(terminal) == 0
    assert store.open().takes[0].duration > 15.0


READ_ONLY = """
import numpy as np, pathlib, sys
from simulator.adapters.take_files import TakeFile
from simulator.errors import SessionError
file = TakeFile(pathlib.Path(sys.argv[1]))
try:
    for _ in range(200):
        file.write(np.full(512, 0.5, np.float32))
except SessionError as error:
    print(error)
print(file.close())
"""


@pytest.mark.skipif(not can_trace(), reason="no strace that may trace here")
@pytest.mark.parametrize(
    ("error", "said"),
    [("EROFS", "Read-only file system"), ("ENOSPC", "No space left"), ("EIO", "Input/output")],
)
def test_a_disk_that_fails_in_mid_take_keeps_what_it_took(tmp_path, error, said):
    path = tmp_path / "1.wav"
    fault = ["-P", path, "-e", "trace=write", "-e", f"inject=write:error={error}:when=101+"]
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", "/dev/null", *fault, sys.executable, "-c", READ_ONLY, path],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    message, seconds = done.stdout.splitlines()
    assert f"1.wav: the recording stopped: {said}" in message
    # The first write is the header: 99 blocks came after it.
    assert float(seconds) == take_seconds(path) == 99 * 512 / 16_000


class SetBack(datetime):
    """A clock that somebody sets back by a day each time it is looked at."""

    day = 20

    @classmethod
    def now(cls, tz=None):
        cls.day -= 1
        return datetime(2026, 3, cls.day, 9, 30, tzinfo=tz or UTC)


def test_a_clock_that_is_set_back_loses_no_session(tmp_path, monkeypatch):
    monkeypatch.setattr(archive_module, "datetime", SetBack)
    archive = FolderArchive(tmp_path)
    made = [archive.create(a_scenario(1), Settings()) for _ in range(3)]
    assert set(archive.ids()) == {session.id for session in made}
    assert [archive.open(session.id) for session in made] == made


def test_a_store_that_cannot_be_written_is_one_line(tmp_path, home):
    (home / "data").mkdir(parents=True)
    (home / "data" / "sessions").write_text("in the way", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "simulator", "demo", "--no-voice"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"rehearse: {home / 'data' / 'sessions'}")
    assert done.stderr.count("\n") == 1
