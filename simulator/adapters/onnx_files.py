"""ONNX models and their tokenizers on disk: opened, checked by hash, fed in batches."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from simulator.errors import JudgeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    Inputs = dict[str, NDArray[np.int64]]

THREADS = 4
"""More bring little for texts of a few dozen words."""
ERRORS_ONLY = 3
"""onnxruntime's log severity; its warnings about a machine without GPU mean nothing here."""


def open_session(path: Path, sha256: str) -> Any:  # noqa: ANN401 - untyped library
    """Open a model on the processor, a thread each run. Raises JudgeError where it is damaged."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise JudgeError(f"{path}: weights cannot be read ({error.strerror}): reinstall") from error
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise JudgeError(f"{path}: damaged weights (sha256 {found[:12]}…): reinstall")
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = ERRORS_ONLY
    try:
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001 - onnxruntime's errors share no base class
        raise JudgeError(f"{path}: weights cannot be loaded: {why(error)}") from error


def why(error: Exception) -> str:
    """Say what onnxruntime means; C++ has its own word for a lack of memory."""
    short = isinstance(error, MemoryError) or "bad_alloc" in str(error)
    return "out of memory; close other programs" if short else str(error)


def load_tokenizer(path: Path, max_tokens: int) -> Any:  # noqa: ANN401 - untyped library
    """Load a tokenizer that pads and cuts. Raises JudgeError when it cannot be read."""
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_str(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise JudgeError(f"{path}: tokenizer cannot be read: reinstall") from error
    tokenizer.enable_truncation(max_tokens, strategy="longest_first")
    tokenizer.enable_padding()
    return tokenizer


def in_batches(
    tokenizer: Any,  # noqa: ANN401
    texts: list[Any],
    size: int,
    run: Callable[[Inputs], NDArray[np.float32]],
) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
    """Yield places and what ``run`` gives for them, computed in several threads.

    Whole batches side by side use the cores better than one batch cut up among them. Raises
    JudgeError.
    """
    batches = list(_batches(tokenizer, texts, size))
    try:
        with ThreadPoolExecutor(min(THREADS, os.cpu_count() or 1)) as pool:
            rows = pool.map(run, (inputs for _, inputs in batches))
            yield from zip((places for places, _ in batches), rows, strict=True)
    except Exception as error:  # noqa: BLE001 - onnxruntime's errors share no base class
        raise JudgeError(f"the judge failed: {why(error)}") from error


def _batches(
    tokenizer: Any,  # noqa: ANN401
    texts: list[Any],
    size: int,
) -> Iterator[tuple[list[int], Inputs]]:
    """Yield places and inputs, texts of like length together so that little is padded."""
    import numpy as np

    order = sorted(range(len(texts)), key=lambda i: len(str(texts[i])))
    for start in range(0, len(order), size):
        places = order[start : start + size]
        encodings = tokenizer.encode_batch([texts[i] for i in places])
        yield (
            places,
            {
                "input_ids": np.array([e.ids for e in encodings], dtype=np.int64),
                "attention_mask": np.array([e.attention_mask for e in encodings], dtype=np.int64),
                "token_type_ids": np.array([e.type_ids for e in encodings], dtype=np.int64),
            },
        )
