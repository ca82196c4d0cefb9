"""Recogniser models: which are here, how fast they are, and how to get another.

`download` is the only function of Rehearse that opens a network connection.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Protocol

from simulator.adapters.disk import make_private, write_whole
from simulator.adapters.weights import PACKAGED, find_weights
from simulator.core.decoding import Decoding, usual_live, usual_offline
from simulator.core.models import ModelLine
from simulator.errors import ModelUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SPEEDS, TUNINGS = "speeds.json", "tunings.json"
FILES = ("config.json", "preprocessor_config.json", "model.bin", "tokenizer.json", "vocabulary.*")
"""What a model's repository must give; nothing else is fetched."""
SPACE_LEFT = 200_000_000
"""Bytes that a download leaves free."""


class Hub(Protocol):
    """A place on the network that keeps models."""

    def size(self, repository: str) -> int:
        """Give the bytes to fetch. Raises ModelUnavailable."""
        ...

    def fetch(self, repository: str, folder: Path) -> None:
        """Fetch a model's files into a folder. Raises ModelUnavailable."""
        ...


@dataclass(frozen=True, slots=True)
class ModelStore:
    """Look after the models in the cache and in the installed packages."""

    cache: Path

    def models(self) -> tuple[ModelLine, ...]:
        """List packaged and downloaded models, checked."""
        own = sorted(p.name for p in self._folder().glob("*") if (p / "model.bin").is_file())
        names = (*PACKAGED, *(name for name in own if name not in PACKAGED))
        speeds = self._speeds()
        return tuple(self._line(name, speeds.get(name)) for name in names)

    def measure(self, name: str, transcribe: Callable[[], float]) -> ModelLine:
        """Time one transcription and remember it; ``transcribe`` gives the seconds of sound.

        Raises what ``transcribe`` raises.
        """
        start = time.perf_counter()
        seconds = transcribe()
        factor = (time.perf_counter() - start) / seconds
        speeds = self._speeds() | {name: round(factor, 4)}
        self._write(SPEEDS, speeds)
        return self._line(name, factor)

    def decoding(self, name: str, *, live: bool) -> Decoding:
        """Give how a model is decoded soonest here: as measured, else as is usual."""
        cores = os.cpu_count() or 1
        found = self._tunings().get(name)
        if isinstance(found, dict) and found.get("cores") == cores:
            try:
                return Decoding(**found["live" if live else "offline"])
            except (KeyError, TypeError, ValueError):
                pass  # damaged, or written by another version: as if nothing had been measured
        return usual_live(cores) if live else usual_offline(cores)

    def tuned(self, name: str) -> bool:
        """Say whether it was measured on this machine how a model is decoded soonest."""
        found = self._tunings().get(name)
        return isinstance(found, dict) and found.get("cores") == (os.cpu_count() or 1)

    def keep_tuning(self, name: str, live: Decoding, offline: Decoding) -> None:
        """Remember how a model is decoded soonest. Raises ModelUnavailable."""
        chosen = {"live": asdict(live), "offline": asdict(offline), "cores": os.cpu_count() or 1}
        self._write(TUNINGS, self._tunings() | {name: chosen})

    def download(self, name: str, repository: str, hub: Hub) -> Path:
        """Fetch a model; it is there whole or not at all. Raises ModelUnavailable."""
        target, fresh = self._folder() / name, self._folder() / f".{name}.new"
        try:
            make_private(self._folder())
            shutil.rmtree(fresh, ignore_errors=True)
            free, needed = shutil.disk_usage(self._folder()).free, hub.size(repository)
            if free < needed + SPACE_LEFT:
                message = f"{needed / 1e6:.0f} MB needed, {free / 1e6:.0f} MB free"
                raise ModelUnavailable(f"{name}: {message} on the disk of {self._folder()}")
            fresh.mkdir()
            hub.fetch(repository, fresh)
            shutil.rmtree(target, ignore_errors=True)
            fresh.rename(target)
        except OSError as error:
            raise ModelUnavailable(f"{target}: cannot be written: {error.strerror}") from error
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        return find_weights(name, self.cache)

    def _line(self, name: str, speed: float | None) -> ModelLine:
        packaged = PACKAGED.get(name)
        try:
            size = (find_weights(name, self.cache) / "model.bin").stat().st_size
        except ModelUnavailable as error:
            expected = packaged.size if packaged else 0
            return ModelLine(name, expected, present=False, speed=None, note=str(error))
        return ModelLine(name, size, present=True, speed=speed)

    def _folder(self) -> Path:
        return self.cache / "models"

    def _speeds(self) -> dict[str, float]:
        found = self._read(SPEEDS).items()
        return {name: float(speed) for name, speed in found if isinstance(speed, (int, float))}

    def _tunings(self) -> dict[str, Any]:
        return self._read(TUNINGS)

    def _read(self, file: str) -> dict[str, Any]:
        try:
            found = json.loads((self._folder() / file).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self, file: str, content: dict[str, Any]) -> None:
        try:
            make_private(self._folder())
            write_whole(self._folder() / file, json.dumps(content).encode())
        except OSError as error:
            raise ModelUnavailable(f"{self._folder()}: cannot be written: {error}") from error


@dataclass(frozen=True, slots=True)
class HuggingFace:
    """The public hub from which faster-whisper's models come."""

    def size(self, repository: str) -> int:
        """Give the bytes to fetch. Raises ModelUnavailable."""
        from fnmatch import fnmatch

        import huggingface_hub

        def ask() -> Any:  # noqa: ANN401
            return huggingface_hub.HfApi().model_info(repository, files_metadata=True)

        files = _mapped(repository, ask).siblings or []
        wanted = (f for f in files if any(fnmatch(f.rfilename, name) for name in FILES))
        return sum(file.size or 0 for file in wanted)

    def fetch(self, repository: str, folder: Path) -> None:
        """Fetch a model's files into a folder. Raises ModelUnavailable."""
        import huggingface_hub

        def fetch() -> str:
            return huggingface_hub.snapshot_download(
                repository, local_dir=folder, allow_patterns=list(FILES)
            )

        _mapped(repository, fetch)


def known_repositories() -> dict[str, str]:
    """Map the names that faster-whisper knows to their repositories."""
    from faster_whisper import utils

    names: dict[str, str] = dict(utils._MODELS)  # noqa: SLF001 - available_models() hides them
    return {name: repository for name, repository in names.items() if name not in PACKAGED}


def _mapped(repository: str, action: Callable[[], Any]) -> Any:  # noqa: ANN401
    from huggingface_hub.errors import HfHubHTTPError

    # The hub's own errors descend from those of its web client, which differs between versions.
    ancestors = (kind for kind in HfHubHTTPError.__mro__ if issubclass(kind, Exception))
    foreign: tuple[type[Exception], ...] = (
        ValueError,
        *(kind for kind in ancestors if kind is not Exception),
    )
    try:
        return action()
    except foreign as error:
        said = str(error).strip().partition("\n")[0] or type(error).__name__
        raise ModelUnavailable(f"{repository} cannot be fetched: {said}") from error
