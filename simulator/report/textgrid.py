"""Words and findings as a Praat TextGrid (long text format), the answers' sounds joined.

Tiers: words, pauses and questions as intervals; fillers, criteria and all other findings as
points, since they may overlap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.core.captions import one_after_another
from simulator.core.clean import clean
from simulator.core.findings import list_findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulator.core.analysis import AnswerReport, SessionReport

    Interval = tuple[float, float, str]
    Placed = tuple[tuple[float, AnswerReport], ...]

LEAST = 1e-4
"""Seconds; Praat takes no interval without length."""


def render(report: SessionReport) -> str:
    """Write a session's words and findings."""
    placed = one_after_another(report)
    end = placed[-1][0] + placed[-1][1].transcript.duration if placed else 0.0
    end = max(end, LEAST)
    tiers = (
        _intervals("questions", _questions(placed), end),
        _intervals("words", _words(placed), end),
        _intervals("pauses", _pauses(placed), end),
        _points("findings", _findings(placed), end),
    )
    head = 'File type = "ooTextFile"\nObject class = "TextGrid"\n\n'
    head += f"xmin = 0\nxmax = {end:.4f}\ntiers? <exists>\nsize = {len(tiers)}\nitem []:\n"
    items = (f"    item [{number}]:\n{tier}" for number, tier in enumerate(tiers, 1))
    return head + "".join(items)


def _questions(placed: Placed) -> Iterator[Interval]:
    for offset, answer in placed:
        yield offset, offset + answer.transcript.duration, answer.question.id


def _words(placed: Placed) -> Iterator[Interval]:
    for offset, answer in placed:
        for word in answer.transcript.words:
            yield offset + word.start, offset + word.end, word.text


def _pauses(placed: Placed) -> Iterator[Interval]:
    for offset, answer in placed:
        for pause in answer.transcript.pauses:
            yield offset + pause.start, offset + pause.end, "pause"


def _findings(placed: Placed) -> list[tuple[float, str]]:
    return [
        (offset + finding.start, f"{finding.kind}: {finding.text}")
        for offset, answer in placed
        for finding in list_findings(answer)
        if finding.text
    ]


def _intervals(name: str, intervals: Iterable[Interval], end: float) -> str:
    tiled = _tile(intervals, end)
    lines = [
        f"        intervals [{number}]:\n            xmin = {start:.4f}\n"
        f"            xmax = {stop:.4f}\n            text = {_quoted(text)}\n"
        for number, (start, stop, text) in enumerate(tiled, 1)
    ]
    return _tier("IntervalTier", name, end, f"intervals: size = {len(lines)}") + "".join(lines)


def _tile(intervals: Iterable[Interval], end: float) -> list[Interval]:
    """Cut overlaps and fill gaps, so that the tier is whole."""
    tiled: list[Interval] = []
    now = 0.0
    for begins, ends, text in intervals:
        start, stop = round(max(begins, now), 4), round(min(ends, end), 4)
        if stop - start < LEAST:
            continue
        if start - now >= LEAST:
            tiled.append((now, start, ""))
        tiled.append((start, stop, text))
        now = stop
    if end - now >= LEAST:
        tiled.append((now, end, ""))
    return tiled


def _points(name: str, points: list[tuple[float, str]], end: float) -> str:
    last: dict[float, str] = {}
    for time, text in points:
        at = round(time, 4)
        last[at] = f"{last[at]}; {text}" if at in last else text
    lines = [
        f"        points [{number}]:\n            number = {time:.4f}\n"
        f"            mark = {_quoted(text)}\n"
        for number, (time, text) in enumerate(sorted(last.items()), 1)
    ]
    return _tier("TextTier", name, end, f"points: size = {len(lines)}") + "".join(lines)


def _tier(kind: str, name: str, end: float, size: str) -> str:
    return (
        f'        class = "{kind}"\n        name = "{name}"\n'
        f"        xmin = 0\n        xmax = {end:.4f}\n        {size}\n"
    )


def _quoted(text: str) -> str:
    return '"' + clean(text).replace('"', '""') + '"'
