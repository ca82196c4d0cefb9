"""The entailment model: does a stretch of speech show what a hypothesis says? ONNX, int8."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from simulator.adapters.onnx_files import Inputs

FOLDER = Path(__file__).parent.parent / "data" / "entailment"
MODEL = FOLDER / "model.onnx"
TOKENIZER = FOLDER.parent / "minilm" / "tokenizer.json"
SHA256 = "e8b8e906f17749cc72828cbcccc2d74f094eeb5cd6907a6f2c1052a47563a5f9"
"""Of model.onnx; training/export.py prints it."""
MAX_TOKENS = 192
"""As in training."""
BATCH = 1
"""Pairs read at once. In a larger batch the int8 model rounds each by the others in it, so that the
same pair gets another answer in other company; and it takes no less work."""


class CrossEncoder:
    """Read premise and hypothesis together."""

    def __init__(self, model: Path = MODEL, sha256: str = SHA256) -> None:
        """Load the weights. Raises JudgeError when they are missing or damaged."""
        from simulator.adapters.onnx_files import load_tokenizer, open_session

        self._session: Any = open_session(model, sha256)
        self._tokenizer: Any = load_tokenizer(TOKENIZER, MAX_TOKENS)

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Give entailed, neutral, contradicted for each (premise, hypothesis)."""
        import numpy as np

        from simulator.adapters.onnx_files import in_batches

        rows = np.zeros((len(pairs), 3), dtype=np.float32)
        for places, logits in in_batches(self._tokenizer, list(pairs), BATCH, self._logits):
            grown = np.exp(logits - logits.max(axis=1, keepdims=True))
            rows[places] = grown / grown.sum(axis=1, keepdims=True)
        return rows

    def _logits(self, inputs: Inputs) -> NDArray[np.float32]:
        (logits,) = self._session.run(None, inputs)
        return logits  # type: ignore[no-any-return]
