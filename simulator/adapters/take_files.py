"""The sound of a take on disk: WAV while it is spoken, FLAC once it is at rest.

A WAV file of 16-bit samples can be cut anywhere and still be read: its header claims the greatest
length until the take is closed, and readers stop at the end of the file.
"""

from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING

from simulator.adapters.disk import sync_folder
from simulator.core.speech import SAMPLE_RATE
from simulator.errors import SessionError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from simulator.core.speech import Samples

HEADER_BYTES = 44
SAMPLE_BYTES = 2
FULL_SCALE = 32768.0
_UNKNOWN = 0xFFFF_FFFF - HEADER_BYTES


class TakeFile:
    """Append samples to a WAV file; every call reaches the operating system before it returns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._bytes = 0
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            self._file = os.open(path, flags, 0o600)
            os.write(self._file, wav_header(_UNKNOWN))
        except OSError as error:
            raise SessionError(f"{path}: cannot record: {error.strerror}") from error

    def write(self, samples: Samples) -> None:
        """Append mono float32 samples at 16 kHz. Raises SessionError, what was written stays."""
        data = to_pcm(samples)
        try:
            while data:
                written = os.write(self._file, data)
                self._bytes += written
                data = data[written:]
        except OSError as error:
            raise SessionError(
                f"{self.path}: the recording stopped: {error.strerror}; free some space, then "
                "`rehearse interview --resume`: what was said is kept"
            ) from error

    def close(self) -> float:
        """Write the true length and give it in seconds. Harmless the second time."""
        whole = self._bytes - self._bytes % SAMPLE_BYTES
        if self._file >= 0:
            descriptor, self._file = self._file, -1
            try:
                os.lseek(descriptor, 0, os.SEEK_SET)
                os.write(descriptor, wav_header(whole))
                os.fsync(descriptor)
            except OSError:
                pass  # A full disk: the long header still reads right.
            finally:
                os.close(descriptor)
        return whole / SAMPLE_BYTES / SAMPLE_RATE


def wav_header(data_bytes: int) -> bytes:
    """Give the header of a mono 16-bit WAV file at 16 kHz."""
    rate, width = SAMPLE_RATE, SAMPLE_BYTES
    form = struct.pack("<IHHIIHH", 16, 1, 1, rate, rate * width, width, 8 * width)
    riff = struct.pack("<I", data_bytes + HEADER_BYTES - 8)
    return b"RIFF" + riff + b"WAVEfmt " + form + b"data" + struct.pack("<I", data_bytes)


def to_pcm(samples: Samples) -> bytes:
    """Give little-endian 16-bit samples; what came from 16 bits comes back bit for bit."""
    import numpy as np

    scaled = np.clip(np.rint(samples * FULL_SCALE), -FULL_SCALE, FULL_SCALE - 1)
    return bytes(scaled.astype("<i2").data)


def read_take(path: Path, block: int = SAMPLE_RATE) -> Iterator[Samples]:
    """Read a WAV or FLAC take in blocks of mono float32. Raises SessionError."""
    import soundfile

    try:
        with soundfile.SoundFile(path) as file:
            yield from file.blocks(block, dtype="float32")
    except soundfile.SoundFileError as error:
        raise SessionError(f"{path}: the recording cannot be read: {error}") from error


def take_seconds(path: Path) -> float:
    """Give the length of a take's file in seconds, 0 when it holds none."""
    import soundfile

    try:
        return float(soundfile.info(path).duration)
    except soundfile.SoundFileError:
        return 0.0


def compress(path: Path) -> Path:
    """Turn a WAV take into FLAC, lossless; the WAV stays for the caller to remove.

    Raises SessionError.
    """
    import soundfile

    target, fresh = path.with_suffix(".flac"), path.with_name(f".{path.stem}.flac.new")
    try:
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        with soundfile.SoundFile(fresh, "w", SAMPLE_RATE, 1, "PCM_16", format="FLAC") as file:
            for block in read_take(path):
                file.write(block)
        fresh.replace(target)
        sync_folder(path.parent)
    except (OSError, soundfile.SoundFileError) as error:
        raise SessionError(f"{path}: cannot be compressed: {error}") from error
    finally:
        fresh.unlink(missing_ok=True)
    return target
