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
from simulator.core.verdict import Evidence, Rule, best, features, hypothesis
from simulator.errors import JudgeError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from simulator.core.scenario import Criterion, Question, RedFlag
    from simulator.core.stretches import Stretch
    from simulator.ports import Entailment, SentenceEncoder

RULES = Path(__file__).parent.parent / "data" / "entailment" / "rules.json"
PROPOSED = 20
"""Stretches held against every item: those nearest to any of them. An answer of 200 words has
about twice as many; what all of them would add isn't worth the second that they cost."""


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
        evidence = self.weigh(pieces, question)
        count = len(question.criteria)
        return Coverage(
            tuple(
                self._criterion(item, evidence, place, words)
                for place, item in enumerate(question.criteria)
            ),
            tuple(
                self._flag(item, evidence, place, words)
                for place, item in enumerate(question.red_flags, count)
            ),
        )

    def weigh(self, pieces: tuple[Stretch, ...], question: Question) -> Evidence:
        """Hold the likeliest stretches against every item. Raises JudgeError."""
        import numpy as np

        items: tuple[Criterion | RedFlag, ...] = (*question.criteria, *question.red_flags)
        vectors = self._encoder.encode([piece.text for piece in pieces])
        near = np.stack([(vectors @ self._rubric(i.evidence).T).max(axis=1) for i in items])
        chosen = np.sort(np.argsort(-near.max(axis=0), kind="stable")[:PROPOSED])
        kept = tuple(pieces[place] for place in chosen)
        pairs = [(piece.text, hypothesis(item)) for item in items for piece in kept]
        odds = _log_odds(self._entailment.probabilities(pairs), len(items))
        return Evidence(
            stretches=kept,
            criteria=len(question.criteria),
            entailed=odds[:, :, 0],
            contradicted=odds[:, :, 2],
            nearness=near[:, chosen].astype(np.float64),
            relevance=(vectors[chosen] @ self._rubric((question.prompt,))[0]).astype(np.float64),
        )

    def _rubric(self, texts: tuple[str, ...]) -> NDArray[np.float32]:
        """Encode rubric texts once."""
        import numpy as np

        new = [text for text in texts if text not in self._known]
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
        return np.stack([self._known[text] for text in texts])

    def _criterion(
        self, item: Criterion, evidence: Evidence, place: int, words: tuple[str, ...]
    ) -> CriterionFinding:
        rule = self._rules.criteria
        score = rule.probability(features(evidence, place))
        status = rule.status(score)
        quote = None if status == "missing" else _quote(evidence, place, words)
        return CriterionFinding(
            item.id, item.name, item.weight, status, score, quote, item.follow_up
        )

    def _flag(
        self, item: RedFlag, evidence: Evidence, place: int, words: tuple[str, ...]
    ) -> FlagFinding:
        score = self._rules.flags.probability(features(evidence, place))
        status = self._rules.flags.flag_status(score)
        quote = _quote(evidence, place, words) if status == "raised" else None
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


def _log_odds(rows: NDArray[np.float32], items: int) -> NDArray[np.float64]:
    """Turn probabilities into log-odds, of shape (items, stretches, 3)."""
    import numpy as np

    safe = np.clip(rows.astype(np.float64), 1e-6, 1 - 1e-6).reshape(items, -1, 3)
    odds: NDArray[np.float64] = np.log(safe / (1 - safe))
    return odds


def _quote(evidence: Evidence, place: int, words: tuple[str, ...]) -> Quote:
    stretch = evidence.stretches[best(evidence, place)]
    return Quote(" ".join(words[stretch.first : stretch.last + 1]), stretch.first, stretch.last)
