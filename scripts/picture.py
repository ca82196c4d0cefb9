"""Make docs/session.svg: the picture of a real demo session that the README shows.

    python scripts/picture.py

A demo runs through the product's own code in a store of its own; what its screen showed is kept:
the first question, a moment of its answer, and the beginning of the report.
"""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import replace
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parent.parent
WIDTH, REPORT_LINES, MOMENT = 80, 58, 23.0
"""Columns, lines of the report, and the second of the answer that is shown."""


class PictureStage:
    """Print what stays on screen, and of what moves one moment of the first answer."""

    def __init__(self, console: Console) -> None:
        self.console, self.answers = console, 0

    def show(self, moment: object) -> None:
        """Print a moment of the first question."""
        from simulator.cli.stage import listening, said
        from simulator.interview.moments import Answered, Listening

        if self.answers > 0:
            return
        if isinstance(moment, Listening):
            if moment.elapsed >= MOMENT and not getattr(self, "shown", False):
                self.shown = True
                self.console.print(listening(moment))
        elif (line := said(moment)) is not None:  # type: ignore[arg-type]
            self.console.print(line)
        self.answers += isinstance(moment, Answered)

    def ask(self, question: str, choices: tuple[str, ...]) -> str:  # noqa: ARG002
        """Choose the first."""
        return choices[0]


def main() -> None:
    """Run the demo and write the picture."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["REHEARSE_HOME"] = home
        screen = Console(
            record=True, width=WIDTH, file=StringIO(), force_terminal=True, highlight=False
        )
        screen.print("$ rehearse demo --candidate middling\n", style="bold")
        report = demo(PictureStage(screen))
        for line in report.splitlines()[:REPORT_LINES]:
            screen.print(Text.from_ansi(line))
        svg = screen.export_svg(title="rehearse", unique_id="rehearse")
    # The picture must not reach for a font in the network: the reader's own will do.
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    (ROOT / "docs" / "session.svg").write_text(svg, "utf-8")


def demo(stage: PictureStage) -> str:
    """Conduct the demo and give its report as a terminal shows it."""
    from simulator import wiring
    from simulator.cli.interview import settings_of
    from simulator.interview.conduct import conduct
    from simulator.report.text import render
    from simulator.review import Reviewer, review

    scenario = wiring.library().load("taster")
    plan = replace(wiring.plan(), think=False, speak=False, silence_seconds=None)
    session = wiring.archive().create(scenario, settings_of(plan), "files")
    ear = wiring.file_ear(wiring.demo_answers(scenario, "middling"), scenario)
    keys = wiring.keyboard(terminal=False)
    outcome = conduct(wiring.room(plan, stage, keys, ear), wiring.manner(plan), session)
    reviewer = Reviewer(wiring.transcriber(), wiring.judge(), heard=dict(outcome.transcripts))
    report = review(outcome.session, wiring.archive(), reviewer)
    return render(report, width=WIDTH, colour=True)


if __name__ == "__main__":
    main()
