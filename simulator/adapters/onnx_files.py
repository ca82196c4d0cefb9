"""ONNX models and their tokenizers on disk: opened, checked by hash, fed in batches."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from simulator.errors import JudgeError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

ERRORS_ONLY = 3
"""onnxruntime's log severity; its warnings about a machine without GPU mean nothing here."""


def open_session(path: Path, sha256: str, threads: int) -> Any:  # noqa: ANN401 - untyped library
    """Open a model on the processor. Raises JudgeError when it is missing or damaged."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise JudgeError(f"{path}: weights cannot be read ({error.strerror}): reinstall") from error
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise JudgeError(f"{path}: damaged weights (sha256 {found[:12]}…): reinstall")
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = ERRORS_ONLY
    # Threads that spin while they wait starve each other on a busy machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


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
) -> Iterator[tuple[list[int], dict[str, NDArray[np.int64]]]]:
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
