"""From a recorded session to its report. The same way for today's answer and a replay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from simulator.core.analysis import SessionReport, analyse_answer, measure_as
from simulator.core.measuring import Measuring
from simulator.errors import JudgeError, SessionError, TranscriptionError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.core.analysis import AnswerReport
    from simulator.core.coverage import Coverage
    from simulator.core.scenario import Question
    from simulator.core.session import Session, Take
    from simulator.core.speech import Samples, Transcript
    from simulator.ports import Archive, Judge, Transcriber


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Hold what a review needs."""

    transcriber: Transcriber
    judge: Judge | None
    "None: the rubric is left out."
    progress: Callable[[str, float], None] = lambda what, share: None  # noqa: ARG005
    "Called with what is being done and the share of it, 0-1."
    heard: Mapping[str, Transcript] = field(default_factory=dict)
    "Transcripts that exist already, by the take's file name."
    judged: Mapping[str, Coverage] = field(default_factory=dict)
    "What the judge said already, by the take's file name."
    measuring: Measuring = Measuring()
    "What the user wants measured."


def review(session: Session, archive: Archive, reviewer: Reviewer) -> SessionReport:
    """Measure every answer of a session.

    An answer whose sound or transcript cannot be had is left out and named in the notes.
    """
    reports: list[AnswerReport] = []
    notes: list[str] = []
    for question, take in session.answered():
        try:
            reports.append(_review_answer(question, take, session, archive, reviewer))
        except (SessionError, TranscriptionError) as error:
            notes.append(f"{question.id}: not analysed: {error}")
    return SessionReport(session, tuple(reports), reviewer.transcriber.model, tuple(notes))


def _review_answer(
    question: Question, take: Take, session: Session, archive: Archive, reviewer: Reviewer
) -> AnswerReport:
    transcript = _heard(question, take, archive.audio(session, take), reviewer)
    if transcript.language == "en":
        # Recognisers that know only English take everything for it; the pack knows better.
        transcript = replace(transcript, language=session.scenario.language)
    coverage, notes = _judged(question, take, transcript, reviewer)
    for prompted in session.follow_ups_to(question.id) if coverage is not None else ():
        said = _heard(question, prompted, archive.audio(session, prompted), reviewer)
        more, _ = _judged(question, prompted, said, reviewer)
        if coverage is not None and more is not None:
            coverage = coverage.with_prompted(more)
    answer = analyse_answer(question, take, transcript, coverage, notes)
    return measure_as(answer, reviewer.measuring)


def _judged(
    question: Question, take: Take, transcript: Transcript, reviewer: Reviewer
) -> tuple[Coverage | None, tuple[str, ...]]:
    known = reviewer.judged.get(take.audio)
    if known is not None:
        return known, ()
    return judge_answer(question, transcript, reviewer.judge)


def _heard(
    question: Question, take: Take, blocks: Iterable[Samples], reviewer: Reviewer
) -> Transcript:
    known = reviewer.heard.get(take.audio)
    return known if known is not None else transcribe(question, take, blocks, reviewer)


def transcribe(
    question: Question, take: Take, blocks: Iterable[Samples], reviewer: Reviewer
) -> Transcript:
    """Transcribe one take and tell how far it is. Raises SessionError and TranscriptionError."""
    transcription = reviewer.transcriber.start()
    done = 0.0
    for samples in blocks:
        transcription.feed(samples)
        done += len(samples) / 16_000
        reviewer.progress(question.id, min(0.9, 0.9 * done / take.duration) if take.duration else 0)
    transcript = transcription.finish()
    reviewer.progress(question.id, 1.0)
    return transcript


def judge_answer(
    question: Question, transcript: Transcript, judge: Judge | None
) -> tuple[Coverage | None, tuple[str, ...]]:
    """Judge a transcript by a question's rubric; none, with a note, when that cannot be done."""
    if judge is None or not question.criteria:
        return None, ()
    try:
        return judge.judge(tuple(word.text for word in transcript.words), question), ()
    except JudgeError as error:
        return None, (f"the rubric was not judged: {error}",)
