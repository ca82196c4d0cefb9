"""Builders of fixed transcripts and reports, and ports in memory: the same every time."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from simulator.core.analysis import SessionReport, analyse_answer
from simulator.core.coverage import Coverage, CriterionFinding, FlagFinding, Quote
from simulator.core.pacing import PAUSE_SECONDS
from simulator.core.scenario import Criterion, ModelAnswer, Question, RedFlag, Scenario
from simulator.core.session import Rating, Session, Take
from simulator.core.speech import SAMPLE_RATE, Audio, Span, Transcript, Word
from simulator.errors import DeviceError, VoiceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.core.analysis import AnswerReport
    from simulator.core.coverage import Status
    from simulator.core.speech import Samples

WORD_SECONDS = 0.32
"""Length of a built word; at one a word, articulation is 187.5 words a minute."""
STORY = (
    "[0.6] Um, [0.3] last spring a customer came to my desk and she was [0.4] really angry about "
    "a bill that was twice what she, uh, [0.8] twice what she expected. [2.6] I let her finish and "
    "I told her I understood why she was upset. [0.5] I think I checked the account with her line "
    "by line [1.1] and, um, found the meter had been read wrong. [0.4] I called billing while she "
    "waited. [4.2] So, you know, we kind of sorted it out. [0.7]"
)
"""Said as a story: [seconds] is silence; um, uh, er and hmm are filled pauses."""


def a_transcript(said: str = STORY, *, uncertain: tuple[str, ...] = ()) -> Transcript:
    """Make a transcript from text: each word lasts 0.32 s, [2.5] is a silence of 2.5 s.

    Filled pauses whose bare text is in ``uncertain`` are marked so.
    """
    words: list[Word] = []
    silences: list[Span] = []
    now = 0.0
    for token in said.split():
        if token.startswith("[") and token.endswith("]"):
            silences.append(Span(round(now, 3), round(now + float(token[1:-1]), 3)))
            now = silences[-1].end
            continue
        words.append(_word(token, now, uncertain))
        now = words[-1].end
    pauses = tuple(span for span in silences if span.duration >= PAUSE_SECONDS)
    return Transcript(tuple(words), pauses, _between(pauses, now), now)


def a_question(question_id: str = "angry-customer", prompt: str = "") -> Question:
    """Make a question with four criteria, a red flag and two model answers."""
    return Question(
        id=question_id,
        prompt=prompt or "Tell me about a time when you dealt with an angry customer.",
        kind="behavioural",
        criteria=tuple(
            Criterion(
                criterion_id, name, (f"evidence of {criterion_id}",), weight, f"And {follow_up}?"
            )
            for criterion_id, name, weight, follow_up in (
                ("listens", "Lets the customer finish", 1.0, "how did you listen"),
                ("empathy", "Names the customer's feeling", 1.5, "what did you say"),
                ("solves", "Finds the cause and a way out", 1.5, "what was the cause"),
                ("result", "Says how it ended", 2.0, "how did it end"),
            )
        ),
        answer_seconds=(25, 90),
        why="Whether you can settle a conflict and keep the customer.",
        prepare=("Choose one true incident.",),
        red_flags=(RedFlag("blames", "Makes it the customer's fault", ("they never read",)),),
        model_answers=(
            ModelAnswer("basic", "I stayed calm and sorted it out.", "No detail, no result."),
            ModelAnswer("exceptional", "A woman came in whose bill had doubled.", "A true story."),
        ),
    )


def a_coverage(transcript: Transcript, question: Question) -> Coverage:
    """Judge by hand: of STORY two criteria are covered, one is maybe, the last is missing.

    What was not said is missing.
    """
    statuses: tuple[Status, ...] = ("covered", "covered", "maybe", "missing")
    quotes = (
        _quote(transcript, "I let her finish"),
        _quote(transcript, "I told her I understood why she was upset."),
        _quote(transcript, "found the meter had been read wrong."),
    )
    findings = zip(
        question.criteria, statuses, (0.91, 0.84, 0.48, 0.1), (*quotes, None), strict=True
    )
    return Coverage(
        criteria=tuple(
            CriterionFinding(
                criterion.id, criterion.name, criterion.weight,
                status if quote else "missing", score, quote, criterion.follow_up,
            )
            for criterion, status, score, quote in findings
        ),
        red_flags=tuple(FlagFinding(f.id, f.name, "clear", 0.05) for f in question.red_flags),
    )  # fmt: skip


def an_answer(
    said: str = STORY, question: Question | None = None, *, judged: bool = True
) -> AnswerReport:
    """Make the report of one answer."""
    question = question or a_question()
    transcript = a_transcript(said)
    take = Take(
        question.id, 1, f"takes/{question.id}-1.flac", "silence", transcript.duration, 0.35,
        started="2026-03-02T09:31:00+00:00",
    )  # fmt: skip
    coverage = a_coverage(transcript, question) if judged else None
    return analyse_answer(question, take, transcript, coverage)


def a_report(*answers: AnswerReport, title: str = "Customer desk") -> SessionReport:
    """Make a session's report of the answers given, or of two fixed ones."""
    if not answers:
        second = a_question("own-mistake", "Tell me about a mistake of your own.")
        said = "[0.4] I once, um, sent the wrong [0.9] parcel and I told my manager at once. [0.5]"
        answers = (an_answer(), an_answer(said, second, judged=False))
    scenario = Scenario("customer-desk", title, tuple(answer.question for answer in answers))
    session = Session(
        id="2026-03-02-0930-abcd",
        created="2026-03-02T09:30:00+00:00",
        scenario=scenario,
        takes=tuple(answer.take for answer in answers),
        finished=True,
        ratings=(
            Rating(answers[0].question.id, "listens", "covered"),
            Rating(answers[0].question.id, "result", "covered"),
        ),
    )
    return SessionReport(session, answers, model="tiny.en")


