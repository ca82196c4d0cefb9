"""Findings as CSV: one row a finding, for spreadsheets and statistics."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from simulator.core.clean import clean
from simulator.core.findings import list_findings

if TYPE_CHECKING:
    from simulator.core.analysis import AnswerReport, SessionReport
    from simulator.core.findings import Finding

COLUMNS = (
    "session", "question", "take", "kind", "start", "end", "seconds", "text", "certainty", "quote",
)  # fmt: skip


def render(report: SessionReport) -> str:
    """Write a session's findings, in seconds from the start of each answer."""
    written = StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(COLUMNS)
    for answer in report.answers:
        for finding in list_findings(answer):
            rows.writerow(_row(report.session.id, answer, finding))
    return written.getvalue()


def _row(session: str, answer: AnswerReport, finding: Finding) -> tuple[str | int, ...]:
    return (
        _cell(session),
        _cell(answer.question.id),
        answer.take.number,
        finding.kind,
        f"{finding.start:.3f}",
        f"{finding.end:.3f}",
        f"{finding.duration:.3f}",
        _cell(finding.text),
        finding.certainty,
        _cell(finding.detail),
    )


def _cell(text: str) -> str:
    """Keep a spreadsheet from reading words as a formula."""
    text = clean(text)
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
