"""Long use: one session of many answers, and a store of many sessions: `make torture` prints both.

    python -m tests.torture.soak --answers 200 --sessions 2000

Memory, open files and threads are looked at again and again; what grows with use is a leak. The
exit status is 1 when something grew, or the store does not agree with itself afterwards.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pexpect
import soundfile

from simulator.adapters.analysis_files import save_report
from simulator.adapters.store_check import find_trouble
from simulator.core.analysis import SessionReport
from simulator.testing import an_answer
from tests.torture.commands import environment
from tests.torture.store import Store
from tests.virtual_card import CardError, VirtualCard, end_with_parent

FIXTURE = Path(__file__).parents[2] / "audio_fixtures" / "real-speech" / "answer.flac"
ROUNDS = 10
"""Looks at the numbers; the first two are warming up."""
MOST_MEMORY = 40.0
"""MB that may come between the third look and the last: what Python and C keep for later."""
PACK = """
schema = 1
id = "soak"
title = "Soak"
"""
QUESTION = """
[[questions]]
id = "q{number}"
prompt = "Question {number}: how did it end?"
kind = "behavioural"
answer_seconds = [5, 60]
[[questions.criteria]]
id = "calm"
name = "Stays calm"
evidence = ["I kept my voice down"]
"""


@dataclass(frozen=True, slots=True)
class Use:
    """Hold what a process uses."""

    memory: float
    "MB of real memory."
    files: int
    threads: int

    @classmethod
    def of(cls, process: int) -> Use:
        """Ask the system."""
        folder = Path(f"/proc/{process}")
        told = dict(
            line.split(":", 1) for line in (folder / "status").read_text("utf-8").splitlines()
        )
        memory = int(told["VmRSS"].split()[0]) / 1024
        return cls(memory, len(list((folder / "fd").iterdir())), int(told["Threads"]))

    def least(self, other: Use) -> Use:
        """Give the lesser of each: what comes and goes within one answer is no leak."""
        return Use(
            min(self.memory, other.memory),
            min(self.files, other.files),
            min(self.threads, other.threads),
        )


def grown(uses: list[Use]) -> list[str]:
    """Name what grew after the warming up."""
    first, last = uses[2], uses[-1]
    faults = []
    if last.memory - first.memory > MOST_MEMORY:
        faults.append(f"memory from {first.memory:.0f} to {last.memory:.0f} MB")
    if last.files > first.files:
        faults.append(f"open files from {first.files} to {last.files}")
    if last.threads > first.threads:
        faults.append(f"threads from {first.threads} to {last.threads}")
    return faults


def long_session(store: Store, card: VirtualCard, folder: Path, answers: int) -> list[Use]:
    """Hold the real interview with so many answers, a real voice in each; give its use."""
    pack, voice = folder / "soak.toml", folder / "voice.wav"
    pack.write_text(PACK + "".join(QUESTION.format(number=n + 1) for n in range(answers)), "utf-8")
    samples, rate = soundfile.read(FIXTURE, dtype="int16")
    soundfile.write(voice, np.tile(samples, 20), rate, subtype="PCM_16")
    talk = ["sh", "-c", f"while paplay -d mic_feed {voice}; do :; done"]
    talking = subprocess.Popen(
        talk,
        env={**os.environ, **card.environment},
        start_new_session=True,
        preexec_fn=end_with_parent,  # noqa: PLW1509 - takes no lock
    )
    try:
        return _talk(store, pack, answers)
    finally:
        os.killpg(talking.pid, 15)
        talking.wait()


def _talk(store: Store, pack: Path, answers: int) -> list[Use]:
    options = ["--no-check", "--no-voice", "--no-think", "--silence", "off"]
    terminal = pexpect.spawn(
        sys.executable,
        ["-m", "simulator", "interview", str(pack), *options],
        encoding="utf-8",
        dimensions=(40, 100),
        timeout=300,
        env={**environment(store), "TERM": "xterm-256color"},
    )
    uses: list[Use] = []
    for number in range(answers):
        terminal.expect(f"question {number + 1} of {answers}")
        while terminal.expect(["0:01", "press a number"]) == 1:
            terminal.send("1")  # so busy a machine that the card fell silent: try again
        _understood(terminal.pid)
        terminal.send("\n")
        terminal.expect("answer ended")
        use = Use.of(terminal.pid)
        look = number * ROUNDS // answers
        uses = [*uses[:look], uses[look].least(use) if look < len(uses) else use]
        _tell(f"answer {number + 1} of {answers}")
    if terminal.expect(["Enter skips the rest", pexpect.EOF]) == 0:
        terminal.send("\n")
        terminal.expect(pexpect.EOF)
    terminal.close()
    if terminal.exitstatus:
        sys.exit(f"the interview ended with {terminal.exitstatus}")
    return uses


def _understood(process: int) -> None:
    """Let the candidate speak on until the program has caught up with what was said before."""
    for _ in range(40):
        before = _busy(process)
        time.sleep(0.5)
        if _busy(process) - before < 0.1:
            return


def _busy(process: int) -> float:
    """Give the seconds of processor time that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def full_store(store: Store, sessions: int) -> list[Use]:
    """Fill a store, and use all of it again and again; give this process's use."""
    sound = np.full(1_600, 0.1, np.float32)
    while len(store.archive.ids()) < sessions:
        for _ in range(sessions - len(store.archive.ids())):
            _measured(store, sound)
    uses = []
    for look in range(ROUNDS):
        found = {line.id for line in store.index.sessions() if not line.fault}
        opened = {store.archive.open(session_id).id for session_id in found}
        troubles = [trouble.what for trouble in find_trouble(store.archive, store.index)]
        if len(opened) != sessions or troubles:
            sys.exit(f"{len(opened)} of {sessions} sessions; troubles: {troubles[:3]}")
        uses.append(Use.of(os.getpid()))
        _tell(f"look {look + 1} of {ROUNDS} at {sessions} sessions")
    return uses


