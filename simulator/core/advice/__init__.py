"""Choose what to keep and the one to three things to work on next.

Experts ask for selected, understandable, specific feedback, not a dump of measures (arXiv
2507.07930). So each rule below looks at one thing that can be heard, and speaks only when it
stands out. The rules, in the order in which they speak:

work on
  1. a red flag was raised, and is rather there than not
  2. a criterion with at least the mean weight was not heard
  3. a story was asked for, and no sentence states its result
  4. at least three pauses of 2 s in one answer, or one of 4 s
  5. filled pauses above 8 a minute
  6. an answer shorter or longer than its target
  7. speech rate outside the band
  8. none of these, but a lighter criterion was not heard
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
from simulator.core.advice.points import Advice, Moment, Point

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.core.analysis import SessionReport

__all__ = ["Advice", "Moment", "Point", "advise"]

MOST_POINTS = 3
"""Points a list: more than three things cannot be worked on at a time."""


def advise(report: SessionReport, pace_band: tuple[float, float] | None = None) -> Advice:
    """Choose the points of a session by the user's bands, without what is switched off.

    ``pace_band`` is words a minute, lowest and highest, in place of the user's.
    """
    spoken = tuple(answer for answer in report.answers if answer.transcript.words)
    if not spoken:
        return Advice((), ())
    band = pace_band or spoken[0].measuring.speech_wpm
    to_work_on = (
        ("red_flags", work_on.raised_flag(report, spoken)),
        ("coverage", work_on.missing_criterion(report, spoken)),
        ("structure", work_on.no_result(report, spoken)),
        ("pauses", work_on.long_pauses(report, spoken)),
        ("fillers", work_on.many_fillers(report, spoken)),
        ("length", work_on.length_off(report, spoken)),
        ("pace", work_on.pace_off(report, spoken, band)),
    )
    to_keep = (
        ("coverage", keep.surest_criterion(report, spoken)),
        ("length", keep.length_kept(report, spoken)),
        ("fillers", keep.few_fillers(report, spoken)),
        ("pace", keep.pace_kept(report, spoken, band)),
    )
    off = spoken[0].measuring.off
    left = (("coverage", work_on.lighter_criterion(report, spoken)),)
    return Advice(_present(to_keep, off), _present(to_work_on, off) or _present(left, off))


def _present(points: Iterable[tuple[str, Point | None]], off: tuple[str, ...]) -> tuple[Point, ...]:
    chosen = (point for metric, point in points if point is not None and metric not in off)
    return tuple(chosen)[:MOST_POINTS]
