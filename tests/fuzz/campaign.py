"""Damage good files a hundred thousand times for each loader, and print a table.

    python -m tests.fuzz.campaign --inputs 100000 --seed 1

The damage is drawn from the seed: fields of a header set to what nobody expects, pieces cut out,
doubled, moved from one kind of file into another. Each batch runs in a process of its own, with a
limit of memory and of time for each input: what crashes, hangs, takes too much or says too little
is left in the current folder, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.targets import CORPUS, TARGETS, Loaders

BATCH = 2_000
LONGEST = 10.0
"""Seconds of processor time for one input."""
MOST_MEMORY = 256
"""MB that all inputs of a batch may take together, above what the libraries take."""
LARGEST = 20_000
"""Bytes of one input."""
HEADER = 160
"""Bytes at the beginning that are damaged more than the rest: most fields are there."""
EDGES = (0, 1, 2, 7, 8, 9, 127, 128, 255, 256, 32_767, 32_768, 65_535, 65_536, 2**31 - 1, 2**31,
         2**32 - 8, 2**32 - 1)  # fmt: skip
TOKENS = (
    b"RIFF", b"RF64", b"WAVE", b"fmt ", b"data", b"fact", b"LIST", b"FORM", b"AIFF", b"AIFC",
    b"COMM", b"SSND", b"fLaC", b"OggS", b"ID3\x04", b"#EXTM3U\n", b"PK\x03\x04", b"../", b"/etc/",
    b"\x1b[2J", b"\xe2\x80\xae", b"\xff\xfe", b"1e999", b"-1", b"[[", b'"""', b"{", b"null",
)  # fmt: skip


@dataclass(slots=True)
class Row:
    """Count what came of one loader's inputs. Mutable, owned by one campaign."""

    inputs: int = 0
    seconds: float = 0.0
    memory: int = 0
    "MB, the most of any batch."
    faults: int = 0


def damaged(dice: random.Random, good: list[bytes]) -> bytes:
    """Make one bad file out of good ones."""
    data = bytearray(dice.choice(good))
    for _ in range(dice.randint(1, 5)):
        dice.choice((_field, _bits, _cut, _double, _token, _splice))(dice, data, good)
    return bytes(data[:LARGEST])


def _place(dice: random.Random, data: bytearray) -> int:
    return dice.randint(0, min(len(data), HEADER) if dice.random() < 0.7 else len(data))


def _field(dice: random.Random, data: bytearray, _: list[bytes]) -> None:
    place, width = _place(dice, data), dice.choice((1, 2, 4, 8))
    number = dice.choice(EDGES) if dice.random() < 0.7 else dice.getrandbits(32)
    order = "little" if dice.random() < 0.7 else "big"
    data[place : place + width] = (number % 256**width).to_bytes(width, order)  # type: ignore[arg-type]


def _bits(dice: random.Random, data: bytearray, _: list[bytes]) -> None:
    for _ in range(min(len(data), dice.randint(1, 4))):
        data[min(_place(dice, data), len(data) - 1)] ^= 1 << dice.randrange(8)


def _cut(dice: random.Random, data: bytearray, _: list[bytes]) -> None:
    place = _place(dice, data)
    del data[place : None if dice.random() < 0.3 else place + dice.randint(1, 40)]


def _double(dice: random.Random, data: bytearray, _: list[bytes]) -> None:
    place = _place(dice, data)
    data[place:place] = data[place : place + dice.randint(1, 64)] * dice.randint(1, 8)


def _token(dice: random.Random, data: bytearray, _: list[bytes]) -> None:
    place, token = _place(dice, data), dice.choice(TOKENS)
    data[place : place + (len(token) if dice.random() < 0.5 else 0)] = token


def _splice(dice: random.Random, data: bytearray, good: list[bytes]) -> None:
    other = dice.choice(good)
    data[_place(dice, data) :] = other[_place(dice, bytearray(other)) :]


def batch(target: str, seed: str, inputs: int, folder: Path) -> Row:
    """Try a batch in a process of its own; a file it leaves in the folder is one that harmed."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        os._exit(_try(target, seed, inputs, folder, writer))
    os.close(writer)
    with os.fdopen(reader) as told:
        said = told.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    seconds, memory = (float(number) for number in (said or "0 0").split())
    if status:
        kept = Path(f"fuzz-{target}-{seed}")
        kept.write_bytes((folder / "input").read_bytes())
        print(f"\n{target}: status {status}; the input is in {kept.absolute()}", file=sys.stderr)  # noqa: T201
    return Row(inputs, seconds, round(memory), int(status != 0))


def _try(target: str, seed: str, inputs: int, folder: Path, writer: int) -> int:
    """Run in the child: give its exit status."""
    good = [path.read_bytes() for path in sorted((CORPUS / target).iterdir())]
    loaders, dice, last = Loaders(folder), random.Random(seed), folder / "input"
    load = getattr(loaders, target)
    for data in good:
        load(data)  # the libraries' own share
    before, began = _memory(), time.process_time()
    resource.setrlimit(resource.RLIMIT_AS, (_addresses() + (MOST_MEMORY + 256) * 2**20,) * 2)
    try:
        for _ in range(inputs):
            data = damaged(dice, good)
            last.write_bytes(data)
            signal.setitimer(signal.ITIMER_PROF, LONGEST)  # ends the process, in a library too
            load(data)
    except BaseException:  # noqa: BLE001 - whatever it is, it is what is looked for
        traceback.print_exc()
        return 1
    signal.setitimer(signal.ITIMER_PROF, 0)
    took = _memory() - before
    os.write(writer, f"{time.process_time() - began} {took}".encode())
    return int(took > MOST_MEMORY)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _addresses() -> int:
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[0])
    return pages * resource.getpagesize()


def run(target: str, inputs: int, seed: int) -> Row:
    """Try so many inputs on one loader."""
    whole, folder = Row(), Path(tempfile.mkdtemp(prefix="fuzz-"))
    try:
        while whole.inputs < inputs:
            part = batch(
                target, f"{seed}-{whole.inputs}", min(BATCH, inputs - whole.inputs), folder
            )
            whole.inputs, whole.seconds = whole.inputs + part.inputs, whole.seconds + part.seconds
            whole.memory, whole.faults = max(whole.memory, part.memory), whole.faults + part.faults
            print(f"\r\033[K{target}: {whole.inputs}", end="", file=sys.stderr, flush=True)  # noqa: T201
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return whole


def main() -> int:
    """Try all loaders, or those named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("loaders", nargs="*", metavar="LOADER", help=", ".join(TARGETS))
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    rows = {name: run(name, chosen.inputs, chosen.seed) for name in chosen.loaders or TARGETS}
    print("| files for | inputs | ms each | most memory above the libraries' | harmed |")  # noqa: T201
    print("|---|---|---|---|---|")  # noqa: T201
    for name, row in rows.items():
        each = 1000 * row.seconds / row.inputs
        print(f"| {name} | {row.inputs} | {each:.1f} | {row.memory} MB | {row.faults} |")  # noqa: T201
    return int(any(row.faults for row in rows.values()))


if __name__ == "__main__":
    sys.exit(main())
