"""Speech detection: Silero, streaming, from the file that faster-whisper carries."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.adapters.onnx_files import why
from simulator.errors import ModelUnavailable, TranscriptionError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulator.core.speech import Samples

WINDOW = 512
"""Samples of one decision, 32 ms: what the network was trained on."""
CONTEXT = 64
"""Samples of the window before that the network sees again."""


class SpeechDetector:
    """Say, window by window, how probable speech is; remembers what came before."""

    def __init__(self) -> None:
        self._session = _session()
        self._hidden = np.zeros((1, 1, 128), np.float32)
        self._cell = np.zeros((1, 1, 128), np.float32)
        self._context = np.zeros(CONTEXT, np.float32)
        self._rest = np.zeros(0, np.float32)

    def feed(self, samples: Samples) -> NDArray[np.float32]:
        """Take the next samples at 16 kHz; give the probability of each window completed.

        Raises TranscriptionError.
        """
        pending = np.concatenate([self._rest, np.asarray(samples, np.float32)])
        whole = len(pending) // WINDOW * WINDOW
        self._rest = pending[whole:]
        if not whole:
            return np.zeros(0, np.float32)
        windows = pending[:whole].reshape(-1, WINDOW)
        before = np.vstack([self._context, windows[:-1, -CONTEXT:]])
        self._context = windows[-1, -CONTEXT:]
        inputs = {"input": np.hstack([before, windows]), "h": self._hidden, "c": self._cell}
        try:
            output, self._hidden, self._cell = self._session.run(None, inputs)
        except Exception as error:  # noqa: BLE001 - onnxruntime's errors share no base class
            raise TranscriptionError(f"speech detection failed: {why(error)}") from error
        return np.asarray(output, np.float32).reshape(-1)


@functools.cache
def _session() -> Any:  # noqa: ANN401 - onnxruntime publishes no types
    import faster_whisper.utils
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.inter_op_num_threads = options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    path = f"{faster_whisper.utils.get_assets_path()}/silero_vad_v6.onnx"
    try:
        return onnxruntime.InferenceSession(
            path, providers=["CPUExecutionProvider"], sess_options=options
        )
    except Exception as error:  # noqa: BLE001 - onnxruntime's errors share no base class
        raise ModelUnavailable(
            f"speech detection cannot start ({path}: {why(error)}): install faster-whisper again"
        ) from error
