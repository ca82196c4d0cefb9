"""Stretches of an answer: the pieces that are held against a rubric.

Speech is cut where a listener would cut it: at the ends of sentences where there is punctuation,
and before conjunctions where there is none. What carries no meaning (filled pauses, repetitions)
is left out of the text but not out of the span, so that a quote stays verbatim.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

LONGEST_UNIT = 22
"""Words; a longer unit is cut where it can be. Spoken clauses average 6-7 words (Chafe 1994), so
this holds two or three."""
SHORTEST_UNIT = 6
"""Words; a shorter unit joins its neighbour."""
LONGEST_STRETCH = 48
"""Words; with the hypothesis and the words around it, it fits the entailment model's tokens."""
WORDS_AROUND = 30
"""Words before and after a stretch that it is read again with: two or three sentences each."""
MOST_UNITS = 3
"""Units in one stretch: evidence seldom runs over more than three sentences."""

_FILLED = frozenset({"um", "umm", "uh", "uhm", "er", "erm", "hmm", "hm", "mm", "mhm", "ah", "eh"})
_PAIRS = frozenset({("you", "know"), ("i", "mean")})
_OPENERS = frozenset({
    "and", "but", "so", "then", "because", "cause", "cos", "when", "if", "while", "after",
    "before", "until", "although", "though", "or", "which", "who", "where", "well", "okay",
    "ok", "now", "next", "first", "second", "third", "finally", "afterwards", "also",
})  # fmt: skip
_ABBREVIATIONS = frozenset({"mr.", "mrs.", "ms.", "dr.", "st.", "e.g.", "i.e.", "prof.", "no."})
_EDGES = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hold a stretch of an answer."""

    first: int
    "Position of the first word."
    last: int
    "Position of the last word."
    text: str
    "Without filled pauses and repetitions."
    units: int = 1
    "How many sentences or clauses."


def bare(word: str) -> str:
    """Give a word in lower case without the punctuation around it."""
    return _EDGES.sub("", word).lower().replace("’", "'")


def meaningful(words: tuple[str, ...]) -> tuple[int, ...]:
    """Give the positions that are left without filled pauses and immediate repetitions."""
    plain = [bare(word) for word in words]
    kept = [i for i, word in enumerate(plain) if word and word not in _FILLED]
    kept = _without_pairs(kept, plain)
    for size in (3, 2, 1):
        kept = _without_repeats(kept, plain, size)
    return tuple(kept)


def _without_pairs(kept: list[int], plain: list[str]) -> list[int]:
    left: list[int] = []
    index = 0
    while index < len(kept):
        if tuple(plain[i] for i in kept[index : index + 2]) in _PAIRS:
            index += 2
        else:
            left.append(kept[index])
            index += 1
    return left


def _without_repeats(kept: list[int], plain: list[str], size: int) -> list[int]:
    left: list[int] = []
    index = 0
    while index < len(kept):
        now = [plain[i] for i in kept[index : index + size]]
        then = [plain[i] for i in kept[index + size : index + 2 * size]]
        if now != then:
            left.append(kept[index])
            index += 1
        else:
            index += size
    return left


def units(words: tuple[str, ...]) -> tuple[Stretch, ...]:
    """Cut an answer into sentences, or clauses where it has no sentences."""
    kept = meaningful(words)
    runs: list[list[int]] = []
    run: list[int] = []
    for position in kept:
        run.append(position)
        if _ends_sentence(words[position]):
            runs.append(run)
            run = []
    runs.append(run)
    pieces = [piece for run in runs for piece in _clauses(run, words)]
    return tuple(_stretch(piece, words) for piece in _joined(pieces))


def stretches(words: tuple[str, ...]) -> tuple[Stretch, ...]:
    """Give every run of one to three neighbouring units that is short enough to judge."""
    pieces = units(words)
    found: list[Stretch] = []
    for start, piece in enumerate(pieces):
        text = ""
        for count, other in enumerate(pieces[start : start + MOST_UNITS], 1):
            longer = f"{text} {other.text}".strip()
            if text and len(longer.split()) > LONGEST_STRETCH:
                break
            text = longer
            found.append(Stretch(piece.first, other.last, text, count))
    return tuple(found)


def around(stretch: Stretch, words: tuple[str, ...], kept: tuple[int, ...]) -> tuple[str, str]:
    """Give what was said just before and just after, of the positions kept (`meaningful`)."""
    start, end = bisect_left(kept, stretch.first), bisect_right(kept, stretch.last)
    before = " ".join(words[i] for i in kept[max(0, start - WORDS_AROUND) : start])
    return before, " ".join(words[i] for i in kept[end : end + WORDS_AROUND])


def marked(before: str, text: str, after: str) -> str:
    """Mark a stretch in what was said around it."""
    return f"{before} [ {text} ] {after}".strip()


def _stretch(positions: list[int], words: tuple[str, ...]) -> Stretch:
    text = " ".join(words[i] for i in positions)
    return Stretch(positions[0], positions[-1], text)


def _ends_sentence(word: str) -> bool:
    ends = word.rstrip("\"'”’)")[-1:] in {".", "?", "!", "…"}
    return ends and word.lower() not in _ABBREVIATIONS


def _clauses(run: list[int], words: tuple[str, ...]) -> list[list[int]]:
    """Cut a long run before conjunctions and after commas, at least SHORTEST_UNIT apart."""
    if len(run) <= LONGEST_UNIT:
        return [run] if run else []
    pieces: list[list[int]] = []
    piece: list[int] = []
    for index, position in enumerate(run):
        left = len(run) - index
        natural = min(len(piece), left) >= SHORTEST_UNIT and _may_cut(run, index, words)
        if natural or len(piece) >= LONGEST_UNIT:
            pieces.append(piece)
            piece = []
        piece.append(position)
    return [*pieces, piece]


def _may_cut(run: list[int], index: int, words: tuple[str, ...]) -> bool:
    before, here = words[run[index - 1]], bare(words[run[index]])
    if bare(before) in _OPENERS:
        return False
    return before[-1] in ",;:—–" or here in _OPENERS


def _joined(pieces: list[list[int]]) -> list[list[int]]:
    """Join what is too short to stand alone to the piece before it."""
    joined: list[list[int]] = []
    for piece in pieces:
        if joined and len(joined[-1]) + len(piece) <= LONGEST_UNIT and _short(piece, joined[-1]):
            joined[-1] = joined[-1] + piece
        else:
            joined.append(piece)
    return joined


def _short(piece: list[int], before: list[int]) -> bool:
    return min(len(piece), len(before)) < SHORTEST_UNIT
