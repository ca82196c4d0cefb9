"""Compare what was heard with what was said: filled pauses, words, stretches of time."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from simulator.core.hearing.words import bare, is_filled_pause

SAME = {"1": "one", "2": "two", "3": "three", "4": "four", "alright": "all right"}


@dataclass
class Tally:
    """Count what was found, missed and made up."""

    hit: int = 0
    missed: int = 0
    false: int = 0

    def __str__(self) -> str:
        """Give F1 and the counts."""
        total = 2 * self.hit + self.missed + self.false
        f1 = 2 * self.hit / total if total else 1.0
        return f"{f1:.3f} ({self.hit} found {self.missed} missed {self.false} false)"

    def add(self, other: Tally) -> None:
        """Add another count."""
        self.hit += other.hit
        self.missed += other.missed
        self.false += other.false


def tokens(text: str) -> list[str]:
    text = re.sub(r"\[\w+\]", " ", text.lower().replace("-", " ").replace("you know", "yknow"))
    words = [SAME.get(bare(word), bare(word)) for word in text.split()]
    return [part for word in words for part in word.split() if part]


def content(text: str) -> list[str]:
    """Give the words that are no filled pauses."""
    return [word for word in tokens(text) if not is_filled_pause(word)]


def edits(true: list[str], heard: list[str]) -> int:
    row = list(range(len(heard) + 1))
    for i, word in enumerate(true, 1):
        corner, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            corner, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, corner + (word != other))
    return row[-1]


def match(
    true: list[tuple[float, float]], found: list[tuple[float, float]], near: float, *, ends: bool
) -> list[tuple[int, int]]:
    """Pair true and found stretches, nearest first, each once."""

    def apart(a: tuple[float, float], b: tuple[float, float]) -> float:
        if ends:
            return max(abs(a[0] - b[0]), abs(a[1] - b[1]))
        return abs(sum(a) - sum(b)) / 2

    ranked = sorted((apart(a, b), i, j) for i, a in enumerate(true) for j, b in enumerate(found))
    pairs: list[tuple[int, int]] = []
    for distance, i, j in ranked:
        if distance <= near and all(i != p and j != q for p, q in pairs):
            pairs.append((i, j))
    return pairs


def count_fillers(true: list[str], heard: list[str]) -> Tally:
    """Count filled pauses by their place among the words, where no times are known."""
    marked = [["*" if is_filled_pause(w) else w for w in side] for side in (true, heard)]
    blocks = difflib.SequenceMatcher(None, *marked, autojunk=False).get_opcodes()
    tally = Tally()
    for _, a, b, c, d in blocks:
        wanted, got = marked[0][a:b].count("*"), marked[1][c:d].count("*")
        tally.add(Tally(min(wanted, got), max(0, wanted - got), max(0, got - wanted)))
    return tally
