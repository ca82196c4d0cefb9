"""Fixed pages with sound, and a browser to open them in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from simulator.adapters.page_audio import page_sound
from simulator.report import html
from simulator.testing import a_report, an_answer
from tests.browser import Browser, BrowserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from simulator.core.analysis import SessionReport
    from simulator.core.page_sound import PageSound
    from simulator.core.speech import Samples, Transcript


@pytest.fixture(scope="session")
def _browser() -> Iterator[Browser]:
    """One browser a worker; skipped by name where none can be had."""
    try:
        opened = Browser()
    except BrowserError as error:
        pytest.skip(f"no browser: {error}")
    yield opened
    opened.close()


@pytest.fixture
def browser(_browser: Browser) -> Browser:
    """A browser at a laptop's size, in light, with nothing in its logs."""
    _browser.look(1200)
    _browser.logged("browser")
    _browser.logged("performance")
    return _browser


@pytest.fixture(scope="session")
def report() -> SessionReport:
    """A session with an uncertain filler and a raised flag."""
    return flagged(a_report())


@pytest.fixture(scope="session")
def page(report: SessionReport, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with sound."""
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(html.render(report, sounds(report)), "utf-8")
    return path


def sounds(report: SessionReport, kind: str = "embed") -> dict[str, PageSound]:
    return {
        answer.take.audio: _sound(answer.transcript, answer.take.audio, kind)
        for answer in report.answers
    }


def flagged(report: SessionReport) -> SessionReport:
    """Raise the first answer's red flag and make its last filler uncertain."""
    first = report.answers[0]
    quote = first.coverage.criteria[1].quote
    flag = replace(first.coverage.red_flags[0], status="raised", score=0.9, quote=quote)
    fillers = (*first.fillers[:-1], replace(first.fillers[-1], certainty="uncertain"))
    coverage = replace(first.coverage, red_flags=(flag,))
    answers = (replace(first, coverage=coverage, fillers=fillers), *report.answers[1:])
    return replace(report, answers=answers)


def an_hour() -> SessionReport:
    """Thirty answers of two minutes each."""
    from simulator.testing import STORY, a_question

    story = " ".join([STORY] * 4)
    answers = [an_answer(story, a_question(f"question-{n}")) for n in range(30)]
    return a_report(*answers)


def _sound(transcript: Transcript, name: str, kind: str) -> PageSound:
    from pathlib import Path

    return page_sound(lambda: [tone(transcript)], transcript.duration, Path(name), kind)


def tone(transcript: Transcript) -> Samples:
    """Hum where somebody speaks."""
    moments = np.arange(round(transcript.duration * 16_000)) / 16_000
    spoken = np.zeros(len(moments))
    for span in transcript.speech:
        spoken[(moments >= span.start) & (moments < span.end)] = 0.3
    loud = 0.6 + 0.4 * np.sin(2 * np.pi * 1.3 * moments)
    return (spoken * loud * np.sin(2 * np.pi * 160 * moments)).astype(np.float32)
