"""From evidence to a verdict: features of the best stretch, and a calibrated rule over them.

A judge holds stretches of an answer against the hypotheses of a rubric item and gets log-odds.
This module says what follows: how likely a fair listener would tick the item.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.core.stretches import bare

if TYPE_CHECKING:
    from simulator.core.coverage import FlagStatus, Status
    from simulator.core.scenario import Criterion, RedFlag
    from simulator.core.stretches import Stretch

MOST_PHRASES = 3
"""Phrases of an item that are held against a stretch one by one; more cost time and add little."""
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
FIRST_PERSON = frozenset(
    [
        "i",
        "i'm",
        "i'd",
        "i'll",
        "i've",
        "me",
        "my",
        "we",
        "we'd",
        "we'll",
        "we're",
        "we've",
        "us",
        "our",
    ]
)
NEGATIONS = frozenset(
    ["not", "never", "no", "don't", "didn't", "doesn't", "won't", "wouldn't", "can't", "isn't",
     "wasn't", "nobody", "nothing", "none", "without", "couldn't", "shouldn't", "haven't", "hadn't"]
)  # fmt: skip
SPEECH_SHARE = 0.30
"""Share of function words under which a stretch is a list and shows nothing. Answers spoken in
sentences keep above .38 throughout, bare lists below .2 (benchmarks/coverage.py --shares)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold what a judge found about one stretch and one rubric item."""

    stretch: Stretch
    entailed: tuple[float, ...]
    "Log-odds that it shows each hypothesis, in the order of ``hypotheses``."
    contradicted: float
    "Log-odds that it contradicts the first hypothesis."
    nearness: float
    "Cosine to the nearest phrase."

    @property
    def strength(self) -> float:
        """Give the mean log-odds over the hypotheses; a list has none."""
        mean = sum(self.entailed) / len(self.entailed)
        return mean if function_share(self.stretch.text) >= SPEECH_SHARE else mean - 6.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Hold what the rest of the answer says about how far to trust a tick."""

    relevance: float
    "Cosine of the whole answer to the question."
    elsewhere: float
    "Mean strength of the best evidence for the other criteria."
    speech: float
    "Share of function words in the whole answer."


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


def hypotheses(item: Criterion | RedFlag) -> tuple[str, ...]:
    """Give what a stretch is held against: name with phrases, the name, each of the phrases."""
    phrases = item.evidence[:MOST_PHRASES]
    return (f"{item.name}: {'; '.join(phrases)}", item.name, *phrases)


def best(found: tuple[Evidence, ...]) -> Evidence:
    """Choose the strongest evidence; of equals the shorter."""
    return max(found, key=lambda e: (e.strength, -len(e.stretch.text)))


def features(found: tuple[Evidence, ...], around: Surroundings) -> tuple[float, ...]:
    """Describe the evidence for one item in numbers."""
    top = best(found)
    others = [e.strength for e in found if e is not top]
    joint, name, *phrases = top.entailed
    plain = [bare(word) for word in top.stretch.text.split()]
    return (
        joint,
        name,
        sum(phrases) / len(phrases),
        max(phrases),
        max(others, default=top.strength),
        top.contradicted,
        max(e.contradicted for e in found),
        top.nearness,
        max(e.nearness for e in found),
        function_share(top.stretch.text),
        float(any(word in FIRST_PERSON for word in plain)),
        float(sum(word in NEGATIONS for word in plain)),
        math.log(1 + len(plain)),
        around.relevance,
        around.elsewhere,
        around.speech,
    )


def function_share(text: str) -> float:
    """Give the share of function words, 0-1; 1 for no words at all."""
    words = [bare(word) for word in text.split()]
    return sum(word in FUNCTION_WORDS for word in words) / len(words) if words else 1.0
