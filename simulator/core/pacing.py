"""How fast, and with which silences, an answer was spoken.

Definitions (Jacewicz et al. 2010): speech rate counts words over the whole time of the recording,
articulation rate counts them over phonation time, silent pauses left out. Silent pauses last at
least 0.25 s (a common threshold; de Jong & Bosker 2013 discuss 0.1-1 s). Filled pauses are no
words: they count in neither rate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.core.speech import Span, Transcript

PAUSE_SECONDS = 0.25
"""Shortest silent pause (de Jong & Bosker 2013)."""
LONG_PAUSE_SECONDS = 2.0
"""From here a pause is a long one: twice the 1 s that conversation tolerates (Jefferson 1989)."""


@dataclass(frozen=True, slots=True)
class Pacing:
    """Measure the pace of one answer. Pauses are inner ones: between first and last speech."""

    words: int
    duration: float
    "Seconds of audio."
    speaking_time: float
    "Seconds from the first to the last speech."
    phonation_time: float
    "Seconds of speech: speaking time without silent pauses."
    speech_rate: float
    "Words a minute of the whole recording."
    articulation_rate: float
    "Words a minute of phonation time."
    pauses: int
    pause_total: float
    "Seconds."
    longest_pause: float
    "Seconds."
    long_pauses: int
    "Pauses of at least 2 s."


def measure_pacing(transcript: Transcript) -> Pacing:
    """Measure the pace of an answer; all zero where nobody spoke."""
    words = sum(1 for word in transcript.words if word.kind == "word")
    inner = inner_pauses(transcript)
    speaking = _speaking_time(transcript)
    pause_total = sum(pause.duration for pause in inner)
    phonation = max(0.0, speaking - pause_total)
    return Pacing(
        words=words,
        duration=transcript.duration,
        speaking_time=speaking,
        phonation_time=phonation,
        speech_rate=_per_minute(words, transcript.duration),
        articulation_rate=_per_minute(words, phonation),
        pauses=len(inner),
        pause_total=pause_total,
        longest_pause=max((pause.duration for pause in inner), default=0.0),
        long_pauses=sum(1 for pause in inner if pause.duration >= LONG_PAUSE_SECONDS),
    )


def inner_pauses(transcript: Transcript) -> tuple[Span, ...]:
    """Give the pauses between the first and the last speech."""
    if not transcript.speech:
        return ()
    first, last = transcript.speech[0].start, transcript.speech[-1].end
    return tuple(p for p in transcript.pauses if p.start >= first and p.end <= last)


def _speaking_time(transcript: Transcript) -> float:
    if not transcript.speech:
        return 0.0
    return transcript.speech[-1].end - transcript.speech[0].start


def _per_minute(count: int, seconds: float) -> float:
    return 60.0 * count / seconds if seconds > 0 else 0.0
