"""The plain judge: the nearest stretch by cosine. Kept as the baseline that ours must beat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.core.coverage import Coverage, CriterionFinding, FlagFinding, Quote
from simulator.core.stretches import stretches

if TYPE_CHECKING:
    from simulator.core.scenario import Criterion, Question, RedFlag
    from simulator.core.stretches import Stretch
    from simulator.ports import SentenceEncoder

COVERED, MAYBE, RAISED = 0.35, 0.28, 0.5
"""Cosine from which a criterion counts; the best F1 on the development answers lies at .35."""


class CosineJudge:
    """Tick what some stretch of the answer comes near to."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder

    def judge(self, words: tuple[str, ...], question: Question) -> Coverage:
        """Judge an answer's words against a rubric; quotes index ``words``. Raises JudgeError."""
        pieces = stretches(words)
        return Coverage(
            tuple(self._criterion(c, pieces, words) for c in question.criteria),
            tuple(self._flag(f, pieces, words) for f in question.red_flags),
        )

    def _criterion(
        self, criterion: Criterion, pieces: tuple[Stretch, ...], words: tuple[str, ...]
    ) -> CriterionFinding:
        score, quote = self._nearest(criterion, pieces, words)
        return CriterionFinding(
            criterion.id,
            criterion.name,
            criterion.weight,
            "covered" if score >= COVERED else "maybe" if score >= MAYBE else "missing",
            score,
            quote if score >= MAYBE else None,
            criterion.follow_up,
        )

    def _flag(
        self, flag: RedFlag, pieces: tuple[Stretch, ...], words: tuple[str, ...]
    ) -> FlagFinding:
        score, quote = self._nearest(flag, pieces, words)
        if score < RAISED:
            return FlagFinding(flag.id, flag.name, "clear", score)
        return FlagFinding(flag.id, flag.name, "raised", score, quote)

    def _nearest(
        self, item: Criterion | RedFlag, pieces: tuple[Stretch, ...], words: tuple[str, ...]
    ) -> tuple[float, Quote | None]:
        if not pieces:
            return 0.0, None
        near = (
            self._encoder.encode([p.text for p in pieces]) @ self._encoder.encode(item.evidence).T
        )
        best = pieces[int(near.max(axis=1).argmax())]
        quote = Quote(" ".join(words[best.first : best.last + 1]), best.first, best.last)
        return max(0.0, min(1.0, float(near.max()))), quote
