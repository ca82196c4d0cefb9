"""Choose what to keep and the one to three things to work on next.

Experts ask for selected, understandable, specific feedback, not a dump of measures (arXiv
2507.07930). So each rule below looks at one thing that can be heard, and speaks only when it
stands out. The rules, in the order in which they speak:

work on
  1. a red flag was raised
  2. a criterion with at least the mean weight was not heard
  3. a story was asked for, and no sentence states its result
  4. at least three pauses of 2 s in one answer, or one of 4 s
  5. filled pauses above 8 a minute
  6. an answer shorter or longer than its target
  7. speech rate outside the band
keep
  1. the criterion that was heard most surely, with its quote
  2. an answer that lasted as long as its target
  3. filled pauses at no more than 5 a minute
  4. speech rate inside the band

At most one point a rule, three points a list; findings that are uncertain are never used; the
candidate's corrections count before the judge's word. Sentences say what was heard and never
judge the person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.core.advice import keep, work_on
from simulator.core.advice.evidence import PACE_BAND
from simulator.core.advice.points import Advice, Moment, Point

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.core.analysis import SessionReport

__all__ = ["Advice", "Moment", "Point", "advise"]

MOST_POINTS = 3
"""Points a list: more than three things cannot be worked on at a time."""


def advise(report: SessionReport, pace_band: tuple[float, float] = PACE_BAND) -> Advice:
    """Choose the points of a session; ``pace_band`` is words a minute, lowest and highest."""
    spoken = tuple(answer for answer in report.answers if answer.transcript.words)
    to_work_on = (
        work_on.raised_flag(report, spoken),
        work_on.missing_criterion(report, spoken),
        work_on.no_result(report, spoken),
        work_on.long_pauses(report, spoken),
        work_on.many_fillers(report, spoken),
        work_on.length_off(report, spoken),
        work_on.pace_off(report, spoken, pace_band),
    )
    to_keep = (
        keep.surest_criterion(report, spoken),
        keep.length_kept(report, spoken),
        keep.few_fillers(report, spoken),
        keep.pace_kept(report, spoken, pace_band),
    )
    return Advice(_present(to_keep), _present(to_work_on))


def _present(points: Iterable[Point | None]) -> tuple[Point, ...]:
    return tuple(point for point in points if point is not None)[:MOST_POINTS]
