"""Words said twice, and sentences begun again: "the the", "I was, I went"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.core.discourse import word_set
from simulator.core.fillers import find_fillers
from simulator.core.hearing.words import bare

if TYPE_CHECKING:
    from simulator.core.speech import Transcript

LONGEST = 3
"""Words of the longest repetition looked for; longer ones are rhetoric."""
EMPHASIS = word_set(
    "very really so much many more most no yes yeah okay long far never ever again over bye ha "
    "on by round too way big small old new good hard high deep little same only always "
    "one two three four five six seven eight nine ten hundred thousand oh zero double test word "
    "words blah knock well now there please sorry thank hey wow hot cold"
)
"""Said twice on purpose ("very very"), or in counting."""
GRAMMAR = frozenset({"had", "that"})
"""Rightly said twice without a break: "she had had enough", "that that was all"."""
OPENERS = word_set("i we he she it they you the a an this that there my our his her their who")
"""What a sentence is begun again with."""
LEADS = word_set("and but so because then um well or")
"""After these a clause begins; after "if" or "as far as" it is one that may stay short."""
UNFINISHED = word_set(
    "was were am is are had have has would could can will should must might did do does i'd i'm "
    "i've we'd we've he'd she'd they'd to the a an my our his her their and of with for in on at "
    "from by really just also very wanted want needed went"
)
"""With these no sentence ends: "I was, I went home"."""
ASIDES = (["you", "know"], ["i", "mean"], ["i", "guess"], ["i", "think"], ["i", "suppose"])
"""Said in the middle of a sentence: nothing begins again."""
CUTS = ("-", "–", "—", "...", "…")
MOST_WORDS = 4
"""Words before a restart; after more the sentence was said."""


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
    """List repetitions and restarts; fillers in between don't hide them."""
    kept, said = _without_fillers(transcript)
    words = transcript.words
    texts = [bare(text) for text in said]
    found: list[Repetition] = []
    at = 0
    while at < len(kept):
        size = _repeated(texts, said, at)
        restart = 0 if size else _restarted(texts, said, at)
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


def _without_fillers(transcript: Transcript) -> tuple[list[int], list[str]]:
    """Give the positions and texts of the words that are no fillers.

    A comma before a filler belongs to it: "it was, you know, late" does not begin again.
    """
    fillers = find_fillers(transcript)
    left_out = {i for f in fillers for i in range(f.first, f.last + 1)}
    aside = {f.first for f in fillers if f.kind == "discourse"}
    kept = [i for i in range(len(transcript.words)) if i not in left_out]
    commas = ("," if i + 1 in aside else "" for i in kept)
    return kept, [transcript.words[i].text.rstrip(c) for i, c in zip(kept, commas, strict=True)]


def _repeated(texts: list[str], said: list[str], at: int) -> int:
    """Give the number of words that are said again at once; 0 for none."""
    for size in range(LONGEST, 0, -1):
        one, two = texts[at : at + size], texts[at + size : at + 2 * size]
        grammar = GRAMMAR.issuperset(one) and not said[at].endswith(",")
        if one != two or len(two) < size or grammar or _on_purpose(one, texts, at):
            continue
        if not said[at + size - 1].endswith((".", "?", "!")):
            return size
    return 0


def _on_purpose(one: list[str], texts: list[str], at: int) -> bool:
    """Say whether words are doubled for emphasis or in a set phrase."""
    if EMPHASIS.issuperset(one) or one[0].endswith("ly"):
        return True
    through = len(one) > 1 and (one[0] in {"and", "by", "to", "after"} or one[-1] == "and")
    return through or (one == ["is"] and at > 0 and texts[at - 1] in {"it", "this", "he", "she"})


def _restarted(texts: list[str], said: list[str], at: int) -> int:
    """Give the distance to the word with which the sentence is begun again; 0 for none."""
    begins = at == 0 or texts[at - 1] in LEADS or said[at - 1].endswith((".", "?", "!", ","))
    if texts[at] not in OPENERS and not texts[at].startswith(("i'", "we'", "he'", "she'")):
        return 0
    for distance in range(1, MOST_WORDS + 1):
        again = at + distance
        if again + 1 >= len(texts):
            return 0
        broken = said[again - 1]
        if broken.endswith((".", "?", "!")) and not broken.endswith(CUTS):
            return 0
        if texts[again] not in OPENERS or texts[again : again + 2] in ASIDES:
            continue
        unfinished = broken.endswith(",") and texts[again - 1] in UNFINISHED and begins
        if unfinished and texts[again - 1] not in texts[again : again + 4]:
            return distance
        if broken.endswith(CUTS):
            return distance
    return 0
