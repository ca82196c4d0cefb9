"""Print how large a page of an hour is, how soon a browser has it ready, and how smooth it is.

    python -m benchmarks.page

Thirty answers of two minutes, without and with sound (a hum, encoded as a take would be), opened
in headless chromium three times each. Ready means: the load event, the script run, a click on a
word of the last answer marks it. Then frames are counted while the page scrolls through and while
an answer plays: the time from one to the next, and what of it the page itself worked (script,
style, layout), which says more on a busy machine.
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


def frames(browser, each, number=180):
    """Give the milliseconds between frames, and of work in each, while a script runs in each."""
    browser.cdp("Performance.enable")
    before = work(browser)
    times = browser.run_async(
        "const done = arguments[0], times = []; let last = 0;"
        f"const step = now => {{ if (last) times.push(now - last); last = now; {each};"
        f" if (times.length < {number}) requestAnimationFrame(step); else done(times); }};"
        "requestAnimationFrame(step);"
    )
    return sorted(times), (work(browser) - before) / number * 1000


def work(browser):
    """Give the seconds that the page has worked since it was opened."""
    metrics = {m["name"]: m["value"] for m in browser.cdp("Performance.getMetrics")["metrics"]}
    kinds = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")
    return sum(metrics[kind] for kind in kinds)


def told(name, found):
    times, worked = found
    late = times[int(len(times) * 0.95)]
    print(
        f"    {name:<10} a frame each {times[len(times) // 2]:.0f} ms, 95 % within {late:.0f} ms, "
        f"the longest {times[-1]:.0f} ms; {worked:.1f} ms of work in each"
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
                print(f"sound {kind:<6} {size:6.2f} MB  ready in {best:.2f} s")
                browser.run("scrollTo(0, 0)")
                told("scrolling", frames(browser, "scrollBy(0, 400)"))
        browser.run("document.querySelector('#a30 audio').play()")
        told("playing", frames(browser, ""))
    finally:
        browser.close()


if __name__ == "__main__":
    main()
