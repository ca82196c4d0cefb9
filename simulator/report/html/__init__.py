"""A report as one page that needs nothing but a browser: no network, no other file.

The page carries its style, its script and its sounds. A Content-Security-Policy names the hashes
of the style and the script, so that nothing else in it can run, whatever was said or written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.html import answer as answer_part
from simulator.report.html import overview
from simulator.report.html.markup import Html, el, join
from simulator.report.html.page import document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.core.analysis import SessionReport
    from simulator.core.page_sound import PageSound


def render(report: SessionReport, audio: Mapping[str, PageSound] | None = None) -> str:
    """Write a session's page; ``audio`` gives the sound of each take by its file name."""
    sounds = audio or {}
    answers = (
        answer_part.write(report, answer, number, sounds.get(answer.take.audio))
        for number, answer in enumerate(report.answers, 1)
    )
    body = join(
        overview.header(report),
        el(
            "main",
            overview.advice(report),
            overview.table(report),
            *answers,
            *(el("p", "Note: ", note, class_="note") for note in report.notes),
            id=Html("main"),
        ),
        overview.footer(report),
    )
    return document(report.session.scenario.title, body)
