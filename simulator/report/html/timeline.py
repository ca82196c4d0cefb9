"""The timeline of an answer: waveform, pauses, fillers and criteria over one axis of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.core.findings import list_findings
from simulator.core.wording import clock, moment
from simulator.report.html.markup import NOTHING, Html, el, join, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.core.analysis import AnswerReport
    from simulator.core.findings import Finding
    from simulator.core.page_sound import PageSound

WIDTH = 1000
"""Units of the drawing; it is stretched to the page's width."""
WAVE, LANE, GAP = 56, 12, 4
"""Heights: the waveform, a lane of marks, the gap between."""
LEAST = 4
"""Units a mark is wide at least, so that a short one can be seen and hit."""
NAMES = {
    "pause": "Pause",
    "long_pause": "Long pause",
    "filled_pause": "Filled pause",
    "discourse": "Filler phrase",
    "repetition": "Repetition",
    "hedge": "Hedge",
    "criterion": "Criterion",
    "red_flag": "Red flag",
}
LEGEND = ("long_pause", "filled_pause", "discourse", "hedge", "repetition", "criterion", "red_flag")


def draw(answer: AnswerReport, sound: PageSound | None, number_: int) -> Html:
    """Draw an answer's timeline; decorative for a screen reader, which has the transcript."""
    duration = max(answer.transcript.duration, 0.001)
    height = WAVE + 2 * (LANE + GAP)
    marks = [_mark(finding, duration) for finding in list_findings(answer)]
    svg = el(
        "svg",
        join(*_wave(answer, sound, duration)),
        join(*marks),
        el("line", class_="playhead", x1=0, x2=0, y1=0, y2=height),
        viewBox=f"0 0 {WIDTH} {height}",
        preserveAspectRatio="none",
        class_="timeline",
        aria_hidden="true",
        data_duration=duration,
        data_answer=number_,
    )
    return join(svg, _axis(duration))


def legend(answer: AnswerReport) -> Html:
    """Name the marks that this answer has."""
    there = {finding.kind for finding in list_findings(answer)}
    entries = [
        el("li", el("span", class_=Html(f"swatch {kind}"), aria_hidden="true"), NAMES[kind])
        for kind in LEGEND
        if kind in there
    ]
    return el("ul", *entries, class_="legend") if entries else NOTHING


def times(start: float, end: float) -> Html:
    """Write a stretch of time for the script."""
    return Html(f"{number(start)},{number(end)}")


def name(finding: Finding) -> str:
    """Say in words what a mark is, for a pointer resting on it and for a screen reader."""
    sure = "Possible " + NAMES[finding.kind].lower() if finding.certainty == "uncertain" else ""
    said = f" “{finding.text}”" if finding.text else f" of {finding.duration:.1f} s"
    return f"{sure or NAMES[finding.kind]}{said} at {moment(finding.start)}"


def _wave(answer: AnswerReport, sound: PageSound | None, duration: float) -> Iterator[Html]:
    if sound is not None and sound.peaks:
        yield el("path", class_="wave", d=_outline(sound.peaks))
        return
    for span in answer.transcript.speech:
        x, width = _place(span.start, span.end, duration)
        yield el("rect", class_="speech", x=x, y=WAVE * 0.3, width=width, height=WAVE * 0.4)


def _outline(peaks: tuple[float, ...]) -> Html:
    middle, step = WAVE / 2, WIDTH / len(peaks)
    strokes = (
        f"M{number((i + 0.5) * step)} {number(middle - max(0.7, peak * middle))}"
        f"v{number(2 * max(0.7, peak * middle))}"
        for i, peak in enumerate(peaks)
    )
    return Html("".join(strokes))


def _mark(finding: Finding, duration: float) -> Html:
    x, width = _place(finding.start, finding.end, duration)
    uncertain = " uncertain" if finding.certainty == "uncertain" else ""
    y, height = _lane(finding)
    return el(
        "g",
        el("title", name(finding)),
        el("rect", x=x, y=y, width=width, height=height),
        class_=Html(f"mark {finding.kind}{uncertain}"),
        data_t=times(finding.start, finding.end),
    )


def _lane(finding: Finding) -> tuple[float, float]:
    if finding.kind in {"pause", "long_pause"}:
        return 0, WAVE
    below = WAVE + GAP
    return (
        (below + LANE + GAP, LANE) if finding.kind in {"criterion", "red_flag"} else (below, LANE)
    )


def _place(start: float, end: float, duration: float) -> tuple[float, float]:
    width = max(LEAST, (end - start) / duration * WIDTH)
    return min(start / duration * WIDTH, WIDTH - width), width


def _axis(duration: float) -> Html:
    labels = (el("span", clock(duration * quarter / 4)) for quarter in range(5))
    return el("div", *labels, class_="axis", aria_hidden="true")
