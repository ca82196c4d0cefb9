"""How moments, counts and dates are written for people."""

from __future__ import annotations

import re


def clock(seconds: float) -> str:
    """Write seconds as minutes and seconds, cut off: 83.4 is 1:23, an hour 60:00."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def moment(seconds: float) -> str:
    """Write a moment to the tenth, as a player shows it: 83.46 is 1:23.4."""
    tenths = max(0, int(seconds * 10 + 1e-6))
    return f"{tenths // 600}:{tenths % 600 // 10:02d}.{tenths % 10}"


def count(number: int, noun: str) -> str:
    """Write a number with its noun: 1 pause, 3 pauses."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def phrase(text: str) -> str:
    """Write a phrase that was counted in lower case: i guess is I guess."""
    return re.sub(r"\bi\b", "I", text)


def shorten(text: str, width: int) -> str:
    """Cut a line off behind a word so that it fits, with an ellipsis."""
    if len(text) <= width:
        return text
    cut = text[: width - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut.strip() else cut}…"


def day(iso: str) -> str:
    """Write an ISO 8601 time as its date; what is no such time is given back."""
    from datetime import datetime

    try:
        moment_of = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{moment_of.day} {moment_of:%B %Y}"
