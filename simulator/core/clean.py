"""Make foreign text harmless: what is shown must not steer the terminal or reorder the page."""

from __future__ import annotations

import re
import unicodedata

LONGEST_WORD = 60
"""Characters; longer than any word of a spoken language, shorter than a terminal's line."""
MOST_MARKS = 4
"""Combining marks on one letter: Vietnamese and Hebrew need three, a tower of them hides lines."""

_SPACES = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours, cursor movements
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # titles
    r"|\x1b[ -/]*[0-~]?"
)
_CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_LONG = re.compile(rf"(\S{{{LONGEST_WORD - 1}}})\S\S+")


def clean(text: str) -> str:
    """Give one line without control, direction and invisible characters or endless words.

    Letters of every script stay; nothing is escaped for a format: that is the renderer's work.
    """
    text = _SPACES.sub(" ", _ESCAPES.sub("", text))
    text = _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text))
    return _LONG.sub(r"\1…", _thin_marks(text))


def _thin_marks(text: str) -> str:
    """Drop the combining marks beyond the fourth on a letter."""
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if marks <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)
