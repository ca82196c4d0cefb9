"""The loaders of files that come from elsewhere, each as a function of any bytes."""

from __future__ import annotations

import shutil
from pathlib import Path

from simulator.adapters.archive import load_session
from simulator.adapters.config_file import Config
from simulator.adapters.scenario_files import load_scenario
from simulator.adapters.session_zip import import_session
from simulator.adapters.sound_files import SoundFile
from simulator.errors import SimulatorError

LONGEST_SECONDS = 4 * 3600
"""Sound from which a target stops reading: a stream has no end that a header could promise."""
CORPUS = Path(__file__).parent / "corpus"


class Loaders:
    """Feed bytes to loaders through files in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "session").mkdir(exist_ok=True)
        self.sessions = folder / "sessions"
        self.sessions.mkdir(exist_ok=True)

    def scenario(self, data: bytes) -> None:
        """Load a scenario."""
        path = self._put("scenario.toml", data)
        with Named(path):
            load_scenario(path)

    def session(self, data: bytes) -> None:
        """Load a session."""
        path = self._put("session/session.json", data)
        with Named(path):
            load_session(path.parent)

    def audio(self, data: bytes) -> None:
        """Read a sound file to its end."""
        path = self._put("sound.wav", data)
        with Named(path):
            sound = SoundFile(path)
            for block in sound:
                # Written so that a sample that is no number fails it too.
                if not abs(block).max() <= 1.0 or sound.seconds > LONGEST_SECONDS:
                    raise AssertionError("endless, too loud or not a number")

    def packed(self, data: bytes) -> None:
        """Import a session's zip file: it is taken in whole, or nothing is written."""
        path = self._put("packed.zip", data)
        with Named(path):
            session = import_session(path, self.sessions)
            shutil.rmtree(self.sessions / session.id)
        left = [entry.name for entry in self.sessions.iterdir()]
        if left:
            raise AssertionError(f"{left} remains of a zip file that was refused")

    def config(self, data: bytes) -> None:
        """Read settings."""
        path = self._put("config.toml", data)
        with Named(path):
            Config(path, {}).preferences()

    def _put(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path


class Named:
    """Let one kind of error through: ours, on one line, that names the file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        """Check the error, if there is one."""
        if not isinstance(error, SimulatorError):
            return False
        message = str(error)
        if str(self.path.parent) not in message or not message.isprintable():
            raise AssertionError(f"says too little or too much: {message!r}") from error
        return True


TARGETS = ("scenario", "session", "audio", "packed", "config")
