"""Single keys for questions outside of the interview's own keys."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from simulator import wiring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from simulator.interview.moments import Keys

WAIT_SECONDS = 1.0
"""One wait for a key: a terminal that is gone is asked no oftener."""


@contextmanager
def single_keys() -> Iterator[Callable[[], str]]:
    """Give a function that waits for a key; keys from before are forgotten, later ones kept."""
    keys = wiring.keyboard(terminal=True)
    with keys.open():
        while keys.get(0) is not None:
            pass
        yield lambda: _next(keys)


def _next(keys: Keys) -> str:
    while (key := keys.get(WAIT_SECONDS)) is None:
        pass
    if key == "\x03":  # where the terminal does not turn Ctrl-C into an interrupt
        raise KeyboardInterrupt
    return key
