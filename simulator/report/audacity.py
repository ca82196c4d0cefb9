"""Findings as Audacity labels; several answers follow each other as if their sounds were joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.core.captions import one_after_another
from simulator.core.clean import clean
from simulator.core.findings import list_findings

if TYPE_CHECKING:
    from simulator.core.analysis import SessionReport
    from simulator.core.findings import Finding


def render(report: SessionReport) -> str:
    """Write a label a finding: start, end, text, parted by tabs."""
    lines = (
        f"{offset + finding.start:.6f}\t{offset + finding.end:.6f}\t{_label(finding)}\n"
        for offset, answer in one_after_another(report)
        for finding in list_findings(answer)
    )
    return "".join(lines)


def _label(finding: Finding) -> str:
    kind = finding.kind.replace("_", " ") + ("?" if finding.certainty == "uncertain" else "")
    return f"{kind}: {clean(finding.text)}" if finding.text else kind
