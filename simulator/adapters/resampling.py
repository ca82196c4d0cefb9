"""Change the sample rate of a stream, block by block, with the resampler of FFmpeg."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.core.speech import Samples


def resampler(source: int, target: int) -> Callable[[Samples], Samples]:
    """Give a function that takes blocks at one rate in Hz and gives them at another."""
    if source == target:
        return lambda samples: samples
    import av
    import numpy as np

    engine = av.AudioResampler(format="flt", layout="mono", rate=target)

    def resample(samples: Samples) -> Samples:
        frame = av.AudioFrame.from_ndarray(samples[None, :], format="flt", layout="mono")
        frame.sample_rate = source
        pieces = [piece.to_ndarray()[0] for piece in engine.resample(frame)]
        return np.concatenate([np.zeros(0, np.float32), *pieces])

    return resample
