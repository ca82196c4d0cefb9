"""What a piece of advice is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """Point at where in which answer a point can be heard."""

    question_id: str
    start: float
    end: float
    text: str = ""
    "The words, verbatim; empty for a silence."


@dataclass(frozen=True, slots=True)
class Point:
    """Say one observable thing, with its evidence."""

    rule: str
    "Short name of the rule that chose it."
    text: str
    moments: tuple[Moment, ...] = ()
    next_step: str = ""
    "What to do about it in the next take."


@dataclass(frozen=True, slots=True)
class Advice:
    """Hold what to keep and what to work on next, the weightiest first."""

    keep: tuple[Point, ...]
    work_on: tuple[Point, ...]
