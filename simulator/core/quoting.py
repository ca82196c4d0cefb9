"""Find a quote in the words of an answer."""

from __future__ import annotations

from simulator.core.coverage import Quote
from simulator.core.stretches import bare


def find_words(text: str, words: tuple[str, ...]) -> Quote | None:
    """Find a run of words, case and punctuation aside; none when it was not said so."""
    wanted = [word for word in map(bare, text.split()) if word]
    said = [(place, word) for place, word in enumerate(map(bare, words)) if word]
    for start in range(len(said) - len(wanted) + 1 if wanted else 0):
        if [word for _, word in said[start : start + len(wanted)]] == wanted:
            first, last = said[start][0], said[start + len(wanted) - 1][0]
            return Quote(" ".join(words[first : last + 1]), first, last)
    return None