def _measured(store: Store, sound: np.ndarray) -> None:
    session = store.record(sound)
    pairs = zip(session.scenario.questions, session.takes, strict=True)
    answers = tuple(replace(an_answer(question=q), take=take) for q, take in pairs)
    save_report(store.archive.folder(session), SessionReport(session, answers, model="soak"))


def agrees(store: Store) -> str:
    """Let the product itself say whether folders and index agree."""
    done = subprocess.run(
        [sys.executable, "-m", "simulator", "doctor", "--store"],
        env=environment(store),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return (done.stdout + done.stderr).strip()


def table(what: str, uses: list[Use]) -> str:
    """Give the table that docs/trust.md shows."""
    rows = [
        f"| {(look + 1) * 100 // len(uses)} % | {use.memory:.0f} | {use.files} | {use.threads} |"
        for look, use in enumerate(uses)
    ]
    head = [f"| {what} | MB of memory | open files | threads |", "|---|---|---|---|"]
    return "\n".join([*head, *rows])


def main() -> int:
    """Run both, and print their tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=200)
    parser.add_argument("--sessions", type=int, default=2000)
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    card = VirtualCard(folder / "card")
    try:
        card.start()
        os.environ.update(card.environment)
        talked = Store(folder / "long")
        uses = long_session(talked, card, folder, chosen.answers)
        _print(f"answers of {chosen.answers} in one session", uses, talked)
        faults = grown(uses)
        filled = Store(folder / "full")
        uses = full_store(filled, chosen.sessions)
        _print(f"looks at a store of {chosen.sessions} sessions", uses, filled)
        faults += grown(uses)
    except CardError as error:
        sys.exit(f"no virtual sound card: {error}")
    finally:
        card.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return int(bool(faults))


def _print(what: str, uses: list[Use], store: Store) -> None:
    grew = ", ".join(grown(uses)) or "nothing grew"
    print(f"\n{table(what, uses)}\n\n{grew}; `rehearse doctor --store`: {agrees(store)}")  # noqa: T201


def _tell(what: str) -> None:
    print(f"\r\033[K{what}", end="", file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