def _word(token: str, start: float, uncertain: tuple[str, ...]) -> Word:
    end = round(start + WORD_SECONDS, 3)
    bare = token.strip(".,?!").lower()
    if bare not in {"um", "uh", "er", "hmm"}:
        return Word(token, start, end)
    return Word(token, start, end, "filled_pause", "uncertain" if bare in uncertain else "heard")


def _between(pauses: tuple[Span, ...], duration: float) -> tuple[Span, ...]:
    """Give what lies between the pauses: the speech."""
    edges = [0.0, *(edge for pause in pauses for edge in (pause.start, pause.end)), duration]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return tuple(Span(start, end) for start, end in pairs if end > start)


def _quote(transcript: Transcript, text: str) -> Quote | None:
    """Find a quote among the words; none when it was not said."""
    wanted, said = text.split(), [word.text for word in transcript.words]
    for first in range(len(said) - len(wanted) + 1):
        if said[first : first + len(wanted)] == wanted:
            return Quote(text, first, first + len(wanted) - 1)
    return None


@dataclass(frozen=True, slots=True)
class ScriptedMicrophone:
    """Hear what a test says: blocks of speech or silence, then the end or a fault."""

    blocks: tuple[Samples, ...]
    fault: str = ""
    "Raised as a DeviceError after the blocks."

    @contextmanager
    def listen(self) -> Iterator[Iterator[Samples]]:
        """Give the blocks."""
        yield self._blocks()

    def _blocks(self) -> Iterator[Samples]:
        yield from self.blocks
        if self.fault:
            raise DeviceError(self.fault)


class LevelDetector:
    """Call every loud window speech: enough where the test makes the sound."""

    def feed(self, samples: Samples) -> tuple[float, ...]:
        """Give 1.0 for a block with sound, 0.0 for silence."""
        return (1.0 if abs(samples).max(initial=0.0) > 0 else 0.0,)


@dataclass(slots=True)
class ScriptedKeys:
    """Press keys at given polls: {0: "s"} presses S the first time somebody looks."""

    script: dict[int, str] = field(default_factory=dict)
    polls: int = 0

    def get(self, seconds: float) -> str | None:  # noqa: ARG002 - the port
        """Give the key of this poll; never waits. A "^C" interrupts."""
        key = self.script.get(self.polls)
        self.polls += 1
        if key == "^C":
            raise KeyboardInterrupt
        return key

    @contextmanager
    def open(self) -> Iterator[None]:
        """Do nothing."""
        yield


@dataclass(slots=True)
class MemoryStage:
    """Remember what was shown; choose what the test wants."""

    choice: str = ""
    moments: list[object] = field(default_factory=list)

    def show(self, moment: object) -> None:
        """Remember a moment."""
        self.moments.append(moment)

    def ask(self, question: str, choices: tuple[str, ...]) -> str:  # noqa: ARG002 - the port
        """Choose what was set, else the first."""
        return self.choice or choices[0]


class MemoryVoice:
    """Speak a tenth of a second of quiet noise for everything."""

    def synthesise(self, text: str) -> Audio:
        """Speak."""
        if not text.strip():
            raise VoiceError("nothing to say")
        return Audio(np.full(SAMPLE_RATE // 10, 0.1, np.float32), SAMPLE_RATE)


def a_scenario(questions: int = 2, first_id: str = "q1") -> Scenario:
    """Make a scenario of so many plain questions: q1, q2 and so on."""
    ids = [first_id, *(f"q{number}" for number in range(2, questions + 1))]
    made = tuple(a_question(question_id, f"Question {question_id}?") for question_id in ids)
    return Scenario("test", "A test", made)


@dataclass(slots=True)
class ScriptedTranscriber:
    """Hear what a test wants, one text an answer; see `a_transcript` for its form."""

    texts: list[str]
    model: str = "scripted"

    def start(self) -> ScriptedTranscriber:
        """Begin the next answer."""
        return self

    @property
    def words(self) -> tuple[Word, ...]:
        """Understand nothing before the end."""
        return ()

    def feed(self, samples: Samples) -> None:
        """Ignore the sound."""

    def finish(self) -> Transcript:
        """Give the next text."""
        return a_transcript(self.texts.pop(0))
