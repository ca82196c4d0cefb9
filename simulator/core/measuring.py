"""What a user wants measured, and the bands that measures are held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from simulator.core.settings import Preferences

ANALYSER = 9
"""Version of the measures; raised when the same recording would be measured differently."""

Band = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Measuring:
    """Hold the part of the settings that a report depends on; the defaults are theirs."""

    fillers_add: tuple[str, ...] = ()
    "The user's own filler phrases."
    fillers_ignore: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    "Measures left out of the report; see `settings.METRICS`."
    fillers_per_minute: Band = (0.0, 5.0)
    speech_wpm: Band = (100.0, 165.0)
    articulation_wpm: Band = (120.0, 200.0)
    star_shares: tuple[float, float, float, float] = (0.2, 0.1, 0.6, 0.1)


def measuring(preferences: Preferences) -> Measuring:
    """Take from the settings what a report depends on."""
    return Measuring(
        fillers_add=preferences.fillers_add,
        fillers_ignore=preferences.fillers_ignore,
        off=preferences.metrics_off,
        fillers_per_minute=cast("Band", preferences.fillers_per_minute),
        speech_wpm=cast("Band", preferences.pace_speech_wpm),
        articulation_wpm=cast("Band", preferences.pace_articulation_wpm),
        star_shares=cast("tuple[float, float, float, float]", preferences.structure_star_shares),
    )
