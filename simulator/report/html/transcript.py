"""The transcript: every word in its time; what was found in it can be clicked and heard."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from simulator.core.findings import list_findings
from simulator.report.html.markup import NOTHING, Html, el, join
from simulator.report.html.timeline import name, times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.core.analysis import AnswerReport
    from simulator.core.findings import Finding
    from simulator.core.speech import Word

SHOWN_PAUSE = 1.0
"""Seconds from which a pause stands in the text; a listener notices it (Jefferson 1989)."""
RANK = ("filled_pause", "discourse", "repetition", "hedge")
"""Which finding a word shows when it is part of several."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Hold a word with what it belongs to."""

    word: Word
    finding: Finding | None
    criteria: tuple[Finding, ...]
    begins: tuple[Finding, ...]
    "Criteria and red flags whose quote begins here."


def write(answer: AnswerReport, numbers: dict[str, int]) -> Html:
    """Write the transcript; ``numbers`` gives each criterion's row in the rubric by its name."""
    if not answer.transcript.words:
        return el("p", "No speech was heard.", class_="none")
    pieces = []
    findings = list_findings(answer)
    pauses = [f for f in findings if f.kind in {"pause", "long_pause"}]
    shown = [pause for pause in pauses if pause.duration >= SHOWN_PAUSE]
    for finding, group in groupby(_places(answer, findings), key=lambda place: place.finding):
        places = list(group)
        while shown and shown[0].start <= places[0].word.start:
            pieces.append(_pause(shown.pop(0)))
        pieces += _run(finding, places, shown, numbers)
    pieces += [_pause(pause) for pause in shown]
    return el("p", Html(" ".join(pieces)), class_="transcript")


def _places(answer: AnswerReport, findings: tuple[Finding, ...]) -> Iterator[_Place]:
    said = [f for f in findings if f.kind in RANK]
    said.sort(key=lambda finding: RANK.index(finding.kind), reverse=True)
    primary = {index: finding for finding in said for index in _indexes(finding)}
    judged = [f for f in findings if f.kind in {"criterion", "red_flag"}]
    for index, word in enumerate(answer.transcript.words):
        inside = tuple(finding for finding in judged if index in _indexes(finding))
        begins = tuple(finding for finding in inside if finding.first == index)
        yield _Place(word, primary.get(index), inside, begins)


def _indexes(finding: Finding) -> range:
    if finding.first is None or finding.last is None:
        return range(0)
    return range(finding.first, finding.last + 1)


def _run(
    finding: Finding | None, places: list[_Place], shown: list[Finding], numbers: dict[str, int]
) -> Iterator[Html]:
    """Write words in a row that share a finding, or have none."""
    if finding is not None:
        yield from (_badge(begun, numbers) for place in places for begun in place.begins)
        yield _button(finding, Html(" ".join(_word(place) for place in places)))
        return
    for place in places:
        while shown and shown[0].start <= place.word.start:
            yield _pause(shown.pop(0))
        yield from (_badge(begun, numbers) for begun in place.begins)
        yield _word(place)


def _word(place: _Place) -> Html:
    kinds = {kind for f in place.criteria if (kind := _underline(f))}
    return el(
        "span",
        place.word.text,
        class_=Html(" ".join(sorted(kinds))) if kinds else None,
        data_t=times(place.word.start, place.word.end),
    )


def _underline(finding: Finding) -> str:
    """Give the class of words that show something; a flag that is possible only has its mark."""
    sure = finding.certainty != "uncertain"
    if finding.kind == "red_flag":
        return "flagged" if sure else ""
    return "met" if sure else "maybe"


def _button(finding: Finding, content: Html, shown: str = "") -> Html:
    """Write a finding as a button; ``shown`` leads its name where the content says less."""
    uncertain = " uncertain" if finding.certainty == "uncertain" else ""
    return el(
        "button",
        content,
        type="button",
        class_=Html(f"found {finding.kind}{uncertain}"),
        data_t=times(finding.start, finding.end),
        title=name(finding),
        aria_label=f"{shown}: {name(finding)}" if shown else name(finding),
    )


def _pause(finding: Finding) -> Html:
    return _button(finding, join(f"{finding.duration:.1f} s"))


def _badge(finding: Finding, numbers: dict[str, int]) -> Html:
    row = numbers.get(finding.text)
    if finding.kind == "criterion" and row is None:
        return NOTHING
    shown = "⚑" if finding.kind == "red_flag" else str(row)
    return _button(finding, join(shown), shown)
