"""How the recogniser uses the cores of a machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_CORES = 4
"""Cores worth having for models of this size."""
BATCH = 4
"""Most chunks of a batch that are worth a try: where each core has a batch of its own, more in it
bring nothing and take more memory."""
MOST_WORKERS = 8
"""Each has a batch in memory."""
CLEARLY = 0.95
"""Share of another's time that is no chance: runs of the same differ by a few hundredths."""
SMALLEST = "tiny"
PRECISION = "int8"
"""Weights in eight bits: the quickest on processors, and what the printed figures hold for."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """Say how the recogniser uses the cores. The words are the same whatever it says."""

    workers: int = 1
    "Batches decoded side by side."
    threads: int = 1
    "Threads of each."
    batch: int = 1
    "Chunks of a batch."

    def __post_init__(self) -> None:
        if not all(1 <= number <= 64 for number in (self.workers, self.threads, self.batch)):
            raise ValueError(f"workers, threads and batch are 1 to 64, found {self}")

    def __str__(self) -> str:
        threads = f"{self.threads} thread{'s' * (self.threads > 1)}"
        if self.workers == self.batch == 1:
            return threads
        workers = f"{self.workers} worker{'s' * (self.workers > 1)}"
        return f"{workers} of {threads}, {self.batch} chunk{'s' * (self.batch > 1)} each"


def usual_live(cores: int) -> Decoding:
    """Give how a chunk is decoded soonest where nothing was measured."""
    return Decoding(threads=min(MOST_CORES, cores))


def meanwhile(model: str, how: Decoding) -> Decoding:
    """Give how chunks are decoded while the answer goes on, if its end is decoded so.

    In the smallest models a second thread takes a third more of the processor's time, and nobody
    waits yet; larger ones must keep up.
    """
    return Decoding() if model.startswith(SMALLEST) else how


def usual_offline(cores: int) -> Decoding:
    """Give how many chunks are decoded soonest where nothing was measured.

    A worker for each core: several threads in one batch wait for each other.
    """
    return Decoding(workers=min(MOST_CORES, cores))


def worth_trying(cores: int) -> tuple[tuple[Decoding, ...], tuple[Decoding, ...]]:
    """Give what a measurement tries for live and for offline decoding, the usual one first."""
    live = [usual_live(cores), *(Decoding(threads=n) for n in (1, 2, 8) if n <= cores)]
    shapes = [(min(MOST_WORKERS, cores // n), n) for n in (1, 2, 4) if n <= cores]
    offline = [Decoding(workers, n, batch) for workers, n in shapes for batch in (1, BATCH)]
    return tuple(dict.fromkeys(live)), tuple(dict.fromkeys([usual_offline(cores), *offline]))


def soonest(trials: Sequence[tuple[Decoding, float]]) -> Decoding:
    """Give the quickest of what took so many seconds; the first where none is clearly quicker."""
    best, least = min(trials, key=lambda trial: trial[1])
    usual, seconds = trials[0]
    return best if least < CLEARLY * seconds else usual
