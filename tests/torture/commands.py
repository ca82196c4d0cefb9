"""Commands killed at the n-th call that changes the disk: no luck is needed to hit the moment."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from tests.torture.store import Harm

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from simulator.core.session import Session
    from tests.torture.store import Store

CHANGES = "rename,unlink,unlinkat,rmdir,mkdir,fsync,fdatasync,ftruncate,pwrite64"
"""System calls with which the product changes a disk, `write` left out: it also fills screens."""
LONGEST = 120.0
"""Seconds until a command that neither ends nor is killed counts as blocked."""


def can_inject() -> bool:
    """Say whether this machine lets a program be traced."""
    if shutil.which("strace") is None:
        return False
    program = [sys.executable, "-c", "import os; os.rmdir('/')"]
    tried = [*tracing("-e", "inject=rmdir:signal=KILL:when=1"), *program]
    return subprocess.run(tried, capture_output=True, check=False).returncode == -signal.SIGKILL


def tracing(*options: str, to: str = "/dev/null") -> list[str]:
    """Give the command that watches what follows change the disk."""
    # Without --seccomp-bpf: strace injects nothing where that is on.
    return ["strace", "-f", "-qqq", "-o", to, "-e", f"trace={CHANGES}", *options]


def changes_of(store: Store, arguments: tuple[str, ...]) -> list[tuple[str, int]]:
    """Run a command to its end; list its changes: each call's name and its number of that name."""
    listed = store.home / "changes.txt"
    run(store, arguments, tracing(to=str(listed)))
    counted: Counter[tuple[str, str]] = Counter()
    changes = []
    for process, name in re.findall(r"^(\d+) +(\w+)\(", listed.read_text("utf-8"), re.MULTILINE):
        counted[process, name] += 1
        changes.append((name, counted[process, name]))
    return changes


def killed(store: Store, arguments: tuple[str, ...], change: tuple[str, int]) -> bool:
    """Run a command and kill it at one of its changes; say whether it was still running then."""
    name, number = change
    inject = f"inject={name}:signal=KILL:when={number}"
    return run(store, arguments, tracing("-e", inject)) in {-signal.SIGKILL, 128 + signal.SIGKILL}


def run(store: Store, arguments: tuple[str, ...], under: list[str]) -> int:
    """Run a command of the product; give its exit status. Raises Harm for a traceback."""
    done = subprocess.run(
        [*under, sys.executable, "-m", "simulator", *arguments],
        env=environment(store),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
    )
    if "Traceback" in done.stderr:
        raise Harm(f"{arguments[:2]}: {done.stderr[-500:]}")
    return done.returncode


def killed_after(store: Store, arguments: tuple[str, ...], seconds: float) -> bool:
    """Run a command and kill it after so long; say whether it was still running then."""
    child = subprocess.Popen(
        [sys.executable, "-m", "simulator", *arguments],
        env=environment(store),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(seconds)
    child.kill()
    return child.wait() == -signal.SIGKILL


def environment(store: Store) -> dict[str, str]:
    """Give the environment of a command on this store; the weights are read one at a time."""
    return {**os.environ, "REHEARSE_HOME": str(store.home)}


class Spoken:
    """Sessions with a real voice in them, to be harmed by commands."""

    def __init__(self, store: Store, voice: np.ndarray, recording: Path) -> None:
        self.store, self.voice, self.recording = store, voice, recording
        self.said = np.round(voice * 32_768).astype(np.int16)
        self.ended = 0
        self._changes: dict[str, list[tuple[str, int]]] = {}

    def _killed(self, arguments: tuple[str, ...], dice: random.Random) -> bool:
        """Kill a command at any of its changes, which a first run of its kind has shown."""
        kind = " ".join(arguments[:2])
        if kind not in self._changes:
            self._changes[kind] = changes_of(self.store, arguments)
            return False
        return killed(self.store, arguments, dice.choice(self._changes[kind]))

    def deleting(self, dice: random.Random) -> bool:
        """Kill `sessions delete`: the session is whole, or gone."""
        session = self.store.record(self.voice)
        hit = self._killed(("sessions", "delete", session.id, "--yes"), dice)
        if session.id in self.store.archive.ids():
            self._whole(self.store.archive.open(session.id))
        self.store.archive.finish_deleting()
        left = [path.name for path in self.store.archive.root.glob(f"*{session.id}*")]
        if left not in ([], [session.id]):
            raise Harm(f"of a deleted session remains {left}")
        return hit

    def indexing(self, dice: random.Random) -> bool:
        """Kill the listing while it reads new sessions into the index."""
        session = self.store.record(self.voice)
        hit = self._killed(("sessions",), dice)
        if session.id not in {line.id for line in self.store.index.sessions()}:
            raise Harm(f"{session.id} is not listed")
        self._whole(self.store.archive.open(session.id))
        return hit

    def analysing(self, dice: random.Random) -> bool:
        """Kill a new analysis anywhere in it."""
        session = self.store.record(self.voice)
        arguments = ("replay", session.id, "--reanalyse", "--no-audio")
        hit = killed_after(self.store, arguments, dice.uniform(0.5, 6.0))
        self._whole(self.store.archive.open(session.id))
        return hit

    def writing(self, dice: random.Random) -> bool:
        """Kill a whole interview with recorded answers at any of its changes of the disk."""
        before = set(self.store.archive.ids())
        arguments = ("interview", "taster", "--question", "dc01", "--no-voice", "--answers")
        hit = self._killed((*arguments, str(self.recording)), dice)
        for session_id in set(self.store.archive.ids()) - before:
            session = self.store.archive.open(session_id)
            for take in session.takes:
                held = self.store.sound(session, take) if take.duration else self.said[:0]
                ended = take.ended_by != "recovered"
                self.ended += ended
                if not np.array_equal(held, self.said[: len(held)]):
                    raise Harm(f"{session_id}: {take.audio} does not hold what was said")
                if ended and len(held) != len(self.said):
                    raise Harm(f"{session_id}: {take.audio} had ended, and is not whole")
        return hit

    def importing(self, dice: random.Random) -> bool:
        """Kill `sessions import`: the session is whole, or not there."""
        from simulator.adapters.session_zip import export_session

        session = self.store.record(self.voice)
        packed = self.store.home / "out.zip"
        packed.unlink(missing_ok=True)
        export_session(self.store.archive.folder(session), packed)
        self.store.archive.delete(session.id)
        hit = self._killed(("sessions", "import", str(packed)), dice)
        if session.id in self.store.archive.ids():
            self._whole(self.store.archive.open(session.id))
        return hit

    def _whole(self, session: Session) -> None:
        for take in session.takes:
            self.ended += 1
            if not np.array_equal(self.store.sound(session, take), self.said):
                raise Harm(f"{session.id}: {take.audio} does not hold what was said")
