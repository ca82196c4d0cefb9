"""Recorded answers in place of a microphone."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.errors import AudioError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from simulator.core.scenario import Scenario
    from simulator.core.speech import Samples

SOUND = {".wav", ".flac", ".mp3", ".ogg", ".opus", ".m4a", ".webm", ".aac", ".aiff"}


@dataclass(frozen=True, slots=True)
class FileMicrophone:
    """Hear a recording, as fast as it can be read."""

    path: Path

    @contextmanager
    def listen(self) -> Iterator[Iterator[Samples]]:
        """Open the recording; the sound ends where the file ends. Raises UnreadableAudio."""
        from simulator.adapters.sound_files import read_blocks

        yield iter(read_blocks(self.path))


def match_answers(paths: tuple[Path, ...], scenario: Scenario) -> dict[str, Path]:
    """Give each question its recording: by a file name that begins with its id, else in order.

    A folder stands for the sound files in it, by name. Raises AudioError when there are none,
    more than questions, or a path does not exist.
    """
    files = [file for path in paths for file in _files(path)]
    if not files:
        raise AudioError(f"no recordings in {', '.join(map(str, paths))}")
    ids = [question.id for question in scenario.questions]
    named = {i: f for f in files for i in ids if i in (f.stem, f.parent.name)}
    if len(named) == len(files):
        return named
    if len(files) > len(ids):
        raise AudioError(f"{len(files)} recordings, but {scenario.id} has {len(ids)} questions")
    return dict(zip(ids, files, strict=False))


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(f for f in path.iterdir() if f.suffix.lower() in SOUND)
    if not path.exists():
        raise AudioError(f"{path}: no such file")
    return [path]
