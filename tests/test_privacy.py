"""Nothing of an interview is anywhere but in the store, and there for its owner alone."""

import os
import re
import shutil
import subprocess
import sys

import pytest
import soundfile

from tests.test_golden_sessions import GOLDEN
from tests.test_no_network import can_trace

WORD = "fellow"
"""Said in the recording, and in no question: whoever knows it knows what was said."""
CALLS = "open,openat,creat,mkdir,mkdirat,link,linkat,symlink,symlinkat,mknod,mknodat,execve,connect"
MADE = re.compile(
    r'(?:openat|open)\((?:AT_FDCWD, )?"(?P<path>[^"]*)", (?P<flags>[A-Z_|]+)(?:, (\d+))?'
)
FOLDER = re.compile(r'mkdir(?:at)?\((?:AT_FDCWD, )?"(?P<path>[^"]*)", (?P<mode>\d+)\) += 0')
pytestmark = [
    pytest.mark.slow,
    pytest.mark.weights,
    pytest.mark.xdist_group("privacy"),
    pytest.mark.skipif(not can_trace(), reason="no strace that may trace here"),
]


BROKEN_OFF = " <unfinished ...>"
GOES_ON = re.compile(r"(?P<process>\d+) +<\.\.\. \w+ resumed>(?P<rest>.*)")


def whole(lines):
    """Join the calls that another thread broke in on: how they ended stands lines below."""
    begun, calls = {}, []
    for line in lines:
        process = line.partition(" ")[0]
        if line.endswith(BROKEN_OFF):
            begun[process] = len(calls)
            calls.append(line.removesuffix(BROKEN_OFF))
        elif (rest := GOES_ON.match(line)) and process in begun:
            calls[begun.pop(process)] += rest["rest"]
        else:
            calls.append(line)
    return calls


def test_a_call_that_another_thread_broke_in_on_is_read_whole():
    lines = [
        '7 openat(AT_FDCWD, "/a", O_RDWR <unfinished ...>',
        '8 mkdir("/b", 0700) = 0',
        "7 <... openat resumed>) = -1 ENOENT (No such file or directory)",
    ]
    assert whole(lines) == [
        '7 openat(AT_FDCWD, "/a", O_RDWR) = -1 ENOENT (No such file or directory)',
        '8 mkdir("/b", 0700) = 0',
    ]


class Watched:
    """A command of the product, with everything it made and started."""

    def __init__(self, folder, *arguments):
        self.folder, self.home, self.temporary = folder, folder / "home", folder / "tmp"
        for made in (self.temporary, folder / "user"):
            made.mkdir(exist_ok=True)
        calls = folder / "calls"
        self.done = subprocess.run(
            ["strace", "-f", "-qq", "-s", "20000", "-e", f"trace={CALLS}", "-o", calls,
             sys.executable, "-m", "simulator", *arguments],
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
            umask=0,  # the product's own modes count, not those that a careful user lends it
        )  # fmt: skip
        self.calls = whole(calls.read_text("utf-8", "replace").splitlines())

    def _environment(self):
        return {
            **os.environ,
            "REHEARSE_HOME": str(self.home),
            "HOME": str(self.folder / "user"),
            "TMPDIR": str(self.temporary),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PULSE_SERVER": f"unix:{self.folder}/no-server",
        }

    def files_made(self):
        """List what was opened for writing: path and the mode it was made with."""
        found = []
        for call in self.calls:
            made = MADE.search(call)
            if made is None or " = -1" in call or made["path"].startswith(("/dev/", "/proc/")):
                continue
            if {"O_WRONLY", "O_RDWR", "O_CREAT"} & set(made["flags"].split("|")):
                found.append((made["path"], made[3]))
        # The first use of a temporary folder tries whether it can be written to: "blat".
        tried = re.compile(rf"{re.escape(str(self.temporary))}/[a-z0-9_]{{8}}")
        return [(path, mode) for path, mode in found if not tried.fullmatch(path)]

    def folders_made(self):
        """List the folders that were made, with their modes."""
        found = [FOLDER.search(call) for call in self.calls]
        return [(made["path"], made["mode"]) for made in found if made]

    def started(self):
        """List the programs that were started, with their arguments."""
        return [call for call in self.calls if "execve(" in call]

    def left_behind(self):
        """List every file outside the store."""
        return [
            path
            for root in (self.temporary, self.folder / "user")
            for path in root.rglob("*")
            if path.is_file()
        ]


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    samples, rate = soundfile.read(
        GOLDEN.parents[1] / "audio_fixtures" / "real-speech" / "answer.flac", dtype="int16"
    )
    path = tmp_path_factory.mktemp("answer") / "answer.wav"
    soundfile.write(path, samples[: 10 * rate], rate, subtype="PCM_16")
    return path


