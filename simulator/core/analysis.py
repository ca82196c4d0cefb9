"""One answer, and one session, measured: pure functions from what was heard to a report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.core.coverage import Coverage
from simulator.core.fillers import Filler, find_fillers
from simulator.core.measuring import ANALYSER, Measuring
from simulator.core.pacing import Pacing, measure_pacing
from simulator.core.phrases import Habit, Phrase, find_crutches, find_habits, find_hedges
from simulator.core.remarks import other_language, remarks
from simulator.core.repetitions import Repetition, find_repetitions
from simulator.core.scenario import Question
from simulator.core.session import Session, Take
from simulator.core.specificity import Specificity, measure_specificity
from simulator.core.speech import Transcript
from simulator.core.structure import Structure, find_structure
from simulator.core.tempo import LongPause, Stretch, extremes, long_pauses

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class AnswerReport:
    """Hold everything that was measured about one take of one answer."""

    question: Question
    take: Take
    transcript: Transcript
    pacing: Pacing
    fillers: tuple[Filler, ...]
    coverage: Coverage | None
    "None when the rubric could not be judged; ``notes`` says why."
    response_latency: float | None
    "Seconds from the end of the question to the first speech; none when either is unknown."
    notes: tuple[str, ...] = ()
    repetitions: tuple[Repetition, ...] = ()
    hedges: tuple[Phrase, ...] = ()
    crutches: tuple[Phrase, ...] = ()
    habits: tuple[Habit, ...] = ()
    "Phrases said at least three times, the most frequent first."
    extremes: tuple[Stretch, Stretch] | None = None
    "The fastest and the slowest stretch of 15 s; none in a short answer."
    long_pauses: tuple[LongPause, ...] = ()
    measuring: Measuring = Measuring()
    structure: Structure | None = None
    "Situation, task, action, result; none in a language other than English."
    specificity: Specificity | None = None
    "Numbers, names, actions, as facts; none in a language other than English."

    def shows(self, metric: str) -> bool:
        """Say whether a measure belongs in the report; see `settings.METRICS`."""
        return metric not in self.measuring.off

    @property
    def fillers_per_minute(self) -> float:
        """Give the filled pauses and certain discourse fillers a minute of speaking time."""
        counted = sum(1 for filler in self.fillers if filler.certainty != "uncertain")
        minutes = self.pacing.speaking_time / 60
        return counted / minutes if minutes else 0.0


@dataclass(frozen=True, slots=True)
class SessionReport:
    """Hold the reports of all answers of a session, in the order of the questions."""

    session: Session
    answers: tuple[AnswerReport, ...]
    model: str
    "Name of the recogniser's weights."
    notes: tuple[str, ...] = ()
    analyser: int = ANALYSER

    @property
    def habits(self) -> tuple[Habit, ...]:
        """Give the phrases said at least three times in the session, the most frequent first."""
        return find_habits(answer.transcript for answer in self.answers)

    @property
    def weighted_coverage(self) -> float | None:
        """Give the mean weighted coverage of the judged answers, 0-1; none when none was judged."""
        judged = [a.coverage.weighted for a in self.answers if a.coverage is not None]
        return sum(judged) / len(judged) if judged else None


@dataclass(frozen=True, slots=True)
class Words:
    """Hold what is measured from a transcript alone."""

    fillers: tuple[Filler, ...] = ()
    repetitions: tuple[Repetition, ...] = ()
    hedges: tuple[Phrase, ...] = ()
    crutches: tuple[Phrase, ...] = ()
    habits: tuple[Habit, ...] = ()
    extremes: tuple[Stretch, Stretch] | None = None
    long_pauses: tuple[LongPause, ...] = ()
    notes: tuple[str, ...] = ()
    structure: Structure | None = None
    specificity: Specificity | None = None


def measure_words(transcript: Transcript, wanted: Measuring) -> Words:
    """Measure a transcript as a user wants it; what asks for English is left out elsewhere."""
    if not is_english(transcript):
        note = other_language(transcript.language)
        return Words(
            extremes=extremes(transcript), long_pauses=long_pauses(transcript), notes=(note,)
        )
    return Words(
        fillers=find_fillers(transcript, wanted.fillers_add, wanted.fillers_ignore),
        repetitions=find_repetitions(transcript),
        hedges=find_hedges(transcript),
        crutches=find_crutches(transcript),
        habits=find_habits([transcript]),
        extremes=extremes(transcript),
        long_pauses=long_pauses(transcript),
        structure=find_structure(transcript, wanted.star_shares),
        specificity=measure_specificity(tuple(word.text for word in transcript.words)),
    )


def is_english(transcript: Transcript) -> bool:
    """Say whether the words are taken for English."""
    return transcript.language.lower().startswith("en")


def analyse_answer(
    question: Question,
    take: Take,
    transcript: Transcript,
    coverage: Coverage | None,
    notes: Iterable[str] = (),
) -> AnswerReport:
    """Measure one take, as by default."""
    words = measure_words(transcript, Measuring())
    judged = coverage.notes if coverage is not None and transcript.words else ()
    return AnswerReport(
        question=question,
        take=take,
        transcript=transcript,
        pacing=measure_pacing(transcript),
        fillers=words.fillers,
        coverage=coverage,
        response_latency=_latency(take, transcript),
        notes=(*remarks(transcript.notes), *words.notes, *judged, *notes),
        repetitions=words.repetitions,
        hedges=words.hedges,
        crutches=words.crutches,
        habits=words.habits,
        extremes=words.extremes,
        long_pauses=words.long_pauses,
        structure=words.structure,
        specificity=words.specificity,
    )


def measure_as(answer: AnswerReport, wanted: Measuring) -> AnswerReport:
    """Measure anew what depends on the user's wishes; what was heard and judged stays."""
    words = measure_words(answer.transcript, wanted)
    return replace(answer, measuring=wanted, fillers=words.fillers, structure=words.structure)


def measure_all_as(report: SessionReport, wanted: Measuring) -> SessionReport:
    """Measure every answer of a session as a user wants it."""
    return replace(report, answers=tuple(measure_as(answer, wanted) for answer in report.answers))


def _latency(take: Take, transcript: Transcript) -> float | None:
    if take.answer_offset is None or not transcript.speech:
        return None
    return take.answer_offset + transcript.speech[0].start
