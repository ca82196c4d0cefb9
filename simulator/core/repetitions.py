"""Words said twice, and sentences begun again: "the the", "I was, I went"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.core.hearing.words import bare

if TYPE_CHECKING:
    from simulator.core.speech import Transcript

LONGEST = 3
"""Words of the longest repetition looked for; longer ones are rhetoric."""
EMPHASIS = frozenset({
    "very", "really", "so", "much", "many", "more", "no", "yes", "yeah", "okay", "long", "far",
    "never", "again", "over", "bye", "ha", "had", "that", "one", "two", "three", "four", "five",
    "six", "seven", "eight", "nine", "ten", "hundred", "thousand", "test", "word", "words",
})  # fmt: skip
"""Said twice on purpose ("very very"), or by grammar ("had had", "that that"), or in counting."""
OPENERS = frozenset({
    "i", "we", "he", "she", "it", "they", "you", "the", "a", "this", "that", "there", "my",
    "our",
})  # fmt: skip
"""What a sentence is begun again with."""


@dataclass(frozen=True, slots=True)
class Repetition:
    """Hold one repetition or restart with its moment."""

    text: str
    start: float
    end: float
    kind: Literal["repetition", "restart"]
    first: int
    "Position of its first word."
    last: int
    "Position of its last word."


def find_repetitions(transcript: Transcript) -> tuple[Repetition, ...]:
    """List repetitions and restarts; filled pauses in between don't hide them."""
    words = transcript.words
    kept = [i for i, word in enumerate(words) if word.kind == "word"]
    texts = [bare(words[i].text) for i in kept]
    found: list[Repetition] = []
    at = 0
    while at < len(kept):
        size = _repeated(texts, at)
        restart = 0 if size else _restarted(texts, [words[i].text for i in kept], at)
        if not size and not restart:
            at += 1
            continue
        first, last = kept[at], kept[at + (2 * size - 1 if size else restart)]
        text = " ".join(word.text for word in words[first : last + 1])
        kind: Literal["repetition", "restart"] = "repetition" if size else "restart"
        end = max(words[first].start, words[last].end)
        found.append(Repetition(text, words[first].start, end, kind, first, last))
        at += size or restart
    return tuple(found)


def _repeated(texts: list[str], at: int) -> int:
    """Give the number of words that are said again at once; 0 for none."""
    for size in range(LONGEST, 0, -1):
        one, two = texts[at : at + size], texts[at + size : at + 2 * size]
        if one == two and len(two) == size and not EMPHASIS.issuperset(one):
            return size
    return 0


def _restarted(texts: list[str], said: list[str], at: int) -> int:
    """Give the distance to the word with which the sentence is begun again; 0 for none."""
    if texts[at] not in OPENERS:
        return 0
    for distance in (2, 3):
        again = at + distance
        if again + 1 >= len(texts) or texts[again] != texts[at]:
            continue
        broken = said[again - 1].endswith((",", "-", "–", "—", "...", "…"))
        if broken and texts[again + 1] != texts[at + 1]:
            return distance
    return 0
