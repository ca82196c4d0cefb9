"""Captions: an answer's words cut into lines that can be read while they are heard."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.core.clean import clean

if TYPE_CHECKING:
    from simulator.core.analysis import AnswerReport, SessionReport
    from simulator.core.speech import Transcript, Word

LONGEST_LINE = 42
LONGEST_TEXT = 2 * LONGEST_LINE
"""Characters of a caption: two lines of 42 (BBC and Netflix subtitle guidelines)."""
LONGEST_SECONDS = 7.0
"""Seconds a caption stays at most (Netflix timed text style guide)."""
BREAK_SECONDS = 0.7
"""A silence of so long ends a caption, so that it does not stay while nobody speaks."""


@dataclass(frozen=True, slots=True)
class Caption:
    """Hold one caption, in seconds."""

    start: float
    end: float
    text: str

    @property
    def lines(self) -> tuple[str, ...]:
        """Give the text in one line, or in two of about the same length."""
        gaps = [place for place, letter in enumerate(self.text) if letter == " "]
        if len(self.text) <= LONGEST_LINE or not gaps:
            return (self.text,)
        cut = min(gaps, key=lambda place: abs(2 * place - len(self.text)))
        return self.text[:cut], self.text[cut + 1 :]


def one_after_another(report: SessionReport) -> tuple[tuple[float, AnswerReport], ...]:
    """Pair each answer with its start when the answers' sounds are joined."""
    placed, offset = [], 0.0
    for answer in report.answers:
        placed.append((offset, answer))
        offset += answer.transcript.duration
    return tuple(placed)


def caption_session(report: SessionReport) -> tuple[Caption, ...]:
    """Caption all answers, their sounds joined."""
    return tuple(
        replace(caption, start=caption.start + offset, end=caption.end + offset)
        for offset, answer in one_after_another(report)
        for caption in caption_answer(answer.transcript)
    )


def caption_answer(transcript: Transcript) -> tuple[Caption, ...]:
    """Cut a transcript into captions: at sentences, at silences, before they grow too long."""
    groups: list[list[Word]] = []
    for word in transcript.words:
        if groups and _joins(groups[-1], word):
            groups[-1].append(word)
        else:
            groups.append([word])
    return tuple(Caption(g[0].start, max(g[-1].end, g[0].start), _text(g)) for g in groups)


def _joins(group: list[Word], word: Word) -> bool:
    last = group[-1]
    return (
        word.start - last.end < BREAK_SECONDS
        and word.end - group[0].start <= LONGEST_SECONDS
        and len(_text([*group, word])) <= LONGEST_TEXT
        and not last.text.endswith((".", "?", "!"))
    )


def _text(words: list[Word]) -> str:
    return clean(" ".join(word.text for word in words))
