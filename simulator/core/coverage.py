"""Which criteria an answer shows, each with the words that prove it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Status = Literal["covered", "maybe", "missing"]
FlagStatus = Literal["raised", "clear"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Point at the words that prove a finding."""

    text: str
    "Verbatim from the transcript."
    first: int
    "Position of the first word."
    last: int
    "Position of the last word."


@dataclass(frozen=True, slots=True)
class CriterionFinding:
    """Say whether one criterion was heard."""

    id: str
    name: str
    weight: float
    status: Status
    score: float
    "How strongly the judge believes it, 0-1."
    quote: Quote | None = None
    "Always there when covered."
    follow_up: str = ""
    prompted: str = ""
    "What was said that shows it in an answer to a follow-up question; counted apart."

    def __post_init__(self) -> None:
        if self.status == "covered" and self.quote is None:
            raise ValueError(f"criterion {self.id} is covered but has no quote")


@dataclass(frozen=True, slots=True)
class FlagFinding:
    """Say whether one red flag was raised."""

    id: str
    name: str
    status: FlagStatus
    score: float
    quote: Quote | None = None

    @property
    def possible(self) -> bool:
        """Say whether it is raised, but more likely not there than there."""
        return self.status == "raised" and self.score < SURE_FLAG


@dataclass(frozen=True, slots=True)
class Coverage:
    """Hold the rubric's result for one answer."""

    criteria: tuple[CriterionFinding, ...]
    red_flags: tuple[FlagFinding, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def weighted(self) -> float:
        """Give the covered share of all weight, 0-1; 0 when nothing has weight."""
        total = sum(finding.weight for finding in self.criteria)
        covered = sum(f.weight for f in self.criteria if f.status == "covered")
        return covered / total if total else 0.0

    @property
    def weighted_with_prompts(self) -> float:
        """Give the share of all weight that was covered, by itself or when asked, 0-1."""
        total = sum(finding.weight for finding in self.criteria)
        shown = sum(f.weight for f in self.criteria if f.status == "covered" or f.prompted)
        return shown / total if total else 0.0

    def with_prompted(self, answer: Coverage) -> Coverage:
        """Add what the answer to a follow-up question shows."""
        said = {f.id: f.quote.text for f in answer.criteria if f.status == "covered" and f.quote}
        criteria = tuple(
            replace(f, prompted=said[f.id])
            if f.id in said and f.status != "covered" and not f.prompted
            else f
            for f in self.criteria
        )
        return replace(self, criteria=criteria)


SURE_FLAG = 0.5
"""Score from which a red flag is rather there than not; below, it is shown as possible only."""

MOST_FOLLOW_UPS = 2
"""An interviewer probes once or twice before moving on."""


def follow_ups(coverage: Coverage) -> tuple[CriterionFinding, ...]:
    """Give what to ask about next: most weight times certainty that it is missing, at most two."""
    open_ones = [
        f for f in coverage.criteria if f.status != "covered" and not f.prompted and f.follow_up
    ]
    ranked = sorted(open_ones, key=lambda f: -f.weight * (1.0 - f.score))
    return tuple(ranked[:MOST_FOLLOW_UPS])
