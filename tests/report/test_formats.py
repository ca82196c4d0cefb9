"""What each format promises, whatever was said."""

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from simulator.report import FORMATS, html, render, text
from simulator.testing import a_question, a_report, an_answer
from tests.report.test_page import hostile

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
anything = st.text(st.characters(exclude_categories=()), max_size=80)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_the_terminal_report_keeps_its_width(width):
    for report in (a_report(), hostile()):
        assert max(map(cell_len, text.render(report, width).splitlines())) <= width


def test_the_plain_report_has_no_escape_and_the_coloured_one_says_the_same():
    plain, coloured = text.render(a_report()), text.render(a_report(), colour=True)
    assert "\x1b" not in plain
    stripped = re.sub("\x1b\\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in stripped.splitlines()] == plain.splitlines()


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_text_steers_no_terminal(name):
    allowed = "\t" if name == "audacity" else ""
    assert set(CONTROL.findall(render(hostile(), name))) <= set(allowed)


@given(anything)
def test_no_text_breaks_out_of_the_page(said):
    page = html.render(a_report(an_answer(question=a_question(prompt=said)), title=said))
    assert page.count("<script") == page.count("</script") == 1
    assert page.count("<h2") == page.count("</h2>")
    assert not CONTROL.findall(page.partition("<body>")[2].replace("\t", ""))


@given(anything)
def test_any_text_gives_json_that_reads_back(said):
    report = a_report(an_answer(question=a_question(prompt=said)), title=said)
    read = json.loads(render(report, "json"))
    assert read["schema"] == 1
    assert read["scenario"]["title"] == said


@given(anything)
def test_any_text_stays_text_in_markdown(said):
    report = a_report(an_answer(question=a_question(prompt=f"Why {said}?")), title="Desk")
    tokens = MarkdownIt("commonmark").enable("table").parse(render(report, "markdown"))
    headings = [t for t in tokens if t.type == "heading_open"]
    kinds = {child.type for t in tokens for child in t.children or ()}
    assert len(headings) == 5
    assert kinds <= {"text", "softbreak", "hardbreak", "em_open", "em_close", "text_special"}


def test_csv_has_a_row_a_finding_and_no_formula():
    answer = an_answer("[0.5] I let her finish um yes")
    first = replace(answer.coverage.criteria[0], name="=1+1")
    coverage = replace(answer.coverage, criteria=(first,))
    written = render(a_report(replace(answer, coverage=coverage)), "csv")
    rows = [(r["kind"], r["text"], r["start"]) for r in csv.DictReader(io.StringIO(written))]
    assert rows == [("criterion", "'=1+1", "0.500"), ("filled_pause", "um", "1.780")]


def test_json_gives_the_candidates_own_rating_beside_the_judges():
    criteria = json.loads(render(a_report(), "json"))["answers"][0]["coverage"]["criteria"]
    assert [(c["status"], c["own_rating"]) for c in criteria] == [
        ("covered", "covered"),
        ("covered", None),
        ("maybe", None),
        ("missing", "covered"),
    ]


def test_a_textgrid_tier_tiles_the_whole_time():
    grid = render(a_report(), "textgrid")
    for tier in grid.split("    item [")[2:-1]:
        bounds = re.findall(r"intervals \[\d+\]:\s+xmin = ([\d.]+)\s+xmax = ([\d.]+)", tier)
        assert bounds[0][0] == "0.0000"
        assert bounds[-1][1] == "42.2000"
        assert all(a[1] == b[0] for a, b in zip(bounds, bounds[1:], strict=False))


def test_captions_follow_each_other_and_answers_are_joined():
    moments = re.findall(r"(\d\d):(\d\d):(\d\d),(\d{3})", render(a_report(), "srt"))
    seconds = [int(h) * 3600 + int(m) * 60 + int(s) + int(ms) / 1000 for h, m, s, ms in moments]
    assert seconds == sorted(seconds)
    assert seconds[-1] == pytest.approx(35.92 + 5.78)


def test_a_session_without_speech_gives_a_report_in_every_format():
    silent = a_report(an_answer("[3]", judged=False))
    for name in FORMATS:
        assert render(silent, name) or name in {"audacity", "srt"}
    assert "No speech was heard." in text.render(silent)
