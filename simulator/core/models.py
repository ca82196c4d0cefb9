"""A recogniser's weights, as a list shows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ModelLine:
    """Describe one model."""

    name: str
    size: int
    "Bytes of the weights; 0 when unknown."
    present: bool
    "Here and intact."
    speed: float | None
    "Real-time factor: seconds of work for a second of sound; none when not measured here."
    note: str = ""
    "Why it is not present."
