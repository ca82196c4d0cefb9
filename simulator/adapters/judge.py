"""The judge of rubrics: embeddings propose stretches, the entailment model weighs them.

What follows is decided in core/verdict.py, by a rule calibrated on labelled answers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.core.coverage import Coverage, CriterionFinding, FlagFinding, Quote
from simulator.core.stretches import stretches
from simulator.core.verdict import (
    Evidence,
    Rule,
    Surroundings,
    best,
    features,
    function_share,
    hypotheses,
)
from simulator.errors import JudgeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from simulator.core.scenario import Criterion, Question, RedFlag
    from simulator.core.stretches import Stretch
    from simulator.ports import Entailment, SentenceEncoder

RULES = Path(__file__).parent.parent / "data" / "entailment" / "rules.json"
PROPOSED = (4, 3, 2)
"""Stretches of one, two and three units held against each item, the nearest of each."""
WEIGHED = 3
"""Of these, how many are held against every hypothesis."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Hold the calibrated rules."""

    criteria: Rule
    flags: Rule


def load_rules(path: Path = RULES) -> Rules:
    """Read the calibrated rules. Raises JudgeError when they are missing or damaged."""
    try:
        document = json.loads(path.read_text("utf-8"))
        return Rules(_rule(document["criteria"]), _rule(document["flags"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise JudgeError(f"{path}: the judge's rules cannot be read: reinstall") from error


def _rule(table: dict[str, Any]) -> Rule:
    return Rule(tuple(table["weights"]), table["bias"], table["covered"], table["maybe"])


class RubricJudge:
    """Decide which criteria an answer shows, each with its quote."""

    def __init__(self, encoder: SentenceEncoder, entailment: Entailment, rules: Rules) -> None:
        self._encoder, self._entailment, self._rules = encoder, entailment, rules
        self._known: dict[str, NDArray[np.float32]] = {}

    def judge(self, words: tuple[str, ...], question: Question) -> Coverage:
        """Judge an answer's words against a rubric; quotes index ``words``. Raises JudgeError."""
        pieces = stretches(words)
        if not pieces:
            return _nothing(question)
        described = self.describe(pieces, question)
        count = len(question.criteria)
        criteria = zip(question.criteria, described[:count], strict=True)
        flags = zip(question.red_flags, described[count:], strict=True)
        return Coverage(
            tuple(self._criterion(item, *found, words) for item, found in criteria),
            tuple(self._flag(item, *found, words) for item, found in flags),
        )

    def describe(
        self, pieces: tuple[Stretch, ...], question: Question
    ) -> tuple[tuple[Evidence, tuple[float, ...]], ...]:
        """Give the best evidence and its features for each criterion, then each red flag."""
        items: tuple[Criterion | RedFlag, ...] = (*question.criteria, *question.red_flags)
        vectors = self._encoder.encode([piece.text for piece in pieces])
        near = [(vectors @ self._rubric(item.evidence).T).max(axis=1) for item in items]
        found = self._weigh(pieces, items, near)
        strengths = [best(evidence).strength for evidence in found]
        whole = " ".join(piece.text for piece in pieces)
        relevance = float(vectors.mean(axis=0) @ self._rubric((question.prompt,))[0])
        count = len(question.criteria)
        result = []
        for index, evidence in enumerate(found):
            others = [s for i, s in enumerate(strengths[:count]) if i != index]
            elsewhere = sum(others) / len(others) if others else 0.0
            around = Surroundings(relevance, elsewhere, function_share(whole))
            result.append((best(evidence), features(evidence, around)))
        return tuple(result)

    def _weigh(
        self,
        pieces: tuple[Stretch, ...],
        items: Sequence[Criterion | RedFlag],
        near: list[NDArray[np.float32]],
    ) -> list[tuple[Evidence, ...]]:
        """Hold proposals against the first hypothesis, the best of them against all."""
        chosen = [_propose(pieces, nearness) for nearness in near]
        first = [
            (pieces[place].text, hypotheses(item)[0])
            for item, places in zip(items, chosen, strict=True)
            for place in places
        ]
        odds = iter(_log_odds(self._entailment.probabilities(first)))
        kept = [_strongest({place: next(odds) for place in places}) for places in chosen]
        rest = [
            (pieces[place].text, phrase)
            for item, places in zip(items, kept, strict=True)
            for place in places
            for phrase in hypotheses(item)[1:]
        ]
        more = iter(_log_odds(self._entailment.probabilities(rest)))
        return [
            tuple(
                Evidence(
                    pieces[place],
                    (joint[0], *(next(more)[0] for _ in hypotheses(item)[1:])),
                    joint[1],
                    float(nearness[place]),
                )
                for place, joint in places.items()
            )
            for item, places, nearness in zip(items, kept, near, strict=True)
        ]

    def _rubric(self, texts: tuple[str, ...]) -> NDArray[np.float32]:
        """Encode rubric texts once."""
        import numpy as np

        new = [text for text in texts if text not in self._known]
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
        return np.stack([self._known[text] for text in texts])

    def _criterion(
        self,
        item: Criterion,
        evidence: Evidence,
        numbers: tuple[float, ...],
        words: tuple[str, ...],
    ) -> CriterionFinding:
        rule = self._rules.criteria
        score = rule.probability(numbers)
        status = rule.status(score)
        quote = None if status == "missing" else _quote(evidence.stretch, words)
        return CriterionFinding(
            item.id, item.name, item.weight, status, score, quote, item.follow_up
        )

    def _flag(
        self, item: RedFlag, evidence: Evidence, numbers: tuple[float, ...], words: tuple[str, ...]
    ) -> FlagFinding:
        score = self._rules.flags.probability(numbers)
        status = self._rules.flags.flag_status(score)
        quote = _quote(evidence.stretch, words) if status == "raised" else None
        return FlagFinding(item.id, item.name, status, score, quote)


def _nothing(question: Question) -> Coverage:
    return Coverage(
        tuple(
            CriterionFinding(c.id, c.name, c.weight, "missing", 0.0, None, c.follow_up)
            for c in question.criteria
        ),
        tuple(FlagFinding(f.id, f.name, "clear", 0.0) for f in question.red_flags),
        ("nothing was said",),
    )


def _propose(pieces: tuple[Stretch, ...], nearness: NDArray[np.float32]) -> list[int]:
    """Give the places of the nearest stretches of each size."""
    chosen: list[int] = []
    for size, count in enumerate(PROPOSED, 1):
        places = [i for i, piece in enumerate(pieces) if piece.units == size]
        chosen += sorted(places, key=lambda i: -nearness[i])[:count]
    return chosen


def _strongest(odds: dict[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
    ranked = sorted(odds, key=lambda place: -odds[place][0])
    return {place: odds[place] for place in ranked[:WEIGHED]}


def _log_odds(rows: NDArray[np.float32]) -> Iterable[tuple[float, float]]:
    """Turn probabilities into log-odds of entailment and of contradiction."""
    import numpy as np

    safe = np.clip(rows.astype(np.float64), 1e-6, 1 - 1e-6)
    odds = np.log(safe / (1 - safe))
    return ((float(row[0]), float(row[2])) for row in odds)


def _quote(stretch: Stretch, words: tuple[str, ...]) -> Quote:
    return Quote(" ".join(words[stretch.first : stretch.last + 1]), stretch.first, stretch.last)
