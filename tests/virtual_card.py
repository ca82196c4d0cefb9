"""A sound card made of software: a private PulseAudio daemon with no kernel module and no sound.

    what the product says   ->  speaker     (null sink)  ->  heard from its monitor
    what a test plays       ->  mic_feed    (null sink)  ->  microphone, the default source

    eval "$(python tests/virtual_card.py start FOLDER)"     a card for this shell
    python tests/virtual_card.py stop FOLDER

Debian's packages: pulseaudio, pulseaudio-utils, libasound2-plugins, libportaudio2.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RATE = 16_000
"""Hz. The card's own rate is the product's, so that nothing is resampled on the way."""
PROGRAMS = ("pulseaudio", "pactl", "paplay", "parec")
PATIENCE = 20.0
"""Seconds until something that takes a few hundredths is given up on a busy machine."""

# Without norewinds a null sink renders two seconds at a time, and a recording starts late.
DAEMON = """\
load-module module-native-protocol-unix socket={socket} auth-anonymous=1
load-module module-null-sink sink_name=speaker rate={rate} channels=2 norewinds=1
load-module module-null-sink sink_name=mic_feed rate={rate} channels=1 norewinds=1
load-module module-remap-source source_name=microphone master=mic_feed.monitor
set-default-sink speaker
set-default-source microphone
"""
ALSA = """\
pcm.!default { type pulse hint { show on description "Virtual sound card" } }
ctl.!default { type pulse }
"""


_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1
"""Number of prctl's order in the Linux headers."""


class CardError(Exception):
    """Say why there is no virtual card."""


