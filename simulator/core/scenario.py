"""Questions and how their answers are judged: what a scenario file holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

QuestionKind = Literal["behavioural", "situational", "knowledge"]
Level = Literal["basic", "solid", "exceptional"]


@dataclass(frozen=True, slots=True)
class Criterion:
    """State one thing that a good answer shows."""

    id: str
    name: str
    evidence: tuple[str, ...]
    "Short first-person phrases, as people really say them."
    weight: float = 1.0
    follow_up: str = ""
    "What the interviewer asks when it was not heard."


@dataclass(frozen=True, slots=True)
class RedFlag:
    """State one thing that a good answer never shows."""

    id: str
    name: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """Show how an answer of one level sounds, and why it is at that level."""

    level: Level
    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Hold one question with its rubric."""

    id: str
    prompt: str
    "As it is spoken."
    kind: QuestionKind
    criteria: tuple[Criterion, ...]
    answer_seconds: tuple[int, int] = (60, 120)
    "Target length of an answer: lowest, highest."
    think_seconds: int = 0
    why: str = ""
    "What the interviewer wants to find out."
    prepare: tuple[str, ...] = ()
    competencies: tuple[str, ...] = ()
    red_flags: tuple[RedFlag, ...] = ()
    model_answers: tuple[ModelAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """Hold a pack of questions."""

    id: str
    title: str
    questions: tuple[Question, ...]
    role: str = ""
    function: str = ""
    themes: tuple[str, ...] = ()
    language: str = "en"
    schema: int = 1

    def question(self, question_id: str) -> Question:
        """Find a question by its id.

        Raises KeyError when there is none.
        """
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)


@dataclass(frozen=True, slots=True)
class Sitting:
    """Name some questions of a pack, in the order in which they are asked."""

    of: str
    "Id of the pack."
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SittingFile:
    """Hold what the file of a sitting says; what it leaves out is the pack's."""

    id: str
    title: str
    sitting: Sitting
    role: str = ""
    function: str = ""
    themes: tuple[str, ...] = ()
    language: str = ""
    schema: int = 1

    def seat(self, pack: Scenario) -> Scenario:
        """Make the scenario. Raises KeyError when the pack lacks a question."""
        return replace(
            pack,
            id=self.id,
            title=self.title,
            questions=tuple(pack.question(wanted) for wanted in self.sitting.questions),
            role=self.role or pack.role,
            function=self.function or pack.function,
            themes=self.themes or pack.themes,
            language=self.language or pack.language,
        )


@dataclass(frozen=True, slots=True)
class Pack:
    """Describe a scenario file in a list, without its questions."""

    id: str
    path: str
    origin: Literal["shipped", "own"]
    title: str = ""
    role: str = ""
    function: str = ""
    themes: tuple[str, ...] = ()
    questions: int = 0
    "How many."
    sitting_of: str = ""
    "Id of the pack that a sitting belongs to; empty for a pack."
    fault: str = ""
    "Why it cannot be used; empty when its description could be read."
