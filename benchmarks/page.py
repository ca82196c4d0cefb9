"""Print how large a page of an hour is, and how soon a browser has it ready.

    python -m benchmarks.page

Thirty answers of two minutes, without and with sound (a hum, encoded as a take would be), opened
in headless chromium three times each. Ready means: the load event, the script run, a click on a
word of the last answer marks it.
"""

import tempfile
import time
from pathlib import Path

from simulator.report import html
from tests.browser import Browser
from tests.report.conftest import an_hour, sounds

CLICK = "const w = [...document.querySelectorAll('#a30 span[data-t]')][5]; w.click();"


def ready(browser, page):
    began = time.perf_counter()
    browser.open(page)
    browser.run(CLICK)
    browser.wait_for("document.querySelector('#a30 .now')")
    return time.perf_counter() - began


def frames(browser):
    """Give the longest of the frames while the page scrolls through, in milliseconds."""
    return browser.run_async(
        "const done = arguments[0]; let last = performance.now(), worst = 0, n = 0;"
        "scrollTo(0, 0); const step = now => { worst = Math.max(worst, now - last); last = now;"
        " scrollBy(0, 400); if (++n < 120) requestAnimationFrame(step); else done(worst); };"
        "requestAnimationFrame(() => { last = performance.now(); requestAnimationFrame(step); });"
    )


def main():
    report = an_hour()
    minutes = sum(answer.transcript.duration for answer in report.answers) / 60
    print(f"{len(report.answers)} answers, {minutes:.0f} minutes")
    browser = Browser()
    browser.look(1200)
    try:
        with tempfile.TemporaryDirectory() as folder:
            for kind in ("none", "embed"):
                page = Path(folder) / f"{kind}.html"
                page.write_text(html.render(report, sounds(report, kind)), "utf-8")
                size = page.stat().st_size / 1e6
                best = min(ready(browser, page) for _ in range(3))
                print(f"sound {kind:<6} {size:6.2f} MB  ready in {best:.2f} s", end="")
                print(f"  longest frame while scrolling {frames(browser):.0f} ms")
    finally:
        browser.close()


if __name__ == "__main__":
    main()
