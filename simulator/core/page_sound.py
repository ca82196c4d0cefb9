"""A take's sound as a page shows it: its waveform, and where it is played from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.core.speech import Samples

PEAKS = 480
"""Bars of a waveform: one every other pixel of a laptop's window, and small in the file."""


@dataclass(frozen=True, slots=True)
class PageSound:
    """Hold what a page needs of a take's sound."""

    peaks: tuple[float, ...] = ()
    "Loudest sample of equal stretches, 0-1 of the loudest of all."
    source: str = ""
    "A data: address, a relative link, or empty for a page without sound."


def find_peaks(blocks: Iterable[Samples], duration: float, count: int = PEAKS) -> tuple[float, ...]:
    """Give the loudest sample of each of ``count`` equal stretches, 0-1 of the loudest of all.

    ``duration`` is seconds of all blocks, at ``SAMPLE_RATE``; no block is kept.
    """
    import numpy as np

    from simulator.core.speech import SAMPLE_RATE

    total = max(1, round(duration * SAMPLE_RATE))
    loudest = np.zeros(count)
    done = 0
    for block in blocks:
        places = np.minimum((np.arange(done, done + len(block)) * count) // total, count - 1)
        # Blocks fall into stretches in order: where the place changes, the next maximum begins.
        firsts = np.flatnonzero(np.diff(places, prepend=-1))
        heights = np.maximum.reduceat(np.abs(block), firsts) if len(block) else block
        loudest[places[firsts]] = np.maximum(loudest[places[firsts]], heights)
        done += len(block)
    top = float(loudest.max())
    return tuple(round(float(peak) / top, 3) for peak in loudest) if top > 0 else (0.0,) * count
