"""How an answer was said, in a few lines: stock phrases, tempo, voice. The same in every format."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from simulator.core.clean import clean
from simulator.core.pace_curve import WINDOW_SECONDS
from simulator.core.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulator.core.analysis import AnswerReport, SessionReport
    from simulator.core.phrases import Habit
    from simulator.core.speech import Transcript

MOST_MOMENTS = 4
"""Moments shown of a trait; the transcript has the others."""
MOST_PHRASES = 3
"""Repeated phrases shown."""
TIMES_OF_A_PAIR = 5
"""Times from which two words are worth naming; "I said" three times is how stories are told."""
NOTABLE = 1.1
"""A fastest stretch less than a tenth faster than the slowest is an even tempo."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Point at a moment, with the words that name it."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Trait:
    """Hold one thing about how an answer was said."""

    label: str
    moments: tuple[Heard, ...] = ()
    text: str = ""
    "What is said of it besides its moments."


def delivery(answer: AnswerReport) -> tuple[Trait, ...]:
    """List what is worth saying about how an answer was said; nothing that is switched off."""
    return tuple(_traits(answer))


def often_said(report: SessionReport) -> str:
    """Name the phrases that a candidate repeats most in a session; empty for a single answer."""
    if len(report.answers) < 2 or not report.answers[0].shows("repetitions"):
        return ""
    return _habits(report.habits)


def _traits(answer: AnswerReport) -> Iterator[Trait]:
    if answer.crutches and answer.shows("hedges"):
        first, number = answer.crutches[:MOST_MOMENTS], len(answer.crutches)
        moments = tuple(Heard(c.start, c.end, f"“{phrase(clean(c.text))}”") for c in first)
        yield Trait("Crutches", moments, f"{number} in all" if number > MOST_MOMENTS else "")
    habits = _habits(answer.habits) if answer.shows("repetitions") else ""
    if habits:
        yield Trait("Often", text=habits)
    if answer.extremes is not None and answer.shows("pace"):
        fast, slow = (stretch.articulation_rate for stretch in answer.extremes)
        if fast >= NOTABLE * slow:
            names = (f"fastest, {fast:.0f} words/min", f"slowest, {slow:.0f} words/min")
            pairs = zip(answer.extremes, names, strict=True)
            moments = tuple(Heard(s.start, s.end, name) for s, name in pairs)
            yield Trait("Tempo", moments, f"over {WINDOW_SECONDS:.0f} s, pauses left out")
    voice = "; ".join(_voice(answer.transcript)) if answer.shows("voice") else ""
    if voice:
        yield Trait("Voice", text=voice)


def _habits(habits: Iterable[Habit]) -> str:
    telling = (h for h in habits if h.text.count(" ") > 1 or h.times >= TIMES_OF_A_PAIR)
    chosen = islice(_apart(telling), MOST_PHRASES)
    return ", ".join(f"“{phrase(clean(h.text))}” {h.times}×" for h in chosen)


def _apart(habits: Iterable[Habit]) -> Iterator[Habit]:
    """Leave out what shares two words in a row with one before: parts of one longer phrase."""
    known: set[tuple[str, str]] = set()
    for habit in habits:
        pairs = set(pairwise(habit.text.split()))
        if not pairs & known:
            yield habit
        known |= pairs


def _voice(transcript: Transcript) -> Iterator[str]:
    voice = transcript.voice
    if voice is None:
        return
    if voice.above_noise_db is not None:
        only = "only " if voice.noisy else ""
        yield f"{only}{voice.above_noise_db:.0f} dB above the noise"
    if "clipped" in transcript.notes:
        yield "clipped, so set the microphone lower"
    if voice.monotone:
        yield f"the pitch hardly moves: {voice.pitch_spread:.1f} semitones"
    elif voice.pitch_spread is not None and not voice.noisy:
        yield f"the pitch moves by {voice.pitch_spread:.1f} semitones"
