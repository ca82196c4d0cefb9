"""One answer on the page: player, timeline, transcript, figures and rubric."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simulator.core.wording import moment
from simulator.report.html import figures, plot, rubric, timeline, transcript
from simulator.report.html.markup import NOTHING, Html, el, join

if TYPE_CHECKING:
    from simulator.core.analysis import AnswerReport, SessionReport
    from simulator.core.page_sound import PageSound

SPEEDS = ("0.75", "1", "1.25", "1.5")


def write(
    report: SessionReport,
    answer: AnswerReport,
    number: int,
    sound: PageSound | None,
    name: str = "",
) -> Html:
    """Write one answer; without a sound its player only shows where a moment lies.

    ``name`` stands over it in place of the question where the question is said already.
    """
    question = answer.question
    prompt = join(el("span", str(number), class_="n"), " ", question.prompt)
    words = transcript.write(answer, rubric.numbers(answer))
    return el(
        "article",
        el("h2", name or prompt, class_="named" if name else None, id=Html(f"h{number}")),
        _player(answer, number, sound),
        _transcript(words, number),
        _section("Measures", figures.write(answer)),
        el("section", plot.pace(answer)),
        el("section", figures.story(answer)),
        rubric.write(report, answer),
        rubric.background(question),
        *(el("p", "Note: ", note, class_="note") for note in answer.notes),
        id=Html(f"a{number}"),
        class_="answer",
        aria_labelledby=Html(f"h{number}"),
    )


def _section(title: str, content: Html) -> Html:
    return el("section", el("h3", title), content) if content else NOTHING


def _transcript(words: Html, number: int) -> Html:
    return el(
        "section",
        el("h3", "Transcript", id=Html(f"t{number}")),
        el(
            "div",
            words,
            class_="words",
            tabindex=0,
            role="group",
            aria_labelledby=Html(f"t{number}"),
            aria_describedby="keys",
        ),
    )


def _player(answer: AnswerReport, number: int, sound: PageSound | None) -> Html:
    duration = answer.transcript.duration
    audible = sound is not None and bool(sound.source)
    return el(
        "div",
        _audio(number, sound) if sound is not None and audible else NOTHING,
        el(
            "div",
            _play(number) if audible else NOTHING,
            el("output", moment(0), class_="clock"),
            el("span", f"/ {moment(duration)}", class_="total"),
            _speed(number) if audible else el("span", "without sound", class_="total"),
            class_="controls",
        ),
        timeline.draw(answer, sound, number),
        el(
            "input",
            type="range",
            class_="seek",
            min=0,
            max=duration,
            step=0.01,
            value=0,
            aria_label=f"Position in answer {number}",
            aria_valuetext=moment(0),
        ),
        timeline.legend(answer),
        class_="player",
    )


def _audio(number: int, sound: PageSound) -> Html:
    return el(
        "audio",
        src=Html(escape(sound.source)),  # an address is not shown, and must not be shortened
        preload="none",
        controls=True,
        aria_label=f"Answer {number}",
    )


def _play(number: int) -> Html:
    return el(
        "button",
        el("span", "▶", class_="icon", aria_hidden="true"),
        type="button",
        class_="play",
        aria_label=f"Play answer {number}",
    )


def _speed(number: int) -> Html:
    options = (
        el("option", join(f"{speed}×"), value=speed, selected=speed == "1") for speed in SPEEDS
    )
    return el("select", *options, class_="speed", aria_label=f"Speed of answer {number}")
