"""Rows of numbers that cost time to compute, computed once for each text while it is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

Key = TypeVar("Key", str, tuple[str, str])
MOST = 4_000
"""Rows kept: about what two answers of ten minutes and their rubrics need."""


class Remembered(Generic[Key]):
    """Give a row for each key; those of a while ago are not computed again.

    Right only where a key's row does not depend on the others that it is computed with. May be
    called from several threads; at worst two compute the same.
    """

    def __init__(self, compute: Callable[[Sequence[Key]], NDArray[np.float32]]) -> None:
        self._compute: Callable[[Sequence[Key]], NDArray[np.float32]] = compute
        self._rows: dict[Key, NDArray[np.float32]] = {}

    def __call__(self, keys: Sequence[Key]) -> NDArray[np.float32]:
        """Give the rows in the keys' order, at least one. Raises what computing them raises."""
        import numpy as np

        known = self._rows
        new = [key for key in dict.fromkeys(keys) if key not in known]
        if new:
            known = {**known, **dict(zip(new, self._compute(new), strict=True))}
            self._rows = dict(list(known.items())[-MOST:])
        return np.stack([known[key] for key in keys])
