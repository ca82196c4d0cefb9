"""The labelled sentences: what is marked in them, what is found, and how well the two agree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.core.fillers import find_fillers
from simulator.core.hearing.words import bare, is_filled_pause
from simulator.core.phrases import find_hedges
from simulator.core.repetitions import find_repetitions
from simulator.core.speech import Transcript, Word

if TYPE_CHECKING:
    from collections.abc import Iterable

PATH = Path(__file__).with_name("said_sentences.txt")
DEFAULT = ("you know", "i mean", "well")
LISTED = ("so", "kind of", "sort of", "actually", "basically", "literally", "right")
"""Phrases that count only when a user lists them."""
BOTH = {"kind of", "sort of"}
"""Fillers to one user and hedges to all."""
MARKS = {"{": "filler", "<": "repetition", "[": "hedge"}

Found = tuple[str, str, int]
"""Kind, bare text, position of the first word."""


@dataclass
class Tally:
    """Count what was found, missed and made up."""

    hit: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.hit / (self.hit + len(self.false)) if self.hit or self.false else 1.0

    @property
    def recall(self) -> float:
        return self.hit / (self.hit + len(self.missed)) if self.hit or self.missed else 1.0


@dataclass(frozen=True)
class Sentence:
    """Hold a sentence without its marks, and what they mark."""

    text: str
    marked: frozenset[Found]


def sentences(path: Path = PATH) -> list[Sentence]:
    lines = path.read_text("utf-8").splitlines()
    return [read(line) for line in lines if line and not line.startswith("#")]


def read(line: str) -> Sentence:
    marked: set[Found] = set()
    for mark in re.finditer(r"[{<\[]([^}>\]]+)[}>\]]", line):
        place = len(re.sub(r"[{}<>\[\]]", "", line[: mark.start()]).split())
        text = joined(mark[1].split())
        kinds = {MARKS[mark[0][0]]} | ({"filler", "hedge"} if text in BOTH else set())
        marked |= {(kind, text, place) for kind in kinds}
    return Sentence(re.sub(r"[{}<>\[\]]", "", line), frozenset(marked))


def said(text: str) -> Transcript:
    words = tuple(
        Word(part, i * 0.3, i * 0.3 + 0.3, "filled_pause" if is_filled_pause(part) else "word")
        for i, part in enumerate(text.split())
    )
    return Transcript(words, (), (), len(words) * 0.3)


def find(text: str, own: tuple[str, ...] = LISTED) -> frozenset[Found]:
    transcript = said(text)
    fillers = [f for f in find_fillers(transcript, own) if f.kind == "discourse"]
    kinds = (
        ("filler", fillers),
        ("repetition", find_repetitions(transcript)),
        ("hedge", find_hedges(transcript)),
    )
    return frozenset((k, joined(f.text.split()), f.first) for k, found in kinds for f in found)


def joined(words: Iterable[str]) -> str:
    return " ".join(bare(word) for word in words)


def compare(told: Iterable[Sentence], *, punctuated: bool = True) -> dict[str, Tally]:
    """Count by phrase for fillers, by kind for the rest."""
    tallies: dict[str, Tally] = {}
    for sentence in told:
        text = sentence.text if punctuated else re.sub(r"[,.?!;:](?= |$)", "", sentence.text)
        found = find(text)
        for kind, name, place in found | sentence.marked:
            tally = tallies.setdefault(name if kind == "filler" else f"{kind}s", Tally())
            if (kind, name, place) in found & sentence.marked:
                tally.hit += 1
            elif (kind, name, place) in found:
                tally.false.append(sentence.text)
            else:
                tally.missed.append(sentence.text)
    return tallies


def together(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for tally in tallies:
        total.hit += tally.hit
        total.missed += tally.missed
        total.false += tally.false
    return total
