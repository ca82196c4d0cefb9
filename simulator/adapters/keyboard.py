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
        if not _waiting(max(0.0, seconds)):
            return None
        key = _byte()
        if key == b"\x1b" or key >= b"\x80":
            # An arrow, F2 or é sends several bytes, and their letters are no keys that we know.
            while _waiting(0) and _byte():
                pass
            return None
        if not key:
            time.sleep(max(0.0, seconds))  # a terminal that is gone is always ready
        return "\n" if key == b"\r" else key.decode("ascii") or None

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


def _waiting(seconds: float) -> bool:
    import select

    ready, _, _ = select.select([sys.stdin], [], [], seconds)
    return bool(ready)


def _byte() -> bytes:
    try:
        return os.read(sys.stdin.fileno(), 1)
    except OSError:
        return b""  # hung up


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
