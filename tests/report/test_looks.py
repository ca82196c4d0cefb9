"""Pages look as they did when a person last looked: python -m tests.report.test_looks redraws."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from simulator.report import html
from simulator.testing import a_report
from tests.browser import Browser
from tests.pictures import difference
from tests.report.conftest import flagged, sounds

FOLDER = Path(__file__).parent / "golden"
TOLERANCE = 0.04
"""A block of text moved by a line in part of the page stays under it, a lost theme does not."""
FONTS = (1010, 1038)
"""Widths of a line in the page's two fonts where the pictures were drawn: those of Debian."""
MEASURE = """
    const pen = document.createElement("canvas").getContext("2d");
    return ["h1", ".transcript"].map(place => {
        const family = getComputedStyle(document.querySelector(place)).fontFamily;
        pen.font = `100px ${family}`;
        return Math.round(pen.measureText("The quick brown fox").width);
    });"""
LOOKS = [(width, dark) for width in (360, 768, 1440) for dark in (False, True)]


def name(width: int, dark: bool) -> Path:
    return FOLDER / f"page-{width}-{'dark' if dark else 'light'}.png"


def draw(browser: Browser, page: Path, width: int, dark: bool) -> bytes:
    browser.look(width, 2400, dark=dark)
    browser.open(page)
    return browser.picture()


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_the_page_looks_as_it_was_reviewed(browser, page, width, dark):
    kept, drawn = name(width, dark).read_bytes(), draw(browser, page, width, dark)
    fonts = tuple(browser.run(MEASURE))
    if fonts != FONTS:
        pytest.skip(f"other fonts than those of the pictures: {fonts}")
    assert difference(drawn, kept) < TOLERANCE


def test_another_theme_would_be_noticed(browser, page):
    kept = name(768, True).read_bytes()
    assert difference(draw(browser, page, 768, dark=False), kept) > TOLERANCE


def redraw() -> None:
    report = flagged(a_report())
    browser = Browser()
    try:
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "report.html"
            page.write_text(html.render(report, sounds(report)), "utf-8")
            for width, dark in LOOKS:
                name(width, dark).write_bytes(draw(browser, page, width, dark))
    finally:
        browser.close()


if __name__ == "__main__":
    redraw()
