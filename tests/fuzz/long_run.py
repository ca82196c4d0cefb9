"""Fuzz one loader for long, guided by coverage; `pip install atheris` first, no dependency of ours.

    python -m tests.fuzz.long_run scenario -runs=100000

The corpus in tests/fuzz/corpus is where it starts from. What crashed is written to the current
folder, and belongs into tests/fuzz/corpus once it is mended.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-not-found]

with atheris.instrument_imports(include=["simulator"]):
    from tests.fuzz.targets import CORPUS, TARGETS, Loaders

LARGEST = 20_000
"""Bytes of one input; more only makes it slow."""


def main() -> None:
    """Run until the number of runs, or the first crash."""
    target = sys.argv[1] if len(sys.argv) > 1 else ""
    if target not in TARGETS:
        sys.exit(f"name a loader: {', '.join(TARGETS)}")
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    grown = folder / "corpus"
    shutil.copytree(CORPUS / target, grown)
    loaders = Loaders(folder)
    options = [sys.argv[0], str(grown), f"-max_len={LARGEST}", "-timeout=20", *sys.argv[2:]]
    atheris.Setup(options, getattr(loaders, target))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
