"""`rehearse doctor --store`: look through all sessions, and mend what can be mended."""

from __future__ import annotations

import click

from simulator import wiring
from simulator.core.clean import clean


def check_store() -> int:
    """Print every trouble and what was done; give 1 when something is left to the user.

    Raises SessionError.
    """
    found = left = 0
    for trouble in wiring.find_trouble():
        found += 1
        mended = wiring.mend_trouble(trouble)
        left += not mended
        mark = "mended" if mended else "LEFT  "
        click.echo(f"{mark}  {trouble.path}: {clean(trouble.what)}")
    sessions = len(wiring.archive().ids())
    noun = "session" if sessions == 1 else "sessions"
    if not found:
        click.echo(f"{sessions} {noun}: the folders and the index agree.")
    else:
        click.echo(f"{sessions} {noun}; {found - left} of {found} troubles mended.")
    return 1 if left else 0
