"""From evidence to a verdict: features of the best stretch, and a calibrated rule over them.

A judge holds stretches of an answer against the hypotheses of a rubric item and gets log-odds.
This module says what follows: how likely a fair listener would tick the item.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.core.stretches import bare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulator.core.coverage import FlagStatus, Status
    from simulator.core.scenario import Criterion, RedFlag
    from simulator.core.stretches import Stretch

MOST_PHRASES = 3
"""Phrases of an item in its hypothesis: with a stretch in its context they fit the model."""
NEAREST_PHRASES = 2
"""Phrases in the hypothesis of an item that has more than those."""
FUNCTION_WORDS = frozenset(
    [
        "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at",
        "be", "because", "been", "before", "but", "by", "can", "can't", "could", "did",
        "didn't", "do", "does", "doesn't", "don't", "for", "from", "get", "go", "got",
        "had", "has", "have", "he", "he'd", "he's", "her", "him", "his", "how", "i",
        "i'd", "i'll", "i'm", "i've", "if", "in", "into", "is", "isn't", "it", "it's",
        "its", "just", "know", "let", "let's", "like", "me", "might", "more", "most",
        "my", "never", "no", "not", "now", "of", "off", "on", "one", "or", "our", "out",
        "over", "said", "say", "she", "she'd", "so", "some", "somebody", "someone",
        "than", "that", "that's", "the", "their", "them", "then", "there", "they",
        "they'd", "they're", "this", "to", "too", "until", "up", "us", "was", "wasn't",
        "we", "we'd", "we'll", "we're", "we've", "well", "went", "were", "what", "when",
        "where", "which", "while", "who", "why", "will", "with", "won't", "would",
        "wouldn't", "you", "you'd", "you're", "your",
    ]
)  # fmt: skip
"""Words that speech is held together by; lists of buzzwords have hardly any."""
SPEECH_SHARE = 0.30
"""Share of function words under which a stretch is a list and shows nothing. Set by
reading stretches of the development answers on both sides of it."""
LIST_COST = 6.0
"""Log-odds taken from a list: enough to undo any tick."""
GENERAL_SHARE, NEARNESS_SHARE, RIVAL_SHARE = 0.5, 10.0, 0.25
"""A stretch that speaks for every criterion speaks for none, so half of its mean is taken away;
ten log-odds for each unit of cosine; and a quarter of what it says for its best other criterion.
Chosen on the held-out development answers."""
REREAD = 2
"""Stretches of each item that are read once more, marked in what was said around them."""
QUOTE_MARGIN = 0.7
"""Log-odds that a shorter quote inside the strongest stretch may be weaker. Chosen likewise."""
OWN_WORD = 2.0
"""A criterion is believed no more than so many times as likely as its own chosen stretch says, read
alone and in its context: a good answer speaks for its author, but not for what it leaves out.
Chosen likewise."""
PLAIN, MEANT = 1, -3
"""Places of the log-odds of an item's chosen stretch among the features: alone, in its context."""
UNREAD = (-5.0, -6.0)
"""Log-odds of shown and contradicted for a stretch too far from an item to be read with it."""

ASKED = 0.35
"""Mean cosine to the question of an answer's three nearest stretches, under which an answer that
shows nothing speaks of something else. Set between off-topic and vague development answers."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold what a judge found about the stretches of an answer and the items of a rubric.

    Arrays have a row for each item, criteria before red flags, and a column for each stretch.
    """

    stretches: tuple[Stretch, ...]
    criteria: int
    "How many of the items are criteria."
    entailed: NDArray[np.float64]
    "Log-odds that the stretch shows the item."
    contradicted: NDArray[np.float64]
    "Log-odds that the stretch contradicts the item."
    nearness: NDArray[np.float64]
    "Cosine of the stretch to the nearest of the item's phrases."
    relevance: NDArray[np.float64]
    "Cosine of each stretch to the question."
    meant: NDArray[np.float64]
    "Log-odds that the stretch shows the item, read within what was said around it."
    disowned: NDArray[np.float64]
    "Log-odds that the stretch contradicts the item, read so."

    @property
    def asked(self) -> float:
        """Give how near the answer comes to the question: mean cosine of its three nearest."""
        return float(np.sort(self.relevance)[::-1][:3].mean())

    @property
    def speech(self) -> NDArray[np.float64]:
        """Give the share of function words of each stretch."""
        return np.array([function_share(stretch.text) for stretch in self.stretches])

    @property
    def plain(self) -> NDArray[np.float64]:
        """Give the log-odds of being shown, with lists held down."""
        held: NDArray[np.float64] = self.entailed - LIST_COST * (self.speech < SPEECH_SHARE)
        return held

    @property
    def strength(self) -> NDArray[np.float64]:
        """Give how strongly each stretch speaks for each item and not for criteria at large."""
        general = self.entailed[: self.criteria].mean(axis=0)
        strong: NDArray[np.float64] = (
            self.plain - GENERAL_SHARE * general + NEARNESS_SHARE * self.nearness
        )
        return strong

    @property
    def preference(self) -> NDArray[np.float64]:
        """Give how much rather each stretch speaks for each item than for any other criterion."""
        strong, rows = self.strength, []
        for item in range(len(strong)):
            rivals = [row for row in range(self.criteria) if row != item]
            most = strong[rivals].max(axis=0) if rivals else 0.0
            rows.append(strong[item] - RIVAL_SHARE * most)
        return np.array(rows)

    @property
    def chosen(self) -> tuple[int, ...]:
        """Give for each item the place of the stretch that speaks for it most, context and all."""
        preference = self.preference
        places = likeliest(preference)
        sure = np.take_along_axis(preference + self.meant, places, axis=1).argmax(axis=1)
        return tuple(int(row[place]) for row, place in zip(places, sure, strict=True))


