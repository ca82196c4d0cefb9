"""A take's sound for a page: encoded small into its address, or linked; always its waveform."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from simulator.core.page_sound import PageSound, find_peaks
from simulator.core.speech import SAMPLE_RATE
from simulator.errors import UnreadableAudio

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from simulator.core.speech import Samples

Sound = Literal["embed", "link", "none"]

QUALITY = 0.85
"""libsndfile's compression level for Opus, 0 large to 1 small: about 3.6 kB a second of speech."""
BLOCK = 16_000
"""Samples written at once; libsndfile's Opus writer overflows its stack on very long arrays."""


def page_sound(
    read: Callable[[], Iterable[Samples]], duration: float, path: Path, sound: Sound
) -> PageSound:
    """Prepare a take for the page; ``read`` gives its blocks, ``path`` is where a link leads.

    Raises UnreadableAudio when it cannot be encoded, and what ``read`` raises.
    """
    peaks = find_peaks(read(), duration)
    if sound == "none":
        return PageSound(peaks)
    if sound == "link":
        return PageSound(peaks, path.absolute().as_uri())
    return PageSound(peaks, encode(read(), path.name))


def encode(blocks: Iterable[Samples], name: str) -> str:
    """Give Ogg Opus as a data: address. Raises UnreadableAudio."""
    import soundfile

    written = BytesIO()
    try:
        with soundfile.SoundFile(
            written, "w", SAMPLE_RATE, 1, "OPUS", format="OGG", compression_level=QUALITY
        ) as file:
            for samples in _short(blocks):
                file.write(samples)
    except (soundfile.SoundFileError, OSError) as error:
        raise UnreadableAudio(f"{name}: cannot be encoded for the page: {error}") from error
    return f"data:audio/ogg;base64,{base64.b64encode(written.getvalue()).decode()}"


def _short(blocks: Iterable[Samples]) -> Iterator[Samples]:
    for block in blocks:
        for start in range(0, len(block), BLOCK):
            yield block[start : start + BLOCK]
