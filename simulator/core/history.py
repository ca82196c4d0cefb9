"""What many sessions say together: trends, criteria missed again and again, crutch words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.core.trend import Trend, Value, find_trend

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_ENTRIES = 5
"""Crutches and missed criteria shown: more are no use for the next session."""
LEAST_TIMES = 2
"""Answers in which a criterion was missed before it is named as missed again and again."""


@dataclass(frozen=True, slots=True)
class Metric:
    """Name a measure that is followed."""

    id: str
    "The field of SessionMeans."
    label: str
    unit: str
    setting: str
    "The measure that switches it off; see `settings.METRICS`."
    digits: int = 0
    scale: float = 1.0
    "What the value is multiplied by before it is shown."

    def show(self, value: float) -> str:
        """Write a value with its unit."""
        return f"{value * self.scale:.{self.digits}f} {self.unit}".replace(" %", "%")


METRICS = (
    Metric("speech_rate", "Speech rate", "words/min", "pace"),
    Metric("fillers_per_minute", "Fillers", "a minute", "fillers", 1),
    Metric("coverage", "Rubric heard", "%", "coverage", scale=100),
    Metric("response_latency", "Start", "s", "latency", 1),
    Metric("duration", "Length", "s", "length"),
    Metric("longest_pause", "Longest pause", "s", "pauses", 1),
)


@dataclass(frozen=True, slots=True)
class Missed:
    """Count how often a criterion was not heard."""

    question_id: str
    criterion_id: str
    name: str
    missed: int
    asked: int


@dataclass(frozen=True, slots=True)
class Crutch:
    """Count a filler over all sessions."""

    phrase: str
    count: int
    sessions: int


@dataclass(frozen=True, slots=True)
class History:
    """Hold what is shown of many sessions."""

    trends: tuple[tuple[Metric, Trend], ...]
    missed: tuple[Missed, ...] = ()
    crutches: tuple[Crutch, ...] = ()
    weakest: tuple[str, ...] = ()
    "Ids of the questions to rehearse next."
    prompts: tuple[tuple[str, str], ...] = ()
    "Each question's id with the question."

    @property
    def missed_by_question(self) -> tuple[tuple[str, tuple[Missed, ...]], ...]:
        """Give what was missed under its question, the question missed most first."""
        ids = dict.fromkeys(each.question_id for each in self.missed)
        return tuple(
            (self.prompt(id_), tuple(m for m in self.missed if m.question_id == id_)) for id_ in ids
        )

    def prompt(self, question_id: str) -> str:
        """Give the question of an id; the id where it is unknown."""
        return dict(self.prompts).get(question_id) or question_id


@dataclass(frozen=True, slots=True)
class SessionMeans:
    """Hold the means of a session's answers; those without words count for no rate."""

    session_id: str
    created: str
    "ISO 8601 time, UTC."
    speech_rate: float | None
    fillers_per_minute: float | None
    coverage: float | None
    response_latency: float | None
    duration: float | None
    longest_pause: float | None


@dataclass(frozen=True, slots=True)
class Totals:
    """Hold what the index sums up over all sessions asked for."""

    sessions: tuple[SessionMeans, ...]
    "Oldest first."
    criteria: tuple[Missed, ...] = ()
    "All that were ever judged."
    phrases: tuple[Crutch, ...] = ()
    latest: tuple[tuple[str, float], ...] = ()
    "Each judged question with the coverage of its latest answer, 0-1."
    prompts: tuple[tuple[str, str], ...] = ()
    "Each question's id with the question as it was asked last."
    unmeasured: int = 0
    "Sessions with answers that were not measured, or by another version of the measures."


def summarise(
    totals: Totals, metrics: tuple[Metric, ...] = METRICS, off: tuple[str, ...] = ()
) -> History:
    """Choose what is worth showing; ``off`` names the measures that are switched off."""
    trends = ((metric, values_of(totals.sessions, metric)) for metric in metrics)
    crutches = sorted(totals.phrases, key=lambda c: (-c.count, c.phrase))[:MOST_ENTRIES]
    judged = "coverage" not in off
    return History(
        trends=tuple((metric, find_trend(values)) for metric, values in trends if values),
        missed=often_missed(totals.criteria) if judged else (),
        crutches=() if "fillers" in off else tuple(crutches),
        weakest=weakest(totals.latest) if judged else (),
        prompts=totals.prompts,
    )


def wanted(off: tuple[str, ...], only: str | None = None) -> tuple[Metric, ...]:
    """List the measures to follow: those not switched off, or the one asked for by its id."""
    if only is not None:
        return tuple(metric for metric in METRICS if metric.id == only)
    return tuple(metric for metric in METRICS if metric.setting not in off)


def values_of(sessions: tuple[SessionMeans, ...], metric: Metric) -> tuple[Value, ...]:
    """Give one measure of the sessions that have it."""
    return tuple(
        Value(session.session_id, session.created, value)
        for session in sessions
        if (value := getattr(session, metric.id)) is not None
    )


def often_missed(criteria: tuple[Missed, ...]) -> tuple[Missed, ...]:
    """List the criteria missed at least twice, those missed most often first."""
    often = [each for each in criteria if each.missed >= LEAST_TIMES]
    often.sort(key=lambda each: (-each.missed / each.asked, -each.missed, each.question_id))
    return tuple(often[:MOST_ENTRIES])


def weakest(latest: tuple[tuple[str, float], ...], most: int = 3) -> tuple[str, ...]:
    """Name the questions whose latest answer showed the least of its rubric, the weakest first.

    Questions of which everything was heard are left out.
    """
    unfinished = sorted((share, question) for question, share in latest if share < 1)
    return tuple(question for _, question in unfinished[:most])


def sparkline(values: Iterable[float], most: int = 32) -> str:
    """Draw the latest values as blocks, the lowest at the bottom; a flat line when all agree."""
    shown = list(values)[-most:]
    if not shown:
        return ""
    low, high = min(shown), max(shown)
    if high - low < 1e-9:
        return "▄" * len(shown)
    return "".join("▁▂▃▄▅▆▇█"[round(7 * (value - low) / (high - low))] for value in shown)
