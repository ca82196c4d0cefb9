"""The fixed reports, and the one command that writes them anew: python -m tests.report.golden.

Read what changed (git diff) before it is kept.
"""

from __future__ import annotations

from pathlib import Path

from simulator.core.page_sound import PageSound
from simulator.report import FORMATS, html, render
from simulator.testing import a_report

FOLDER = Path(__file__).parent / "golden"
PEAKS = tuple(round(abs((n * 37) % 100 - 50) / 50, 2) for n in range(60))


def written(name: str) -> str:
    """Write the fixed session's report in one format."""
    report = a_report()
    if name != "html":
        return render(report, name)
    sounds = {answer.take.audio: PageSound(PEAKS, "") for answer in report.answers}
    page = html.render(report, sounds)
    # Style and script are tested by looking; their golden copy would only repeat them.
    head, _, rest = page.partition("<style>")
    body, _, _ = rest.partition("</style>")[2].partition("<script>")
    return head.partition("<meta http-equiv")[0] + body.replace("><", ">\n<") + "\n"


def path(name: str) -> Path:
    return FOLDER / f"report.{name}"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in FORMATS:
        path(each).write_text(written(each), "utf-8")
