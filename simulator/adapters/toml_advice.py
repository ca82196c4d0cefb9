"""What to do about TOML that does not parse: the standard parser says where, not what to mend."""

from __future__ import annotations

import re

_AT = re.compile(r"\(at line (\d+), column \d+\)$")
_CURLY = re.compile("[“”„‘’]")
_QUOTE = re.compile(r'(?<!\\)"')
_BY_MESSAGE = (
    ("Unclosed array", "a comma between two texts or the closing ] is missing"),
    ("Cannot declare", "each [[header]] of a list has two brackets on both sides"),
    ("Cannot mutate", "each [[header]] of a list has two brackets on both sides"),
    ("Cannot overwrite", "a key or a [header] stands there twice"),
    ("Illegal character", 'the " at the end of a text is missing'),
    ("Unterminated string", "the quotes at the end of a text are missing"),
    ("Expected '='", "a line is `key = value`; a remark begins with #"),
    ("Invalid value", 'text stands between two "'),
)
_INSIDE = 'write \\" for a " inside a text, and put a list in [ ]'


def advise(text: str, message: str) -> str:
    """Say in one clause what mends the fault that the parser's message names; empty if unknown."""
    lines, at = text.splitlines(), _AT.search(message)
    line = lines[int(at[1]) - 1] if at and int(at[1]) <= len(lines) else ""
    if _CURLY.search(line) and len(_QUOTE.findall(line)) < 2:
        return 'use the straight " around a text, not a curly quotation mark'
    if "Expected newline" in message and len(_QUOTE.findall(line)) > 2:
        return _INSIDE
    return next((said for start, said in _BY_MESSAGE if message.startswith(start)), "")
