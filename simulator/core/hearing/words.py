"""What the recogniser wrote, sorted into words and filled pauses."""

from __future__ import annotations

import re

FILLED_PAUSE = re.compile(r"(?:u+h+m*|u+m+|e+r+m*|h+m+|m{2,}|e+h+m*|a+h+m+)\Z")
"""Spellings of the filled pauses of English: um, uh, er, erm, hmm, mm (Clark & Fox Tree 2002).
"Uh-huh" and "mm-hmm" are answers, not pauses, and don't match."""
PROMPT = "Um, uh, hmm, er, ah."
"""What makes Whisper write filled pauses down instead of leaving them out."""


def is_filled_pause(text: str) -> bool:
    """Say whether a word is a filled pause: um, uh, er, hmm and their spellings."""
    return FILLED_PAUSE.match(bare(text)) is not None


def bare(text: str) -> str:
    """Give a word in lower case without the punctuation around it."""
    return text.lower().strip(" .,!?;:…\"'()[]-–—")
