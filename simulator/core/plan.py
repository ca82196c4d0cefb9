"""How the next interview shall be conducted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold the choices for one interview: settings, and what the command line says instead."""

    style: str = "neutral"
    "Id of the interviewer's style."
    silence_seconds: float | None = 4.0
    "Silence that ends an answer, 3 s or more; none when only a key or the time limit does."
    think: bool = True
    "Give the thinking time that a question names."
    check: bool = True
    "Check the sound first."
    speak: bool = True
    "Speak the questions; they are always on screen."
    voice: str = ""
    "Id or part of the name of the voice; empty for the system's own."
    rate: int = 0
    "Words a minute of the voice; 0 for its own."
    input_device: str = ""
    output_device: str = ""
    "Number or part of the name; empty for the system's default."
    model: str = "tiny.en"
    "The recogniser's weights."
    follow_ups: int = 0
    "Most follow-up questions to one question."
    retakes: bool = True
    "Let an answer be paused and taken again."
