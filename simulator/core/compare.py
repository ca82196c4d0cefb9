"""Two analyses of the same recording, measure by measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.core.analysis import AnswerReport, SessionReport


def changes(before: SessionReport, after: SessionReport) -> tuple[str, ...]:
    """Say in a line each which measures differ; none when all agree."""
    lines: list[str] = []
    if before.model != after.model:
        lines.append(f"recogniser: {before.model} → {after.model}")
    if before.analyser != after.analyser:
        lines.append(f"analyser: {before.analyser} → {after.analyser}")
    old = {answer.take.audio.partition(".")[0]: answer for answer in before.answers}
    for answer in after.answers:
        known = old.get(answer.take.audio.partition(".")[0])
        if known is None:
            lines.append(f"{answer.question.id}: measured for the first time")
        else:
            lines += [f"{answer.question.id}: {line}" for line in _differences(known, answer)]
    return tuple(lines)


def _differences(before: AnswerReport, after: AnswerReport) -> Iterator[str]:
    old, new = before.transcript, after.transcript
    if [word.text for word in old.words] != [word.text for word in new.words]:
        yield f"words: {before.pacing.words} → {after.pacing.words}, not all the same"
    measures = (
        ("speech rate", before.pacing.speech_rate, after.pacing.speech_rate, "wpm"),
        (
            "articulation rate",
            before.pacing.articulation_rate,
            after.pacing.articulation_rate,
            "wpm",
        ),
        ("pauses", before.pacing.pauses, after.pacing.pauses, ""),
        ("fillers", len(before.fillers), len(after.fillers), ""),
    )
    for name, was, now, unit in measures:
        if f"{was:.0f}" != f"{now:.0f}":
            yield f"{name}: {was:.0f} → {now:.0f} {unit}".rstrip()
    yield from _coverage(before, after)


def _coverage(before: AnswerReport, after: AnswerReport) -> Iterator[str]:
    if before.coverage is None or after.coverage is None:
        if before.coverage is not after.coverage:
            yield "rubric: now judged" if before.coverage is None else "rubric: no longer judged"
        return
    was = {finding.id: finding.status for finding in before.coverage.criteria}
    for finding in after.coverage.criteria:
        status = was.get(finding.id)
        if status not in {None, finding.status}:
            yield f"{finding.name}: {status} → {finding.status}"
