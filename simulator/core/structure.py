"""Situation, task, action, result: which part of an answer is which, and for how long.

Each sentence or clause is scored by cues of wording, and the likeliest course through the four
parts is chosen for the whole answer (Viterbi), since stories rarely go back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.core.stretches import bare, units

if TYPE_CHECKING:
    from simulator.core.speech import Transcript

PartKind = Literal["situation", "task", "action", "result"]
PARTS: tuple[PartKind, ...] = ("situation", "task", "action", "result")
SHARES = (0.20, 0.10, 0.60, 0.10)
"""Of the time, in the order of PARTS (University of Washington careers page; a setting)."""
SWOLLEN = 2.0
"""Times its share, and at least SWOLLEN_BY more, a part must take before it is called swollen."""
SWOLLEN_BY = 0.15
STAYS, FORWARD, SKIPS, BACK = 0.4, 0.2, -0.4, -1.6
"""Score for staying in a part, going to the next, skipping one, going back: stories go forward.
Set by hand on the labelled sentences of tests/core/star_sentences.txt."""

_CUES: tuple[tuple[PartKind, float, str], ...] = (
    (
        "situation",
        1.5,
        r"^(so |well |okay |um )*(last|this|in|back|at|when|one|during|about|two|it was|"
        r"there was|there were)\b",
    ),
    ("situation", 1.0, r"\b(was|were|had been|used to|worked|work) (at|in|for|as)\b"),
    (
        "situation",
        1.0,
        r"\b(last|that) (year|summer|winter|spring|autumn|month|week|day|december|"
        r"june)\b|\bin (19|20)\d\d\b",
    ),
    (
        "situation",
        1.0,
        r"\b(at the time|back then|at my (last|previous|old)|we had|there was|"
        r"there were|there'd been)\b",
    ),
    (
        "situation",
        0.8,
        r"\b(kept|complained|broke|failed|was late|went missing|didn't work|shouting|"
        r"furious)\b",
    ),
    (
        "task",
        2.5,
        r"\b(my (job|task|role|part|goal|responsibility) (was|is)|it was (up to me|"
        r"my job|on me)|i was (supposed|meant|asked|told|responsible|in charge|expected|"
        r"given)|responsible for|in charge of|fell to me)\b",
    ),
    (
        "task",
        1.8,
        r"\b(i|we) (had to|needed to|were to|was to|was to)\b|\bhad to be\b|\bthe (goal|"
        r"aim|target|deadline|task|plan|idea) was\b|\bwanted me to\b|\basked me to\b",
    ),
    (
        "task",
        1.0,
        r"\b(by (monday|tuesday|wednesday|thursday|friday|the end of)|deadline|"
        r"within budget)\b",
    ),
    (
        "action",
        1.2,
        r"\b(i|we) ?(also |then |just |first |even |immediately |quickly )?(asked|"
        r"called|rang|told|said|wrote|made|took|went|put|set|sat|got|gave|checked|moved|"
        r"spoke|talked|explained|showed|built|sent|started|began|split|drew|offered|"
        r"suggested|decided|organised|organized|prepared|phoned|booked|ordered|tested|"
        r"fixed|cut|ran|found|listed|agreed|arranged|printed|counted|borrowed|pulled|"
        r"opened|stayed|kept|looked|met|let|drove|bought|walked|emailed|swapped|trained|"
        r"apologised|apologized|listened|brought|changed|measured|compared|wiped|read)\b",
    ),
    (
        "action",
        1.0,
        r"^(and |so |um |uh )*(first|then|next|after that|so i|so we|and i|and then|"
        r"second|instead)\b",
    ),
    ("action", 1.0, r"\b(i'd|i would|i'll|i always|i usually)\b"),
    (
        "result",
        2.2,
        r"\b(in the end|as a result|eventually|ended up|since then|ever since|"
        r"to this day|these days|the (result|outcome|upshot) (was|is)|afterwards|"
        r"finally|it (worked|paid off)|turned out)\b",
    ),
    (
        "result",
        1.4,
        r"\b(per cent|percent|%|went (up|down)|dropped|fell (from|to|by)|rose|doubled|"
        r"halved|saved|on time|ahead of|under budget|fewer|no complaints?|(was|"
        r"were) (happy|pleased|delighted|relieved|thrilled|satisfied)|thanked|promoted|"
        r"signed|came back|won|still (use|uses|using|do|does|there|runs))\b",
    ),
    (
        "result",
        1.4,
        r"\b(i learned|i learnt|taught me|what i took|lesson|next time|since that day|"
        r"looking back|i've (done|kept|used))\b",
    ),
)
_PATTERNS = tuple((kind, weight, re.compile(pattern)) for kind, weight, pattern in _CUES)
_PRIOR: dict[PartKind, tuple[float, float]] = {
    "situation": (1.2, -1.2),
    "task": (0.3, -0.6),
    "action": (0.2, 0.4),
    "result": (-1.5, 0.9),
}
"""Score at the beginning and at the end of the answer; in between it changes evenly."""


@dataclass(frozen=True, slots=True)
class Part:
    """Hold one part of an answer."""

    kind: PartKind
    first: int
    "Position of the first word."
    last: int
    "Position of the last word."
    seconds: float


@dataclass(frozen=True, slots=True)
class Structure:
    """Hold how an answer is built."""

    parts: tuple[Part, ...]
    "In the order in which they were said; neighbours differ in kind."
    missing: tuple[PartKind, ...]
    swollen: tuple[PartKind, ...]

    def seconds(self, kind: PartKind) -> float:
        """Give the seconds spent on one part."""
        return sum(part.seconds for part in self.parts if part.kind == kind)

    def share(self, kind: PartKind) -> float:
        """Give the share of the time spent on one part, 0-1; 0 for an empty answer."""
        total = sum(part.seconds for part in self.parts)
        return self.seconds(kind) / total if total else 0.0


def find_structure(
    transcript: Transcript, shares: tuple[float, float, float, float] = SHARES
) -> Structure:
    """Find the four parts of an answer in its transcript."""
    words = transcript.words
    pieces = units(tuple(word.text for word in words))
    kinds = classify(tuple(piece.text for piece in pieces))
    parts: list[Part] = []
    for piece, kind in zip(pieces, kinds, strict=True):
        first = piece.first
        if parts and parts[-1].kind == kind:
            first = parts.pop().first
        seconds = words[piece.last].end - words[first].start
        parts.append(Part(kind, first, piece.last, seconds))
    found = Structure(tuple(parts), (), ())
    if not parts:
        return Structure((), PARTS, ())
    missing = tuple(kind for kind in PARTS if kind not in {part.kind for part in parts})
    swollen = tuple(
        kind for kind, share in zip(PARTS, shares, strict=True) if _swells(found.share(kind), share)
    )
    return Structure(found.parts, missing, swollen)


def classify(sentences: tuple[str, ...]) -> tuple[PartKind, ...]:
    """Name the part that each sentence of an answer belongs to."""
    if not sentences:
        return ()
    best: dict[PartKind, tuple[float, tuple[PartKind, ...]]] = {
        kind: (_score(sentences[0], kind, 0.0), (kind,)) for kind in PARTS
    }
    for number, sentence in enumerate(sentences[1:], 1):
        place = number / (len(sentences) - 1)
        best = {
            kind: max(
                (score + _step(before, kind) + _score(sentence, kind, place), (*path, kind))
                for before, (score, path) in best.items()
            )
            for kind in PARTS
        }
    return max(best.values())[1]


def _score(sentence: str, kind: PartKind, place: float) -> float:
    text = " ".join(bare(word) for word in sentence.split())
    start, end = _PRIOR[kind]
    cues = sum(weight for cue, weight, pattern in _PATTERNS if cue == kind and pattern.search(text))
    return start + (end - start) * place + cues


def _step(before: PartKind, after: PartKind) -> float:
    ahead = PARTS.index(after) - PARTS.index(before)
    if ahead < 0:
        return BACK
    return (STAYS, FORWARD, SKIPS, 2 * SKIPS)[ahead]


def _swells(found: float, share: float) -> bool:
    return found >= SWOLLEN * share and found - share >= SWOLLEN_BY
