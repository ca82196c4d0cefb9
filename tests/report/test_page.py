"""The page in a real browser: it can be heard, steered by keys, read by all, and trusted."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.core.findings import list_findings
from simulator.core.history import Crutch, Missed, SessionMeans, Totals, summarise
from simulator.core.side_by_side import pair_up
from simulator.report import html
from simulator.report.html.comparison import render as render_comparison
from simulator.report.html.history import render as render_history
from simulator.testing import a_question, a_report, an_answer
from tests.report.conftest import an_hour, sounds

AXE = Path(__file__).parents[2] / ".tools" / "axe-4.14.1.min.js"
AUDIO = "document.querySelector('#a1 audio')"
SLIDER = "document.querySelector('#a1 .seek')"
HOSTILE = "</script><img src=x onerror=window.hurt=1>\x1b[2J\u202egnp\u202c" + "w" * 10_000


def remember_seeks(browser):
    """Keep every place that playing jumps to: where it is later depends on the machine."""
    browser.run(
        "window.sought = [];"
        + AUDIO
        + ".addEventListener('seeked', e => window.sought.push(e.target.currentTime))"
    )


def test_a_click_on_a_filled_pause_plays_that_moment(browser, page, report):
    browser.open(page)
    wanted = [f for f in list_findings(report.answers[0]) if f.kind == "filled_pause"][1]

    remember_seeks(browser)
    browser.click("#a1 .found.filled_pause[data-t^='8.34']")

    reached = browser.wait_for("window.sought.length && window.sought")
    assert reached[0] == pytest.approx(wanted.start, abs=0.1)
    browser.wait_for(f"!{AUDIO}.paused && {AUDIO}.currentTime > {wanted.start + 0.05}")


def test_the_word_being_heard_is_marked(browser, page, report):
    browser.open(page)
    browser.click("#a1 .play")

    # The page shows the word and the place together; the sound may be further on a busy machine.
    text, moment = browser.wait_for(
        f"{SLIDER}.value > 1 && document.querySelector('#a1 .now') &&"
        f" [document.querySelector('#a1 .now').textContent, +{SLIDER}.value]"
    )
    words = report.answers[0].transcript.words
    assert text in [w.text for w in words if w.start - 0.1 <= moment <= w.end + 0.1]

    browser.click("#a1 .play")
    browser.wait_for(f"{AUDIO}.paused && Math.abs({AUDIO}.currentTime - {SLIDER}.value) < 0.02")


def test_the_playhead_moves_with_the_sound(browser, page, report):
    browser.open(page)
    browser.run(f"{AUDIO}.load()")
    browser.wait_for(f"{AUDIO}.readyState > 0")

    browser.run(f"{AUDIO}.currentTime = {report.answers[0].transcript.duration / 2}")

    x = browser.wait_for("+document.querySelector('#a1 .playhead').getAttribute('x1')")
    assert x == pytest.approx(500, abs=2)


def test_one_answer_falls_silent_when_another_plays(browser, page):
    browser.open(page)
    browser.click("#a1 .play")
    browser.wait_for(f"!{AUDIO}.paused")

    browser.click("#a2 .play")

    browser.wait_for(f"{AUDIO}.paused && !document.querySelector('#a2 audio').paused")


def test_a_click_on_the_advice_plays_its_moment(browser, page, report):
    browser.open(page)
    remember_seeks(browser)
    browser.click(".points.keep .quote")

    reached = browser.wait_for("window.sought.length && window.sought")
    assert reached[0] == pytest.approx(14.94, abs=0.1)
    browser.wait_for(f"!{AUDIO}.paused && {AUDIO}.currentTime >= 14.9")


def test_the_page_is_steered_by_keys_alone(browser, page, report):
    browser.open(page)
    browser.run("document.querySelector('#a1 .words').focus()")

    browser.press("Right", "Right", "Right")
    assert browser.run("return document.querySelector('#a1 .now').textContent") == "spring"

    browser.press("Left")
    assert browser.run("return document.querySelector('#a1 .now').textContent") == "last"

    browser.press("Enter")
    browser.wait_for(f"!{AUDIO}.paused && {AUDIO}.currentTime > 1")

    browser.press("k")
    browser.wait_for(f"{AUDIO}.paused")


def test_the_latest_of_several_places_counts_while_the_sound_is_loaded(browser, page):
    browser.open(page)
    # The sound is there, and nothing was told of it yet: keys come first on a busy machine.
    browser.run(
        "const node = document.querySelector('#a1 audio'), words = document.querySelectorAll("
        "'#a1 span[data-t]'); node.play = async () => {}; words[0].click();"
        " Object.defineProperty(node, 'readyState', { value: 1, configurable: true });"
        " words[4].click(); delete node.readyState;"
    )
    browser.wait_for(f"{AUDIO}.readyState > 0 && {AUDIO}.currentTime > 0 && !{AUDIO}.seeking")

    start = browser.run(
        "return +document.querySelectorAll('#a1 span[data-t]')[4].dataset.t.split(',')[0]"
    )
    assert browser.run(f"return {AUDIO}.currentTime") == pytest.approx(start, abs=0.02)


def test_n_and_p_step_from_finding_to_finding(browser, page):
    browser.open(page)
    browser.run("document.querySelector('#a1 .play').focus()")

    browser.press("n")
    assert browser.run("return document.activeElement.textContent") == "Um,"
    browser.press("n")
    assert browser.run("return document.activeElement.textContent") == "twice what she,"
    browser.press("p")
    assert browser.run("return document.activeElement.textContent") == "Um,"


def test_every_control_is_reached_with_tab(browser, page):
    browser.open(page)
    count = browser.run(
        "return [...document.querySelectorAll('a,button,input,select,summary,[tabindex]')]"
        ".filter(node => node.offsetParent || node.getClientRects().length).length"
    )
    browser.run(
        "window.reached = new Set(); document.body.focus();"
        "document.addEventListener('focusin', e => window.reached.add(e.target))"
    )

    browser.press(*["Tab"] * (count + 2))

    assert browser.run("return window.reached.size") == count


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_barrier(browser, page, width, dark):
    browser.look(width, dark=dark)
    assert barriers(browser, page) == []


@pytest.mark.parametrize("kind", ["history", "comparison"])
def test_axe_finds_no_barrier_on_the_other_pages(browser, report, tmp_path, kind):
    other = tmp_path / f"{kind}.html"
    if kind == "history":
        means = [
            SessionMeans(f"s{n}", f"2026-03-0{n}", 120 + n, n % 3, 0.5, 1, 60, 2)
            for n in range(1, 9)
        ]
        missed = (Missed("q", "c", "Says how it ended", 3, 4),)
        totals = Totals(tuple(means), missed, (Crutch("um", 9, 4),), (("q", 0.5),))
        other.write_text(render_history(summarise(totals)), "utf-8")
    else:
        heard = sounds(report, "none")
        pairs = pair_up(report, report)
        other.write_text(render_comparison((report, report), pairs, (heard, heard)), "utf-8")
    assert barriers(browser, other) == []


def barriers(browser, page):
    """Name what axe finds on a page, folded parts opened."""
    if not AXE.is_file():
        pytest.skip(f"{AXE.name} is not there: `make test` fetches it with npm")
    browser.open(page)
    browser.run("for (const node of document.querySelectorAll('details')) node.open = true")
    # The page's policy lets no script in; the protocol may.
    browser.cdp("Runtime.evaluate", expression=AXE.read_text("utf-8"))
    found = browser.run_async("const done = arguments[0]; axe.run().then(r => done(r.violations))")
    return [(v["id"], [node["html"][:120] for node in v["nodes"]][:3]) for v in found]


def test_no_request_leaves_the_page(browser, page):
    browser.open(page)
    browser.click("#a1 .play")
    browser.wait_for(f"{AUDIO}.currentTime > 0.2")

    messages = [json.loads(entry["message"])["message"] for entry in browser.logged("performance")]
    sent = {
        message["params"]["request"]["url"].partition(":")[0]
        for message in messages
        if message["method"] == "Network.requestWillBeSent"
    }
    assert sent <= {"file", "data", "blob", "about"}
    assert "file" in sent


def test_the_page_logs_no_error(browser, page):
    browser.open(page)
    browser.click("#a1 .play")
    browser.wait_for(f"{AUDIO}.currentTime > 0.2")
    assert browser.logged("browser") == []


def test_hostile_text_stays_text(browser, tmp_path):
    report = hostile()
    page = tmp_path / "hostile.html"
    page.write_text(html.render(report), "utf-8")

    browser.look(360)
    browser.open(page)

    assert browser.run("return window.hurt") is None
    assert (
        browser.run("return document.querySelectorAll('img, script:not(:last-child)').length") == 0
    )
    assert browser.run("return document.documentElement.scrollWidth") == 360
    assert browser.logged("browser") == []
    assert "\u202e" not in page.read_text("utf-8")


def test_a_script_that_got_in_would_not_run(browser, page, tmp_path):
    spoilt = tmp_path / "spoilt.html"
    text = page.read_text("utf-8")
    spoilt.write_text(text.replace("<main", "<script>window.hurt=1</script><main"), "utf-8")

    browser.open(spoilt)

    assert browser.run("return window.hurt") is None
    assert "Content Security Policy" in json.dumps(browser.logged("browser"))


def test_an_answer_without_sound_still_shows_where_a_moment_lies(browser, tmp_path, report):
    page = tmp_path / "silent.html"
    page.write_text(html.render(report, sounds(report, "none")), "utf-8")
    browser.open(page)

    browser.click("#a1 .found.long_pause")

    assert browser.run("return document.querySelector('#a1 .clock').textContent") == "0:10.7"
    assert browser.run("return document.querySelectorAll('audio').length") == 0


def test_linked_sound_plays_from_its_file(browser, tmp_path, report):
    import soundfile

    from simulator.core.page_sound import PageSound
    from tests.report.conftest import tone

    first = report.answers[0]
    sound = tmp_path / "answer.flac"
    soundfile.write(sound, tone(first.transcript), 16_000)
    page = tmp_path / "linked.html"
    linked = {first.take.audio: PageSound((), sound.as_uri())}
    page.write_text(html.render(report, linked), "utf-8")
    browser.open(page)

    browser.click("#a1 .play")

    browser.wait_for(f"{AUDIO}.currentTime > 0.2")


def test_an_hour_fits_in_a_megabyte_and_a_half():
    report = an_hour()
    silent = html.render(report, sounds(report, "none"))
    assert sum(answer.transcript.duration for answer in report.answers) > 3600
    assert len(silent.encode()) < 1_500_000


def hostile():
    question = replace(a_question(prompt=HOSTILE), why=HOSTILE)
    answer = an_answer(question=question)
    words = tuple(replace(word, text=HOSTILE) for word in answer.transcript.words[:20])
    transcript = replace(answer.transcript, words=words)
    criteria = tuple(
        replace(
            c, name=HOSTILE, follow_up=HOSTILE, quote=c.quote and replace(c.quote, text=HOSTILE)
        )
        for c in answer.coverage.criteria
    )
    coverage = replace(answer.coverage, criteria=criteria)
    hurt = replace(answer, transcript=transcript, coverage=coverage, notes=(HOSTILE,))
    return a_report(hurt, title=HOSTILE)
