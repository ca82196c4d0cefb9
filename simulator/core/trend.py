"""Tell a measure that changes from session to session from one that only scatters.

The spread comes from the differences between neighbours (mean moving range / 1.128, the process
limits of Shewhart's and Wheeler's individuals chart), so that a slow change doesn't widen it. The
latest three sessions are held against those before; what lies within twice the standard error of
that difference is called the candidate's own spread, not progress.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal

RANGE_TO_SIGMA = 1.128
"""Expected range of two normal values, in standard deviations (control chart constant d2)."""
LATEST = 3
"""Sessions that stand for now."""
LEAST_EARLIER = 3
"""Sessions before them, below which nothing is said."""
STANDARD_ERRORS = 2.0
"""About one chance in twenty to call a scatter a change."""

ROUNDING = 1e-9
"""Share by which sums of equal numbers may differ."""

Direction = Literal["higher", "lower", "within your spread", "too few sessions"]


@dataclass(frozen=True, slots=True)
class Value:
    """Hold a measure of one session."""

    session_id: str
    created: str
    "ISO 8601 time, UTC."
    value: float


@dataclass(frozen=True, slots=True)
class Trend:
    """Hold a measure over time, with the candidate's own spread."""

    values: tuple[Value, ...]
    "Oldest first."
    centre: float
    "Mean of all."
    sigma: float
    "Standard deviation from one session to the next."
    earlier: float
    "Mean before the latest three; the centre where there are too few."
    latest: float
    "Mean of the latest three."
    direction: Direction

    @property
    def band(self) -> tuple[float, float]:
        """Give where two of three sessions lie when nothing changes."""
        return self.earlier - self.sigma, self.earlier + self.sigma


def find_trend(values: tuple[Value, ...]) -> Trend:
    """Measure a trend. Raises ValueError when there are no values."""
    if not values:
        raise ValueError("a trend needs a value")
    numbers = [value.value for value in values]
    centre = sum(numbers) / len(numbers)
    ranges = [abs(b - a) for a, b in zip(numbers, numbers[1:], strict=False)]
    sigma = sum(ranges) / len(ranges) / RANGE_TO_SIGMA if ranges else 0.0
    recent, before = numbers[-LATEST:], numbers[:-LATEST]
    latest = sum(recent) / len(recent)
    if len(before) < LEAST_EARLIER:
        return Trend(values, centre, sigma, centre, latest, "too few sessions")
    earlier = sum(before) / len(before)
    noise = STANDARD_ERRORS * sigma * sqrt(1 / len(recent) + 1 / len(before))
    noise += ROUNDING * max(1.0, abs(earlier))
    return Trend(values, centre, sigma, earlier, latest, _direction(latest - earlier, noise))


def _direction(change: float, noise: float) -> Direction:
    if abs(change) <= noise:
        return "within your spread"
    return "higher" if change > 0 else "lower"
