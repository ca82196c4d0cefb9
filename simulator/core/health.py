"""Whether an interview can run here: checks as data, each with a verdict and what mends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.errors import SimulatorError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HealthVerdict = Literal["good", "poor", "bad"]
"""Good; poor: an interview runs, but something is left out; bad: it cannot run."""


class Poor(SimulatorError):  # noqa: N818 - it is caught by `examine`, never shown as an error
    """Say that a part works, but not well."""


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """Describe one part and how to try it."""

    name: str
    probe: Callable[[], str]
    "Says what was found; raises SimulatorError when the part fails."
    needed: bool
    "Without it no interview can run."
    mend: str
    "The command that mends it."
    without: str = ""
    "What is left out when a part that is not needed fails."


@dataclass(frozen=True, slots=True)
class HealthFinding:
    """Hold the verdict on one part."""

    name: str
    verdict: HealthVerdict
    said: str
    mend: str = ""
    "Empty when the part is good."


def examine(checks: tuple[HealthCheck, ...]) -> Iterator[HealthFinding]:
    """Try each part in turn."""
    for check in checks:
        try:
            yield HealthFinding(check.name, "good", check.probe())
        except SimulatorError as error:
            bad = check.needed and not isinstance(error, Poor)
            # What an error advises leads here; the check itself knows better.
            said = str(error).partition("; ")[0]
            said = said if bad or not check.without else f"{said} ({check.without})"
            yield HealthFinding(check.name, "bad" if bad else "poor", said, check.mend)
