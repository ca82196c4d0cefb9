r"""A report for programs: a documented, versioned JSON document (docs/report.md).

Text is given as it was said and is not cleaned; all that could steer a terminal or end a script
element is written as ``\uXXXX``.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from simulator.core.advice import advise
from simulator.core.advice.evidence import corrected, mean_heard, share_heard, story
from simulator.core.findings import list_findings, quote_times
from simulator.core.pace_curve import pace_curve
from simulator.core.structure import PARTS

if TYPE_CHECKING:
    from simulator.core.advice import Point
    from simulator.core.analysis import AnswerReport, SessionReport
    from simulator.core.coverage import Quote

SCHEMA = 1
"""Raised when a key changes its meaning or goes; new keys don't raise it."""

_UNSAFE = re.compile(
    "[<>&\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff]"
)


def render(report: SessionReport) -> str:
    """Write a session's report as JSON, two spaces deep."""
    written = json.dumps(_report(report), ensure_ascii=False, indent=2, allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", written) + "\n"


def _report(report: SessionReport) -> dict[str, Any]:
    session, advice = report.session, advise(report)
    return {
        "schema": SCHEMA,
        "kind": "rehearse report",
        "session": session.id,
        "created": session.created,
        "scenario": {"id": session.scenario.id, "title": session.scenario.title},
        "model": report.model,
        "analyser": report.analyser,
        "weighted_coverage": _rounded(mean_heard(report)),
        "keep": [_point(point) for point in advice.keep],
        "work_on": [_point(point) for point in advice.work_on],
        "answers": [_answer(report, answer) for answer in report.answers],
        "notes": list(report.notes),
    }


def _point(point: Point) -> dict[str, Any]:
    moments = [_rounded(asdict(moment)) for moment in point.moments]
    return {
        "rule": point.rule,
        "text": point.text,
        "next_step": point.next_step,
        "moments": moments,
    }


def _answer(report: SessionReport, answer: AnswerReport) -> dict[str, Any]:
    low, high = answer.question.answer_seconds
    parts = story(answer) if answer.shows("structure") else None
    return {
        "question": {
            "id": answer.question.id,
            "prompt": answer.question.prompt,
            "kind": answer.question.kind,
            "answer_seconds": [low, high],
        },
        "take": {"number": answer.take.number, "audio": answer.take.audio},
        "pacing": _rounded(asdict(answer.pacing)),
        "fillers_per_minute": _rounded(answer.fillers_per_minute)
        if answer.shows("fillers")
        else None,
        "response_latency": _rounded(answer.response_latency),
        "story": {kind: _rounded(parts.share(kind)) for kind in PARTS} if parts else None,
        "crutches": [_rounded(asdict(phrase)) for phrase in answer.crutches],
        "habits": [asdict(habit) for habit in answer.habits],
        "tempo": _tempo(answer),
        "voice": _voice(answer),
        "specificity": asdict(answer.specificity) if answer.specificity else None,
        "pace_curve": [_rounded(asdict(point)) for point in pace_curve(answer.transcript)]
        if answer.shows("pace")
        else [],
        "findings": [_rounded(asdict(finding)) for finding in list_findings(answer)],
        "coverage": _coverage(report, answer),
        "words": [_rounded(asdict(word)) for word in answer.transcript.words],
        "notes": list(answer.notes),
    }


def _tempo(answer: AnswerReport) -> dict[str, Any] | None:
    if answer.extremes is None or not answer.shows("pace"):
        return None
    fastest, slowest = answer.extremes
    return {"fastest": _rounded(asdict(fastest)), "slowest": _rounded(asdict(slowest))}


def _voice(answer: AnswerReport) -> dict[str, Any] | None:
    voice = answer.transcript.voice
    if voice is None or not answer.shows("voice"):
        return None
    judged = {"above_noise_db": voice.above_noise_db, "monotone": voice.monotone}
    return {key: _rounded(value) for key, value in {**asdict(voice), **judged}.items()}


def _coverage(report: SessionReport, answer: AnswerReport) -> dict[str, Any] | None:
    if answer.coverage is None:
        return None
    question_id = answer.question.id
    own = {r.criterion_id: r.status for r in report.session.ratings if r.question_id == question_id}
    return {
        "weighted": _rounded(share_heard(report.session, answer)),
        "criteria": [
            {
                "id": c.id, "name": c.name, "weight": c.weight, "status": c.status,
                "corrected": corrected(report.session, question_id, c),
                "own_rating": own.get(c.id), "score": _rounded(c.score),
                "quote": _quote(answer, c.quote), "follow_up": c.follow_up,
                "prompted": c.prompted,
            }
            for c in answer.coverage.criteria
        ],
        "red_flags": [
            {
                "id": f.id, "name": f.name, "status": f.status,
                "score": _rounded(f.score), "quote": _quote(answer, f.quote),
            }
            for f in answer.coverage.red_flags
        ],
    }  # fmt: skip


def _quote(answer: AnswerReport, quote: Quote | None) -> dict[str, Any] | None:
    if quote is None:
        return None
    start, end = quote_times(answer.transcript, quote)
    return {"text": quote.text, "start": _rounded(start), "end": _rounded(end)}


def _rounded(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Round every number to the millisecond or the thousandth."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    return value
