"""The judge of rubrics: embeddings propose stretches, the entailment model weighs them.

What follows is decided in core/verdict.py, by a rule calibrated on labelled answers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.adapters.remembered import Remembered
from simulator.core.coverage import Coverage, CriterionFinding, FlagFinding, Quote
from simulator.core.stretches import around, marked, meaningful, stretches
from simulator.core.verdict import (
    ASKED,
    UNREAD,
    Evidence,
    Rule,
    believed,
    features,
    hypothesis,
    likeliest,
    quoted,
)
from simulator.errors import JudgeError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from simulator.core.scenario import Criterion, Question, RedFlag
    from simulator.core.stretches import Stretch
    from simulator.ports import Entailment, SentenceEncoder

RULES = Path(__file__).parent.parent / "data" / "entailment" / "rules.json"
PROPOSED = 10
"""Stretches read with each item: those nearest to it. An answer of 200 words has about four times
as many; what the others would add isn't worth the seconds that they cost."""


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
    """Decide which criteria an answer shows, each with its quote.

    What was read is remembered: judging an answer again that has grown reads only what is new.
    """

    def __init__(self, encoder: SentenceEncoder, entailment: Entailment, rules: Rules) -> None:
        self._encode, self._rules = Remembered(encoder.encode), rules
        self._read = Remembered(entailment.probabilities)

    def judge(self, words: tuple[str, ...], question: Question) -> Coverage:
        """Judge an answer's words against a rubric; quotes index ``words``. Raises JudgeError."""
        if not stretches(words):
            return _nothing(question)
        evidence = self.weigh(words, question)
        numbers, quotes = features(evidence), _quotes(evidence, words)
        count = len(question.criteria)
        criteria = zip(question.criteria, numbers[:count], quotes[:count], strict=True)
        flags = zip(question.red_flags, numbers[count:], quotes[count:], strict=True)
        found = tuple(self._criterion(*each) for each in criteria)
        astray = evidence.asked < ASKED and all(f.status != "covered" for f in found)
        return Coverage(
            found,
            tuple(self._flag(*each) for each in flags),
            ("little of this answer seems to be about the question",) if astray else (),
        )

    def weigh(self, words: tuple[str, ...], question: Question) -> Evidence:
        """Hold the likeliest stretches against every item, the best again in their context.

        Raises JudgeError.
        """
        import numpy as np

        items: tuple[Criterion | RedFlag, ...] = (*question.criteria, *question.red_flags)
        pieces = stretches(words)
        vectors = self._encode([piece.text for piece in pieces])
        cosines = [vectors @ self._encode(item.evidence).T for item in items]
        near = np.stack([phrases.max(axis=1) for phrases in cosines])
        read = np.zeros(near.shape, dtype=np.bool_)
        nearest = np.argsort(-near, axis=1, kind="stable")[:, :PROPOSED]
        np.put_along_axis(read, nearest, values=True, axis=1)
        chosen = np.flatnonzero(read.any(axis=0))
        kept, read = tuple(pieces[place] for place in chosen), read[:, chosen]
        # Near a red flag's phrase lies its denial as well, so its phrases are not chosen by that.
        count, unknown = len(question.criteria), np.zeros((len(pieces), 0))
        nearness = [*cosines[:count], *[unknown] * len(question.red_flags)]
        nearness = [phrases[chosen] for phrases in nearness]
        texts = tuple(piece.text for piece in kept)
        shown, denied = self._odds(texts, items, nearness, read)
        unmeant = np.zeros(shown.shape)
        evidence = Evidence(
            stretches=kept,
            criteria=count,
            entailed=shown,
            contradicted=denied,
            nearness=near[:, chosen].astype(np.float64),
            relevance=(vectors[chosen] @ self._encode((question.prompt,))[0]).astype(np.float64),
            meant=unmeant,
            disowned=unmeant,
        )
        again = np.zeros(shown.shape, dtype=np.bool_)
        np.put_along_axis(again, likeliest(evidence.preference), values=True, axis=1)
        meant, disowned = self._odds(_in_context(kept, words), items, nearness, again)
        return replace(evidence, meant=meant, disowned=disowned)

    def _odds(
        self,
        texts: tuple[str, ...],
        items: tuple[Criterion | RedFlag, ...],
        nearness: list[NDArray[np.floating[Any]]],
        read: NDArray[np.bool_],
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give the log-odds of shown and contradicted, (items, stretches), read where marked.

        ``nearness`` holds for each item the cosine of each stretch to its phrases, if they matter.
        """
        import numpy as np

        rows, columns = np.nonzero(read)
        pairs = [
            (texts[c], hypothesis(items[r], nearness[r][c].tolist()))
            for r, c in zip(rows, columns, strict=True)
        ]
        sure = self._read(pairs).astype(np.float64)
        odds = np.log(np.clip(sure, 1e-6, 1 - 1e-6) / np.clip(1 - sure, 1e-6, 1 - 1e-6))
        shown, denied = np.full(read.shape, UNREAD[0]), np.full(read.shape, UNREAD[1])
        shown[rows, columns], denied[rows, columns] = odds[:, 0], odds[:, 2]
        return shown, denied

    def _criterion(
        self, item: Criterion, numbers: tuple[float, ...], quote: Quote
    ) -> CriterionFinding:
        score = believed(self._rules.criteria.probability(numbers), numbers)
        status = self._rules.criteria.status(score)
        shown = None if status == "missing" else quote
        return CriterionFinding(
            item.id, item.name, item.weight, status, score, shown, item.follow_up
        )

    def _flag(self, item: RedFlag, numbers: tuple[float, ...], quote: Quote) -> FlagFinding:
        score = self._rules.flags.probability(numbers)
        status = self._rules.flags.flag_status(score)
        return FlagFinding(item.id, item.name, status, score, quote if status == "raised" else None)


def _nothing(question: Question) -> Coverage:
    return Coverage(
        tuple(
            CriterionFinding(c.id, c.name, c.weight, "missing", 0.0, None, c.follow_up)
            for c in question.criteria
        ),
        tuple(FlagFinding(f.id, f.name, "clear", 0.0) for f in question.red_flags),
        ("nothing was said",),
    )


def _in_context(pieces: tuple[Stretch, ...], words: tuple[str, ...]) -> tuple[str, ...]:
    """Mark each stretch in what was said around it."""
    kept, found = meaningful(words), []
    for piece in pieces:
        before, after = around(piece, words, kept)
        found.append(marked(before, piece.text, after))
    return tuple(found)


def _quotes(evidence: Evidence, words: tuple[str, ...]) -> tuple[Quote, ...]:
    """Give what each item would be quoted for, verbatim."""
    found = []
    for row, place in zip(evidence.preference, evidence.chosen, strict=True):
        stretch = evidence.stretches[quoted(evidence.stretches, row, place)]
        text = " ".join(words[stretch.first : stretch.last + 1])
        found.append(Quote(text, stretch.first, stretch.last))
    return tuple(found)
