"""Everything that happened in an answer, as one list of moments in order of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.core.pacing import LONG_PAUSE_SECONDS, inner_pauses
from simulator.core.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.core.analysis import AnswerReport
    from simulator.core.coverage import Quote
    from simulator.core.phrases import Phrase
    from simulator.core.repetitions import Repetition
    from simulator.core.speech import Certainty, Transcript

FindingKind = Literal[
    "pause",
    "long_pause",
    "filled_pause",
    "discourse",
    "repetition",
    "hedge",
    "criterion",
    "red_flag",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold one observable moment of an answer."""

    kind: FindingKind
    start: float
    end: float
    text: str
    "What was said; the name of the criterion or red flag; empty for a pause."
    certainty: Certainty = "heard"
    detail: str = ""
    "The quote of a criterion or red flag."
    first: int | None = None
    "Position of the first word; none for a pause."
    last: int | None = None

    @property
    def duration(self) -> float:
        """Give the length in seconds."""
        return self.end - self.start


def list_findings(answer: AnswerReport) -> tuple[Finding, ...]:
    """List every pause, filler, repetition, hedge, met criterion and red flag of an answer."""
    findings = (*_pauses(answer), *_fillers(answer), *_said(answer), *_judged(answer))
    return tuple(sorted(findings, key=lambda finding: (finding.start, finding.end, finding.kind)))


def quote_times(transcript: Transcript, quote: Quote) -> tuple[float, float]:
    """Give the first and last second of a quote, clamped to the words that there are."""
    if not transcript.words:
        return 0.0, 0.0
    top = len(transcript.words) - 1
    first, last = max(0, min(quote.first, top)), max(0, min(quote.last, top))
    start = transcript.words[first].start
    return start, max(start, transcript.words[last].end)


def _pauses(answer: AnswerReport) -> Iterator[Finding]:
    if not answer.shows("pauses"):
        return
    for pause in inner_pauses(answer.transcript):
        kind: FindingKind = "long_pause" if pause.duration >= LONG_PAUSE_SECONDS else "pause"
        yield Finding(kind, pause.start, pause.end, "")


def _fillers(answer: AnswerReport) -> Iterator[Finding]:
    for found in answer.fillers:
        yield Finding(
            found.kind, found.start, found.end, found.text, found.certainty,
            first=found.first, last=found.last,
        )  # fmt: skip


def _said(answer: AnswerReport) -> Iterator[Finding]:
    for found in answer.repetitions:
        yield _words("repetition", found)
    for hedge in answer.hedges:
        yield _words("hedge", hedge)


def _words(kind: FindingKind, found: Repetition | Phrase) -> Finding:
    text = phrase(found.text) if kind == "hedge" else found.text
    return Finding(kind, found.start, found.end, text, first=found.first, last=found.last)


def _judged(answer: AnswerReport) -> Iterator[Finding]:
    if answer.coverage is None:
        return
    for criterion in answer.coverage.criteria:
        if criterion.quote is not None and criterion.status != "missing":
            certainty: Certainty = "heard" if criterion.status == "covered" else "uncertain"
            yield _quoted(answer, "criterion", criterion.name, criterion.quote, certainty)
    for flag in answer.coverage.red_flags:
        if flag.quote is not None and flag.status == "raised":
            sure: Certainty = "uncertain" if flag.possible else "heard"
            yield _quoted(answer, "red_flag", flag.name, flag.quote, sure)


def _quoted(
    answer: AnswerReport, kind: FindingKind, name: str, quote: Quote, certainty: Certainty
) -> Finding:
    start, end = quote_times(answer.transcript, quote)
    return Finding(kind, start, end, name, certainty, quote.text, quote.first, quote.last)