class VirtualCard:
    """One card; its folder's path must be short, since sockets' paths end at 107 bytes."""

    def __init__(self, folder: Path, rate: int = RATE) -> None:
        self.folder, self.rate = folder, rate
        self._socket, self._pid = folder / "socket", folder / "pid"
        self._daemon: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """Give the variables that lead PulseAudio's clients, ALSA and so PortAudio to this card."""
        return {
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_COOKIE": str(self.folder / "cookie"),
            "ALSA_CONFIG_PATH": str(self.folder / "asound.conf"),
        }

    def start(self, *, lasting: bool = False) -> None:
        """Plug the card in; harmless when it is. It ends with this process, unless it shall last.

        Raises CardError.
        """
        missing = [name for name in PROGRAMS if shutil.which(name) is None]
        if missing:
            raise CardError(f"no {', '.join(missing)} on this machine")
        if self._process() is not None:
            return
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._socket.unlink(missing_ok=True)
        script = self.folder / "daemon.pa"
        script.write_text(DAEMON.format(socket=self._socket, rate=self.rate), "utf-8")
        (self.folder / "asound.conf").write_text(ALSA, "utf-8")
        self._daemon = daemon = self._launch(script, lasting=lasting)
        self._pid.write_text(str(daemon.pid), "utf-8")
        try:
            wait_until(lambda: daemon.poll() is not None or self._ready(), "the daemon")
        except TimeoutError as error:
            self.unplug()
            raise CardError(str(error)) from error
        if daemon.poll() is not None:
            self.unplug()
            last = (self.folder / "log").read_text("utf-8", "replace").strip().splitlines()[-1:]
            raise CardError(f"pulseaudio ended at once: {' '.join(last)}")

    def _launch(self, script: Path, *, lasting: bool) -> subprocess.Popen[bytes]:
        own = dict.fromkeys(("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME"))
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PULSE", "DBUS"))}
        # A busy machine must not make the card late; where it may not, the daemon goes on without.
        quiet = ("--exit-idle-time=-1", "--disable-shm=yes", "--realtime=no", "--high-priority=yes")
        with (self.folder / "log").open("wb") as log:
            return subprocess.Popen(
                ["pulseaudio", "-n", "-F", script, "--daemonize=no", "--use-pid-file=no", *quiet],
                env={**kept, **dict.fromkeys(own, str(self.folder))},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=None if lasting else end_with_parent,  # noqa: PLW1509 - takes no lock
            )

    def unplug(self) -> None:
        """Pull the card out: the daemon is gone at once, with everything that was open on it."""
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait()
        elif (pid := self._process()) is not None:  # started by another process
            os.kill(pid, signal.SIGKILL)
            wait_until(lambda: self._process() is None, "the daemon's end")
        self._daemon = None
        self._pid.unlink(missing_ok=True)

    stop = unplug

    def stall(self, *, stalled: bool = True) -> None:
        """Let the microphone go on without sending anything, as a frozen device does."""
        self._pactl("suspend-source", "microphone", str(int(stalled)))
        self._pactl("suspend-sink", "mic_feed", str(int(stalled)))

    def stall_speaker(self, *, stalled: bool = True) -> None:
        """Let the speaker take nothing more."""
        self._pactl("suspend-sink", "speaker", str(int(stalled)))

    def mute(self, *, muted: bool = True) -> None:
        """Let the microphone send zeros, as a system does that has not given permission."""
        self._pactl("set-source-mute", "microphone", str(int(muted)))

    def replace_microphone(self) -> None:
        """Plug another microphone in and pull the old one out; it is back after the next start."""
        self._pactl("load-module", "module-null-sink", "sink_name=other_feed", "norewinds=1",
                    f"rate={self.rate}", "channels=1")  # fmt: skip
        self._pactl("load-module", "module-remap-source", "source_name=other",
                    "master=other_feed.monitor")  # fmt: skip
        self._pactl("set-default-source", "other")
        self._pactl("unload-module", self._module_of("source_name=microphone"))

    def _module_of(self, argument: str) -> str:
        lines = self._pactl("list", "short", "modules").splitlines()
        return next(line.split("\t")[0] for line in lines if argument in line)

    def say(self, path: Path, sink: str = "mic_feed") -> None:
        """Play a sound file into a microphone, to its end."""
        subprocess.run(["paplay", "-d", sink, path], env=self._env(), check=True)

    @contextmanager
    def heard(self, path: Path) -> Iterator[None]:
        """Record what comes out of the speaker into a file: raw mono 16-bit samples."""
        form = ("--raw", "--format=s16le", f"--rate={self.rate}", "--channels=1")
        with path.open("wb") as file:
            parec = subprocess.Popen(
                ["parec", "-d", "speaker.monitor", "--latency-msec=20", *form],
                env=self._env(),
                stdout=file,
                preexec_fn=end_with_parent,  # noqa: PLW1509 - takes no lock
            )
            try:
                wait_until(lambda: path.stat().st_size > 0, "the speaker's monitor")
                yield
            finally:
                parec.terminate()
                parec.wait()

    def listeners(self) -> int:
        """Count the streams that are open on the microphone."""
        # The microphone itself is a stream too, a module's, on the sink that feeds it.
        return self._pactl("list", "short", "source-outputs").count("protocol-native")

    def _pactl(self, *arguments: str) -> str:
        done = subprocess.run(
            ["pactl", *arguments], env=self._env(), check=True, capture_output=True, text=True
        )
        return done.stdout

    def _ready(self) -> bool:
        done = subprocess.run(
            ["pactl", "list", "short", "sources"],
            env=self._env(),
            check=False,
            capture_output=True,
            text=True,
        )
        return "\tmicrophone\t" in done.stdout

    def _env(self) -> dict[str, str]:
        return {**os.environ, **self.environment}

    def _process(self) -> int | None:
        try:
            pid = int(self._pid.read_text("utf-8"))
            ours = str(self.folder).encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError):
            return None
        return pid if ours else None


def wait_until(true: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Wait for something that has no event of its own. Raises TimeoutError."""
    deadline = time.monotonic() + patience
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not come about within {patience:g} s")
        time.sleep(0.02)


def end_with_parent() -> None:
    """Let this process, just forked, be killed when its parent ends, however that ends."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def main(action: str, folder: str) -> None:
    """Start or stop a card from a shell."""
    card = VirtualCard(Path(folder).absolute())
    if action == "stop":
        card.stop()
        return
    card.start(lasting=True)
    for name, value in card.environment.items():
        print(f"export {name}='{value}'")  # noqa: T201 - for the shell's eval


if __name__ == "__main__":
    main(*sys.argv[1:3])