@pytest.fixture(scope="module")
def interview(tmp_path_factory, answer):
    arguments = ("interview", "taster", "--question", "dc01", "--answers", str(answer))
    return Watched(tmp_path_factory.mktemp("interview"), *arguments)


@pytest.fixture(scope="module")
def private(tmp_path_factory, answer):
    arguments = ("interview", "taster", "--question", "dc01", "--answers", str(answer))
    return Watched(tmp_path_factory.mktemp("private"), *arguments, "--private")


def holding(folder, word):
    """List the files that hold a word."""
    return [p for p in folder.rglob("*") if p.is_file() and word.encode() in p.read_bytes()]


def test_the_interview_was_heard_or_all_this_proves_nothing(interview):
    assert interview.done.returncode == 0, interview.done.stderr
    assert [path.name for path in holding(interview.home, WORD)] == ["report.json"]


def test_nothing_is_written_outside_the_store_but_the_interviewers_voice(interview):
    outside = [
        path
        for path, _ in interview.files_made()
        if not path.startswith(str(interview.home))
        and not path.startswith(f"{interview.temporary}/rehearse-voice-")
    ]
    assert outside == []


def test_every_file_is_the_owners_alone_from_its_first_byte(interview):
    files = [(p, m) for p, m in interview.files_made() if m and p.startswith(str(interview.home))]
    assert len(files) >= 3
    first = dict(reversed(files))  # SQLite and libsndfile open again what is there with 0600
    assert {mode for _, mode in first.items()} == {"0600"}, first


def test_every_folder_is_the_owners_alone(interview):
    private = [(p, m) for p, m in interview.folders_made() if "sessions" in p or "rehearse" in p]
    assert private
    assert {mode for _, mode in private} == {"0700"}
    open_to_others = [p for p in interview.home.rglob("*") if p.stat().st_mode & 0o077]
    assert open_to_others == []


def test_no_word_of_it_is_in_the_process_list(interview):
    assert len(interview.started()) >= 2  # the voice is a process of its own
    spoken = ("angry", "customer", WORD)
    assert [call for call in interview.started() if any(word in call for word in spoken)] == []


def test_no_temporary_file_is_left(interview):
    assert interview.left_behind() == []


def test_a_private_interview_reports_and_leaves_nothing(private):
    assert private.done.returncode == 0, private.done.stderr
    assert "nothing of it is kept" in private.done.stdout
    assert "of the rubric heard" in private.done.stdout
    assert private.left_behind() == []
    assert holding(private.home, WORD) == []
    assert not (private.home / "data" / "sessions").exists()


def test_a_private_interview_writes_no_sound_or_word_even_for_a_moment(private):
    written = [
        path
        for path, _ in private.files_made()
        if not path.startswith(
            (f"{private.temporary}/rehearse-voice-", f"{private.home}/cache/models/")
        )
    ]
    assert written == []


def test_deleting_removes_every_trace_and_says_what_remains(interview):
    session_id = next((interview.home / "data" / "sessions").iterdir()).name
    Watched(interview.folder, "sessions")  # into the index
    done = Watched(interview.folder, "sessions", "delete", session_id, "--yes").done
    assert done.returncode == 0, done.stderr
    assert "Copies of yours (backups, exported files, saved reports) are untouched" in done.stdout
    assert holding(interview.home, WORD) == holding(interview.home, session_id) == []
    assert not list((interview.home / "data" / "sessions").iterdir())


@pytest.mark.skipif(
    subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode != 0
    if shutil.which("unshare")
    else True,
    reason="no network namespace can be made here",
)
def test_an_interview_runs_where_there_is_no_network_at_all(tmp_path, answer):
    done = subprocess.run(
        ["unshare", "-rn", sys.executable, "-m", "simulator", "interview", "taster",
         "--question", "dc01", "--answers", answer],
        env={**os.environ, "REHEARSE_HOME": str(tmp_path / "home")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Kept in" in done.stdout
