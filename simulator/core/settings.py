"""What a user may set: each setting with its default, its range and where the default is from."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from simulator.core.setting_values import Option

if TYPE_CHECKING:
    from simulator.core.setting_values import Value

METRICS = (
    "pace", "pauses", "fillers", "repetitions", "hedges", "voice", "latency", "length",
    "structure", "coverage", "red_flags",
)  # fmt: skip
"""The measures of a report, each of which may be switched off."""
SILENCE_SECONDS = (3.0, 60.0)
"""Shorter silences would cut thinking people off; after a minute the time limit does the work."""


def _setting(default: Value, option: Option) -> Any:  # noqa: ANN401 - dataclasses.field
    return field(default=default, metadata={"option": option})


@dataclass(frozen=True, slots=True)
class Preferences:
    """Hold every setting in force; the fields are named like their keys."""

    voice_name: str = _setting(
        "", Option("voice.name", "text", "Interviewer's voice: its id or part of its name.")
    )
    voice_rate: int = _setting(
        0, Option("voice.rate", "whole", "Words a minute of the voice; 0 is its own.", 0, 400)
    )
    interview_style: str = _setting(
        "neutral", Option("interview.style", "text", "How the interviewer talks.")
    )
    interview_silence_seconds: float | None = _setting(
        4.0,
        Option(
            "interview.silence_seconds",
            "number",
            "Silence that ends an answer, 3 s or more; off: only Enter or the time limit does.",
            *SILENCE_SECONDS,
            none="off",
        ),  # fmt: skip
    )
    interview_think: bool = _setting(
        default=True,
        option=Option("interview.think", "switch", "Give the thinking time a question names."),
    )
    interview_sound_check: bool = _setting(
        default=True,
        option=Option("interview.sound_check", "switch", "Check the sound before an interview."),
    )
    interview_follow_ups: int = _setting(
        0,
        Option(
            "interview.follow_ups",
            "whole",
            "Most follow-up questions after an answer about what was not heard.",
            0,
            2,
        ),  # fmt: skip
    )
    devices_input: str = _setting(
        "", Option("devices.input", "text", "Microphone: its number or part of its name.")
    )
    devices_output: str = _setting(
        "", Option("devices.output", "text", "Loudspeaker: its number or part of its name.")
    )
    recogniser_model: str = _setting(
        "tiny.en", Option("recogniser.model", "text", "Weights: a listed name, or a folder.")
    )
    judge_server: str = _setting(
        "",
        Option(
            "judge.server",
            "text",
            "Optional judge: a model server's chat API on this machine; empty: our own model.",
        ),  # fmt: skip
    )
    judge_model: str = _setting(
        "", Option("judge.model", "text", "Model that the judge's server shall use.")
    )
    judge_remote: bool = _setting(
        default=False,
        option=Option("judge.remote", "switch", "Let answers leave this machine for the judge."),
    )
    fillers_add: tuple[str, ...] = _setting(
        (), Option("fillers.add", "words", "Your own phrases to count as fillers.")
    )
    fillers_ignore: tuple[str, ...] = _setting(
        (), Option("fillers.ignore", "words", "Fillers not to count.")
    )
    fillers_per_minute: tuple[float, ...] = _setting(
        (0.0, 5.0),
        Option(
            "fillers.per_minute",
            "numbers",
            "Band of fillers a minute: listeners mark down 12, not 5 "
            "(Laske & DiGennaro Reed 2024).",
            0,
            100,
            count=2,
        ),  # fmt: skip
    )
    pace_speech_wpm: tuple[float, ...] = _setting(
        (100.0, 165.0),
        Option(
            "pace.speech_wpm",
            "numbers",
            "Band of the speech rate, pauses included (Microsoft Speaker Coach).",
            20,
            400,
            count=2,
        ),  # fmt: skip
    )
    pace_articulation_wpm: tuple[float, ...] = _setting(
        (120.0, 200.0),
        Option(
            "pace.articulation_wpm",
            "numbers",
            "Band of the articulation rate, pauses left out: from common advice for talks (120) "
            "to British conversation (mean 198, Wang 2021).",
            20,
            400,
            count=2,
        ),  # fmt: skip
    )
    structure_star_shares: tuple[float, ...] = _setting(
        (0.2, 0.1, 0.6, 0.1),
        Option(
            "structure.star_shares",
            "numbers",
            "Shares of situation, task, action and result (University of Washington careers).",
            0,
            1,
            count=4,
        ),  # fmt: skip
    )
    metrics_off: tuple[str, ...] = _setting(
        (),
        Option("metrics.off", "words", "Measures left out of the report.", choices=METRICS),
    )
    retention_audio: int | None = _setting(
        None,
        Option(
            "retention.audio",
            "whole",
            "Days until recordings are deleted, like 30d; keep: never.",
            1,
            36500,
            none="keep",
            unit="d",
        ),  # fmt: skip
    )


def options() -> dict[str, tuple[str, Option, Value]]:
    """Map each key to its field of Preferences, its description and its default."""
    known: dict[str, tuple[str, Option, Value]] = {}
    for item in fields(Preferences):
        option: Option = item.metadata["option"]
        default: Any = item.default
        known[option.key] = item.name, option, default
    return known
