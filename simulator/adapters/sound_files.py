"""Sound files of any kind, read in pieces as mono float32 at 16 kHz."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.core.speech import SAMPLE_RATE
from simulator.errors import UnreadableAudio

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulator.core.speech import Samples

BLOCK = SAMPLE_RATE
"""Samples of one block: a second."""
MOST_CHANNELS = 7
"""FFmpeg's frames hold eight pointers, and PyAV looks for the empty one that ends them: with eight
channels or more it reads beyond its memory."""
RATES = (1_000, 768_000)
"""Hz. No device records less or more; a resampler from gigahertz takes minutes to make."""
TORN_SECONDS = 0.5
"""Missing sound from which a file counts as truncated; headers round by less."""
TORN_BYTES = 1024
"""What sloppy writers leave out of a whole file."""


class SoundFile:
    """Read one file from its beginning; ``truncated`` is known once it has been read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.truncated = False
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Samples]:
        """Give the sound in blocks of a second. Raises UnreadableAudio."""
        yield from _blocks(self._decode())
        if not self.seconds:
            raise UnreadableAudio(f"{self.path} holds no sound")

    def _decode(self) -> Iterator[Samples]:
        import av

        container = _open(self.path)
        with container:
            stream = _audio_stream(self.path, container)
            resampler = av.AudioResampler(format="fltp", rate=SAMPLE_RATE)
            try:
                for frame in container.decode(stream):
                    self._refuse_absurd(frame)
                    frame.pts = None  # gaps in the clock of a torn file are not silence
                    yield from self._samples(resampler.resample(frame))
            except (av.error.FFmpegError, OSError) as error:
                if not self.seconds:
                    raise UnreadableAudio(f"{self.path} cannot be decoded as sound") from error
                self.truncated = True
            if self.seconds:
                yield from self._samples(resampler.resample(None))
            self._compare(stream)

    def _refuse_absurd(self, frame: Any) -> None:  # noqa: ANN401 - PyAV's frames
        channels, (lowest, highest) = frame.layout.nb_channels, RATES
        if channels > MOST_CHANNELS:
            message = f"{channels} channels; at most {MOST_CHANNELS} can be read"
            raise UnreadableAudio(f"{self.path} has {message}")
        if not lowest <= frame.sample_rate <= highest:
            message = f"{frame.sample_rate} samples a second; {lowest} to {highest} can be read"
            raise UnreadableAudio(f"{self.path} has {message}")

    def _samples(self, frames: Iterable[Any]) -> Iterator[Samples]:
        for frame in frames:
            # A file of floats may hold anything, numbers that are none among it.
            channels = np.clip(np.nan_to_num(frame.to_ndarray(), nan=0.0), -1.0, 1.0)
            samples = channels.mean(axis=0)  # libswresample would add the channels up
            self.seconds += len(samples) / SAMPLE_RATE
            yield samples.astype(np.float32)

    def _compare(self, stream: Any) -> None:  # noqa: ANN401 - PyAV's streams
        if stream.duration is not None and stream.time_base is not None:
            declared = float(stream.duration * stream.time_base)
            self.truncated |= declared - self.seconds > TORN_SECONDS
        self.truncated |= _is_torn_wave(self.path)


def read_blocks(path: Path) -> Iterator[Samples]:
    """Read a file in blocks of a second. Raises UnreadableAudio."""
    return iter(SoundFile(path))


def _open(path: Path) -> Any:  # noqa: ANN401 - PyAV's container
    import av

    if path.is_dir():
        raise UnreadableAudio(f"{path} is a folder, not a sound file")
    if not path.exists():
        raise UnreadableAudio(f"{path} does not exist")
    av.logging.set_level(av.logging.PANIC)
    try:
        # The whitelist keeps a playlist from reaching for the network.
        return av.open(f"file:{path}", options={"protocol_whitelist": "file"})
    except (av.error.FFmpegError, OSError, ValueError) as error:
        reason = "is empty" if path.stat().st_size == 0 else "is not a sound file that can be read"
        raise UnreadableAudio(f"{path} {reason}") from error


def _is_torn_wave(path: Path) -> bool:
    """Say whether a RIFF file is shorter than its header says; 0 and all ones mean unknown."""
    with path.open("rb") as file:
        header = file.read(8)
    size = int.from_bytes(header[4:8], "little")
    known = header[:4] == b"RIFF" and size not in {0, 0xFFFF_FFFF}
    return known and path.stat().st_size + TORN_BYTES < size + 8


def _audio_stream(path: Path, container: Any) -> Any:  # noqa: ANN401 - PyAV's container
    if not container.streams.audio:
        raise UnreadableAudio(f"{path} holds no sound")
    return container.streams.audio[0]


def _blocks(pieces: Iterable[Samples]) -> Iterator[Samples]:
    pending: list[Samples] = []
    held = 0
    for piece in pieces:
        pending.append(piece)
        held += len(piece)
        if held >= BLOCK:
            yield np.concatenate(pending)
            pending, held = [], 0
    if held:
        yield np.concatenate(pending)
