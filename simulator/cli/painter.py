"""Draw on a terminal from a thread of its own.

A terminal can stop taking text for as long as it likes: Ctrl-S, a frozen connection, text being
selected in a Windows console. Whoever writes to it then waits, and a recording must not.
"""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING

from rich.live import Live

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


class Painter:
    """Paint what it is given, in order; nobody waits for it before the end."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._jobs: queue.SimpleQueue[tuple[bool, RenderableType | None] | None]
        self._jobs = queue.SimpleQueue()
        self._drawing = threading.Event()
        self._error: Exception | None = None
        # A terminal that never takes text again must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name="painter", daemon=True)
        self._thread.start()

    def move(self, picture: RenderableType) -> None:
        """Replace the moving picture; left out while the last one is still being drawn."""
        if not self._drawing.is_set():
            self._drawing.set()
            self._jobs.put((True, picture))

    def print(self, line: RenderableType | None) -> None:
        """Take the moving picture away and print a line that stays, if there is one."""
        self._jobs.put((False, line))

    def end(self) -> None:
        """Wait until all is painted. Raises what the console raised."""
        self._jobs.put(None)
        self._thread.join()
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        live: Live | None = None
        try:
            while (job := self._jobs.get()) is not None:
                live = self._paint(live, *job)
            if live is not None:
                live.stop()
        except Exception as error:  # noqa: BLE001 - told where the thread is joined
            self._error = error

    def _paint(
        self,
        live: Live | None,
        moving: bool,
        picture: RenderableType | None,  # noqa: FBT001
    ) -> Live | None:
        if not moving:
            if live is not None:
                live.stop()
            if picture is not None:
                self._console.print(picture)
            return None
        if live is None:
            live = Live(console=self._console, auto_refresh=False, transient=True)
            live.start()
        live.update(picture or "", refresh=True)
        self._drawing.clear()
        return live
