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

    from av import AudioFrame

    from simulator.core.speech import Samples

Sound = Literal["embed", "link", "none"]

BIT_RATE = 24_000
"""Bits a second of Opus: a little above the 16-20 k that RFC 7587 gives for wideband speech."""
EFFORT = "3"
"""Opus complexity, 0-10: encoding must not keep a laptop waiting, and speech is easy."""
BLOCK = 16_000
"""Samples encoded at once."""


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
    import av

    written = BytesIO()
    options = {"application": "voip", "compression_level": EFFORT}
    try:
        with av.open(written, "w", format="ogg") as container:
            stream = container.add_stream("libopus", rate=SAMPLE_RATE, options=options)
            stream.bit_rate, stream.layout = BIT_RATE, "mono"
            for frame in _frames(blocks):
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    except (av.FFmpegError, ValueError) as error:
        raise UnreadableAudio(f"{name}: cannot be encoded for the page: {error}") from error
    return f"data:audio/ogg;base64,{base64.b64encode(written.getvalue()).decode()}"


def _frames(blocks: Iterable[Samples]) -> Iterator[AudioFrame]:
    import numpy as np
    from av import AudioFrame

    done = 0
    for block in blocks:
        for start in range(0, len(block), BLOCK):
            samples = np.clip(block[start : start + BLOCK], -1, 1) * 32767
            frame = AudioFrame.from_ndarray(samples.astype(np.int16)[None], "s16", "mono")
            frame.sample_rate, frame.pts = SAMPLE_RATE, done
            done += frame.samples
            yield frame
