"""What a listener sees while a recorded answer plays: the words as they were said, and findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.core.clean import clean
from simulator.core.findings import list_findings
from simulator.core.pacing import LONG_PAUSE_SECONDS, inner_pauses

if TYPE_CHECKING:
    from simulator.core.analysis import AnswerReport

Mark = Literal["word", "filler", "uncertain", "hedge", "pause", "criterion", "red flag"]


@dataclass(frozen=True, slots=True)
class Cue:
    """Show a piece of text from a moment on."""

    at: float
    "Seconds from the start of the answer."
    text: str
    mark: Mark


def cues(answer: AnswerReport) -> tuple[Cue, ...]:
    """List what appears while an answer plays, in order of time."""
    transcript = answer.transcript
    marks = _marks(answer)
    found = [
        Cue(word.start, clean(word.text), marks.get(index, "word"))
        for index, word in enumerate(transcript.words)
    ]
    for pause in inner_pauses(transcript):
        if pause.duration >= LONG_PAUSE_SECONDS:
            found.append(Cue(pause.start, f"({pause.duration:.1f} s)", "pause"))
    for finding in list_findings(answer):
        if finding.kind == "criterion":
            found.append(Cue(finding.end, f"[✓ {clean(finding.text)}]", "criterion"))
        elif finding.kind == "red_flag":
            found.append(Cue(finding.end, f"[⚑ {clean(finding.text)}]", "red flag"))
    return tuple(sorted(found, key=lambda cue: cue.at))


def _marks(answer: AnswerReport) -> dict[int, Mark]:
    marks: dict[int, Mark] = {}
    for finding in list_findings(answer):
        if finding.first is None or finding.last is None:
            continue
        mark: Mark | None = None
        if finding.kind in {"filled_pause", "discourse", "repetition"}:
            mark = "uncertain" if finding.certainty == "uncertain" else "filler"
        elif finding.kind == "hedge":
            mark = "hedge"
        if mark is not None:
            marks |= dict.fromkeys(range(finding.first, finding.last + 1), mark)
    return marks
