"""The checks of this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.wiring.analysis import judge
from simulator.wiring.store import places, plan, preferences

if TYPE_CHECKING:
    from simulator.adapters.doctor import Doctor


def doctor() -> Doctor:
    """Prepare the checks of this machine; bad settings are a finding, not an error."""
    from simulator.adapters.doctor import Doctor
    from simulator.core.plan import Plan
    from simulator.errors import ConfigError

    try:
        chosen = plan()
    except ConfigError:
        chosen = Plan()
    return Doctor(places(), chosen, judge, preferences)
