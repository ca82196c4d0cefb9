"""What `retention.audio` deletes is said each time."""

from __future__ import annotations

import click

from simulator import wiring


def apply_retention() -> None:
    """Delete recordings that are older than the setting allows, and say so.

    Raises ConfigError and SessionError.
    """
    days = wiring.preferences().retention_audio
    if days is None:
        return
    expired = wiring.expire_audio(days)
    if expired:
        noun = "session" if len(expired) == 1 else "sessions"
        click.echo(
            f"retention.audio = {days}d: the recordings of {len(expired)} {noun} were deleted; "
            "transcripts and reports stay.",
            err=True,
        )
