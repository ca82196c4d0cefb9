"""What of a report is shown: measures that a user switched off are left out, not forgotten."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.core.analysis import AnswerReport, SessionReport


def shown(report: SessionReport) -> SessionReport:
    """Leave out what is switched off; for showing only, never for keeping."""
    return replace(report, answers=tuple(_shown(answer) for answer in report.answers))


def _shown(answer: AnswerReport) -> AnswerReport:
    off = answer.measuring.off
    coverage = answer.coverage
    if coverage is not None and "red_flags" in off:
        coverage = replace(coverage, red_flags=())
    return replace(
        answer,
        coverage=None if "coverage" in off else coverage,
        fillers=() if "fillers" in off else answer.fillers,
        repetitions=() if "repetitions" in off else answer.repetitions,
        habits=() if "repetitions" in off else answer.habits,
        hedges=() if "hedges" in off else answer.hedges,
        crutches=() if "hedges" in off else answer.crutches,
        response_latency=None if "latency" in off else answer.response_latency,
    )
