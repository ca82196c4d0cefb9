"""Single keys from a terminal, without Enter, and the terminal put back as it was."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Keyboard:
    """Read keys one at a time while ``open`` is in force."""

    def get(self, seconds: float) -> str | None:
        """Wait at most so long for a key; Enter is a line feed. None when none came."""
        if sys.platform == "win32":
            return _windows_key(seconds)
        import select

        ready, _, _ = select.select([sys.stdin], [], [], max(0.0, seconds))
        if not ready:
            return None
        key = os.read(sys.stdin.fileno(), 1).decode("ascii", "ignore")
        return "\n" if key == "\r" else key or None

    @contextmanager
    def open(self) -> Iterator[None]:
        """Switch echo and line editing off; Ctrl-C still interrupts."""
        if sys.platform == "win32":
            yield
            return
        import termios
        import tty

        before = termios.tcgetattr(sys.stdin)
        try:
            tty.setcbreak(sys.stdin)
            yield
        finally:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


class NoKeyboard:
    """Stand in where standard input is no terminal: nothing is ever pressed."""

    def get(self, seconds: float) -> str | None:
        """Wait so long."""
        time.sleep(max(0.0, seconds))
        return None

    @contextmanager
    def open(self) -> Iterator[None]:
        """Do nothing."""
        yield


def _windows_key(seconds: float) -> str | None:
    import msvcrt

    deadline = time.monotonic() + seconds
    while not msvcrt.kbhit():  # type: ignore[attr-defined,unused-ignore]
        if time.monotonic() >= deadline:
            return None
        # Windows offers no wait on the console with a time limit.
        time.sleep(0.02)
    key: str = msvcrt.getwch()  # type: ignore[attr-defined,unused-ignore]
    return "\n" if key == "\r" else key
