"""How concrete an answer is, as facts, unscored: numbers, names, actions, "I" against "we"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.core.stretches import bare, meaningful
from simulator.core.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterable

NUMBER_WORDS = frozenset(
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
     "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
     "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand",
     "million", "half", "quarter", "third", "twice", "dozen"]
)  # fmt: skip
"""Without "one", which is a pronoun more often than a number."""
SINGULAR = frozenset(["i", "i'm", "i'd", "i'll", "i've", "me", "my", "mine", "myself"])
PLURAL = frozenset(
    ["we", "we'd", "we'll", "we're", "we've", "us", "our", "ours", "ourselves", "let's"]
)
_DIGIT = re.compile(r"\d")
_IRREGULAR = frozenset(
    ["asked", "began", "booked", "bought", "broke", "brought", "built", "called", "came", "caught",
     "chose", "cut", "did", "drew", "drove", "fixed", "found", "gave", "got", "held", "kept", "led",
     "left", "made", "met", "paid", "put", "ran", "rang", "read", "rode", "rung", "said", "sat",
     "sent", "set", "showed", "spoke", "stood", "taught", "threw", "told", "took", "went", "wrote"]
)  # fmt: skip
_STATES = frozenset(["liked", "needed", "wanted", "tried", "used", "loved", "hoped", "believed"])


@dataclass(frozen=True, slots=True)
class Specificity:
    """Hold what makes an answer concrete, as positions and counts."""

    numbers: tuple[int, ...]
    "Positions of words that are or hold a number."
    names: tuple[int, ...]
    "Positions of capitalised words inside a sentence; none where the transcript has no case."
    actions: tuple[int, ...]
    "Positions of verbs in the past right after I."
    singular: int
    "How often the speaker says I, me, my."
    plural: int
    "How often the speaker says we, us, our."

    def __str__(self) -> str:
        """Say it in one line."""
        concrete = (
            count(len(self.numbers), "number"),
            count(len(self.names), "name"),
            count(len(self.actions), "action"),
        )
        return f"{', '.join(concrete)}; “I” {self.singular}×, “we” {self.plural}×"


def measure_specificity(words: tuple[str, ...]) -> Specificity:
    """Find what is concrete in an answer."""
    kept = meaningful(words)
    plain = {i: bare(words[i]) for i in kept}
    return Specificity(
        numbers=tuple(i for i in kept if _DIGIT.search(plain[i]) or plain[i] in NUMBER_WORDS),
        names=tuple(_names(words, kept)),
        actions=tuple(b for a, b in zip(kept, kept[1:], strict=False) if _acts(plain[a], plain[b])),
        singular=sum(plain[i] in SINGULAR for i in kept),
        plural=sum(plain[i] in PLURAL for i in kept),
    )


def _acts(subject: str, verb: str) -> bool:
    past = verb in _IRREGULAR or (verb.endswith("ed") and len(verb) > 4)
    return subject == "i" and past and verb not in _STATES


def _names(words: tuple[str, ...], kept: tuple[int, ...]) -> Iterable[int]:
    for before, here in zip(kept, kept[1:], strict=False):
        starts = words[before][-1] in ".?!…:"
        plain = words[here].strip("\"'“”‘(")
        own = bare(plain) in SINGULAR
        if plain[:1].isupper() and not starts and not own:
            yield here
