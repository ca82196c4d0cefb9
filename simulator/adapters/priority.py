"""Which thread goes first on a busy machine."""

from __future__ import annotations

import os
import sys

NICENESS = 5
"""A third of the share of a thread at the usual 0, where both want a core (Linux, sched(7)): what
records is never held up, and on a free machine nothing is slower."""


def give_way() -> None:
    """Let other threads go before the calling one and those that it starts, where that can be."""
    if sys.platform != "linux":
        return  # elsewhere niceness belongs to whole processes
    os.nice(NICENESS)
