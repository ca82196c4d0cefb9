"""Kill Rehearse many times, look at what is left, and print a table: `make torture`.

    python -m tests.torture.campaign --kills 200 --seed 1

The moments are drawn from the seed. The exit status is 1 when anything was harmed.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import soundfile

from simulator.errors import SimulatorError
from tests.torture.commands import Spoken, can_inject, environment
from tests.torture.live import MOMENTS, Interviews
from tests.torture.store import Harm, Store, check, next_start
from tests.virtual_card import CardError, VirtualCard

FIXTURE = Path(__file__).parents[2] / "audio_fixtures" / "real-speech" / "answer.flac"
COMMANDS = ("analysing", "writing", "deleting", "indexing", "importing")
SHARES = {
    "speaking": 25, "recording": 40, "between": 20, "second answer": 20,
    "analysing": 20, "writing": 30, "deleting": 20, "indexing": 15, "importing": 10,
}  # fmt: skip
"""How many of 200 kills fall on each moment."""
MOST_AT_RISK = 0.5
"""Seconds of a running answer that may have reached the program, and be lost."""
KEPT_SESSIONS = 12
"""So many sessions stay in the store, so that each look at all of it stays short."""


@dataclass(slots=True)
class Row:
    """Count what happened at one kind of moment. Mutable, owned by one campaign."""

    kills: int = 0
    too_late: int = 0
    opened: int = 0
    ended: int = 0
    running: list[float] = field(default_factory=list)
    "Seconds missing of each running answer, by the second recording."
    unwritten: list[float] = field(default_factory=list)
    "Seconds of them that had reached the program."
    harm: list[str] = field(default_factory=list)


def main() -> int:
    """Run a campaign."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="torture-"))
    started = time.monotonic()
    try:
        rows = run(folder, draw(chosen.kills, random.Random(chosen.seed)), chosen.seed)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"seed {chosen.seed}, {(time.monotonic() - started) / 60:.0f} minutes\n")  # noqa: T201
    print(table(rows))  # noqa: T201
    for moment, row in rows.items():
        for harm in row.harm:
            print(f"{moment}: {harm}")  # noqa: T201
    return int(any(row.harm for row in rows.values()))


def draw(kills: int, dice: random.Random) -> list[str]:
    """Draw the kinds of moments: every kind in its share, in any order."""
    weights = {name: share for name, share in SHARES.items() if name in MOMENTS or can_inject()}
    whole = sum(weights.values())
    drawn = [name for name, share in weights.items() for _ in range(round(kills * share / whole))]
    dice.shuffle(drawn)
    return drawn


def run(folder: Path, moments: list[str], seed: int) -> dict[str, Row]:
    """Kill at each of these moments, on one store; give what happened by kind of moment."""
    store = Store(folder / "home")
    store.home.mkdir()
    voice, _ = soundfile.read(FIXTURE, dtype="float32")
    recording = folder / "answer.wav"
    soundfile.write(recording, voice[: 4 * 16_000], 16_000, subtype="PCM_16")
    spoken = Spoken(store, voice[: 4 * 16_000], recording)
    rows = {name: Row() for name in SHARES}
    card = VirtualCard(folder / "card")
    try:
        card.start()
    except CardError as error:
        sys.exit(f"no virtual sound card: {error}")
    os.environ.update(card.environment)
    try:
        interviews = Interviews(store, card, folder)
        for number, moment in enumerate(moments):
            dice = random.Random(f"{seed}-{number}")
            _kill(rows[moment], moment, dice, interviews, spoken)
            _tell(number + 1, len(moments), moment)
    except KeyboardInterrupt:
        print(f"\nstopped after {number} of {len(moments)}", file=sys.stderr)  # noqa: T201
    finally:
        card.stop()
    return rows


def _kill(
    row: Row, moment: str, dice: random.Random, interviews: Interviews, spoken: Spoken
) -> None:
    store = interviews.store
    try:
        if moment in MOMENTS:
            risk = interviews.kill(moment, dice)
            row.kills += 1
            row.ended += risk.ended
            row.running += [] if risk.running is None else [risk.running]
            row.unwritten += [] if risk.running is None else [risk.unwritten]
            if risk.unwritten > MOST_AT_RISK:
                row.harm.append(f"{risk.unwritten:.2f} s had arrived, and were not yet written")
        else:
            hit = getattr(spoken, moment)(dice)
            row.kills, row.too_late = row.kills + hit, row.too_late + (not hit)
            row.ended, spoken.ended = row.ended + spoken.ended, 0
        row.opened += check(store)
        next_start(store, environment(store))
        _prune(store)
    except (Harm, SimulatorError, OSError, subprocess.TimeoutExpired) as error:
        row.harm.append(f"{type(error).__name__}: {error}")


def _prune(store: Store) -> None:
    for session_id in store.archive.ids()[KEPT_SESSIONS:]:
        store.archive.delete(session_id)


def _tell(done: int, total: int, moment: str) -> None:
    print(f"\r\033[K{done} of {total}: {moment}", end="", file=sys.stderr, flush=True)  # noqa: T201


def table(rows: dict[str, Row]) -> str:
    """Give the table that docs/trust.md shows."""
    lines = [
        "| killed while | kills | ended before the kill | sessions opened after it "
        "| ended answers lost | most of a running answer not yet written "
        "| most of it missing beside a second recording | harmed |",
        "|---|---|---|---|---|---|---|---|",
    ]
    total = Row()
    for name, row in rows.items():
        lines.append(_line(name, row))
        total.kills, total.too_late = total.kills + row.kills, total.too_late + row.too_late
        total.opened, total.ended = total.opened + row.opened, total.ended + row.ended
        total.running += row.running
        total.unwritten += row.unwritten
        total.harm += row.harm
    return "\n".join([*lines, _line("**all**", total)])


def _line(name: str, row: Row) -> str:
    unwritten, missing = (
        f"{max(seconds):.2f} s" if seconds else "-" for seconds in (row.unwritten, row.running)
    )
    lost = sum("not hold" in harm or "not whole" in harm for harm in row.harm)
    return (
        f"| {name} | {row.kills} | {row.too_late} | {row.opened} "
        f"| {lost} of {row.ended} | {unwritten} | {missing} | {len(row.harm)} |"
    )


if __name__ == "__main__":
    sys.exit(main())