@dataclass(frozen=True, slots=True)
class Rule:
    """Hold a logistic rule over the features, and where its verdicts begin."""

    weights: tuple[float, ...]
    bias: float
    covered: float
    "Probability from which an item counts as covered (or raised)."
    maybe: float
    "Probability from which it is worth showing."

    def probability(self, features: tuple[float, ...]) -> float:
        """Give the probability that a fair listener would tick."""
        pairs = zip(self.weights, features, strict=True)
        total = self.bias + sum(weight * value for weight, value in pairs)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

    def status(self, probability: float) -> Status:
        """Say in which of three states a criterion is."""
        if probability >= self.covered:
            return "covered"
        return "maybe" if probability >= self.maybe else "missing"

    def flag_status(self, probability: float) -> FlagStatus:
        """Say whether a red flag is raised."""
        return "raised" if probability >= self.covered else "clear"


def believed(probability: float, numbers: tuple[float, ...]) -> float:
    """Hold a criterion's probability down to what its own chosen stretch allows."""
    odds = (numbers[PLAIN] + numbers[MEANT]) / 2
    return min(probability, OWN_WORD / (1.0 + math.exp(-odds)))


def hypothesis(item: Criterion | RedFlag, nearness: Sequence[float] = ()) -> str:
    """Give what a stretch is held against: the item's name with some of its phrases.

    ``nearness`` is the cosine of the stretch to each phrase. Where an item has more phrases than
    fit, those nearest are taken: the others tell other stories, and the model takes them amiss.
    Without it the first are taken.
    """
    phrases = item.evidence[:MOST_PHRASES]
    if len(nearness) > MOST_PHRASES:
        places = sorted(range(len(nearness)), key=lambda place: -nearness[place])
        phrases = tuple(item.evidence[place] for place in places[:NEAREST_PHRASES])
    return joint(item.name, phrases)


def joint(name: str, phrases: tuple[str, ...]) -> str:
    """Join a name and phrases into one hypothesis."""
    return f"{name}: {'; '.join(phrases)}"


def likeliest(preference: NDArray[np.float64]) -> NDArray[np.intp]:
    """Give for each item the places of the stretches worth reading again, the best first."""
    return np.argsort(-preference, axis=1, kind="stable")[:, :REREAD]


def quoted(stretches: tuple[Stretch, ...], preference: NDArray[np.float64], top: int) -> int:
    """Give the place of the stretch to quote: the shortest within the chosen that says as much."""
    inside = [
        place
        for place, stretch in enumerate(stretches)
        if stretches[top].first <= stretch.first <= stretch.last <= stretches[top].last
        and preference[place] >= preference[top] - QUOTE_MARGIN
    ]
    return min(inside, key=lambda i: (stretches[i].last - stretches[i].first, -preference[i]))


def features(evidence: Evidence) -> tuple[tuple[float, ...], ...]:
    """Describe the evidence for each item in numbers."""
    preference, plain, speech = evidence.preference, evidence.plain, evidence.speech
    answer, again = _of_answer(evidence, speech), likeliest(preference)
    return tuple(
        (
            *_of_item(evidence, (item, place), preference, plain, speech),
            *answer,
            float(evidence.meant[item, place]),
            float(evidence.meant[item, again[item]].max()),
            float(evidence.disowned[item, place]),
        )
        for item, place in enumerate(evidence.chosen)
    )


def _of_answer(evidence: Evidence, speech: NDArray[np.float64]) -> tuple[float, ...]:
    """Describe the answer as a whole: what it denies, what it is near to, how it speaks."""
    asked = np.sort(evidence.relevance)[::-1]
    numbers = (
        evidence.contradicted[: evidence.criteria].max(axis=1).mean(),
        evidence.nearness[: evidence.criteria].max(axis=1).mean(),
        asked[0],
        evidence.asked,
        asked[:8].mean(),
        speech.mean(),
    )
    return tuple(float(number) for number in numbers)


def _of_item(
    evidence: Evidence,
    cell: tuple[int, int],
    preference: NDArray[np.float64],
    plain: NDArray[np.float64],
    speech: NDArray[np.float64],
) -> tuple[float, ...]:
    """Describe an item's chosen stretch, the best ones, and what else that stretch speaks for."""
    (item, place), ranked = cell, np.sort(preference[cell[0]])[::-1]
    stretch, near = evidence.stretches[place], evidence.nearness
    others = [row for row in range(evidence.criteria) if row != item] or [item]
    numbers = (
        ranked[0],
        plain[item, place],
        ranked[min(1, len(ranked) - 1)],
        ranked[min(2, len(ranked) - 1)],
        evidence.contradicted[item, place],
        evidence.contradicted[item].max(),
        near[item, place],
        near[item].max(),
        plain[others, place].max(),
        plain[others, place].mean(),
        preference[others].max(axis=1).mean(),
        plain[item].mean(),
        speech[place],
        math.log(1 + len(stretch.text.split())),
        stretch.units,
        near[item, place] - near[others, place].max(),
        evidence.contradicted[: evidence.criteria, place].max(),
    )
    return tuple(float(number) for number in numbers)


def function_share(text: str) -> float:
    """Give the share of function words, 0-1; 1 for no words at all."""
    words = [bare(word) for word in text.split()]
    return sum(word in FUNCTION_WORDS for word in words) / len(words) if words else 1.0
