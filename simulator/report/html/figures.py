"""An answer's measures as figures, each with its band; the story's parts as a bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.core.advice import evidence
from simulator.core.advice.work_on import many_from
from simulator.core.structure import PARTS
from simulator.core.wording import clock, count, moment
from simulator.report.delivery import delivery
from simulator.report.html.markup import NOTHING, Html, el, join
from simulator.report.html.timeline import times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.core.analysis import AnswerReport
    from simulator.report.delivery import Heard, Trait

TRAITS = {
    "Crutches": "Stock phrases",
    "Often": "Said often",
    "Tempo": "Tempo",
    "Voice": "Voice",
}
"""What the page calls each trait; it has the room."""
METRICS = {
    "Length": "length",
    "Speech rate": "pace",
    "Articulation rate": "pace",
    "Fillers": "fillers",
    "Longest pause": "pauses",
    "Start": "latency",
    "Concrete details": "structure",
}
"""The setting that each figure belongs to."""
SCALE = 200
"""Units of a gauge's width."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """Hold one measure as it is shown."""

    label: str
    value: str
    unit: str
    meaning: str
    number: float = 0.0
    band: tuple[float, float] | None = None


def write(answer: AnswerReport) -> Html:
    """Write the measures of one answer."""
    if not answer.transcript.words:
        return NOTHING
    wanted = (figure for figure in _figures(answer) if answer.shows(METRICS[figure.label]))
    figures = (_card(figure) for figure in wanted)
    traits = [_trait(trait) for trait in delivery(answer)]
    return join(
        el("dl", *figures, class_="figures"),
        el("dl", *traits, class_="traits") if traits else NOTHING,
    )


def _trait(trait: Trait) -> Html:
    moments = join(*(_heard(each) for each in trait.moments))
    name = el("dt", TRAITS[trait.label])
    return el("div", name, el("dd", moments, trait.text))


def _heard(each: Heard) -> Html:
    return join(
        el(
            "button",
            el("span", moment(each.start), class_="time"),
            f" {each.text}",
            type="button",
            class_="quote",
            data_t=times(each.start, each.end),
        ),
        " ",
    )


def _figures(answer: AnswerReport) -> Iterator[_Figure]:
    pacing, (low, high) = answer.pacing, answer.question.answer_seconds
    target = f"target {clock(low)} to {clock(high)}"
    yield _Figure("Length", clock(pacing.duration), "min", target, pacing.duration, (low, high))
    slow, fast = answer.measuring.speech_wpm
    yield _Figure(
        "Speech rate", f"{pacing.speech_rate:.0f}", "words/min",
        f"pauses included; band {slow:.0f} to {fast:.0f}", pacing.speech_rate, (slow, fast),
    )  # fmt: skip
    quiet, quick = answer.measuring.articulation_wpm
    yield _Figure(
        "Articulation rate", f"{pacing.articulation_rate:.0f}", "words/min",
        f"pauses left out; band {quiet:.0f} to {quick:.0f}",
        pacing.articulation_rate, (quiet, quick),
    )  # fmt: skip
    few = answer.measuring.fillers_per_minute
    yield _Figure(
        "Fillers", f"{answer.fillers_per_minute:.1f}", "a minute",
        f"few: up to {few[1]:.0f}; many: from {many_from(few):.0f}",
        answer.fillers_per_minute, few,
    )  # fmt: skip
    long = f"{pacing.long_pauses} of 2 s or more" if pacing.long_pauses else "none of 2 s or more"
    yield _Figure(
        "Longest pause", f"{pacing.longest_pause:.1f}", "s",
        f"{count(pacing.pauses, 'pause')}, {long}",
    )  # fmt: skip
    if answer.specificity is not None:
        concrete = answer.specificity
        found = len(concrete.numbers) + len(concrete.names) + len(concrete.actions)
        yield _Figure("Concrete details", str(found), "", str(concrete))
    if answer.response_latency is not None:
        start = "from the end of the question to the first word"
        yield _Figure("Start", f"{answer.response_latency:.1f}", "s", start)


def _card(figure: _Figure) -> Html:
    return el(
        "div",
        el("dt", figure.label),
        el("dd", el("strong", figure.value), " ", el("span", figure.unit, class_="unit")),
        el("dd", _gauge(figure), figure.meaning, class_="meaning"),
    )


def _gauge(figure: _Figure) -> Html:
    """Draw a scale from 0 to 1.6 times the band's top, the band on it, and where the value lies."""
    if figure.band is None:
        return NOTHING
    low, high = figure.band
    top = 1.6 * high or 1.0
    x = min(1.0, figure.number / top) * (SCALE - 8) + 4
    inside = "inside" if low <= figure.number <= high else "outside"
    return el(
        "svg",
        el("rect", class_="scale", x=0, y=6, width=SCALE, height=4, rx=2),
        el(
            "rect", class_="band", x=low / top * SCALE, y=4,
            width=(high - low) / top * SCALE, height=8, rx=3,
        ),
        el("circle", class_=inside, cx=x, cy=8, r=6),
        viewBox=f"0 0 {SCALE} 16",
        class_="gauge",
        aria_hidden="true",
    )  # fmt: skip


def story(answer: AnswerReport) -> Html:
    """Draw how the time went to situation, task, action and result; nothing for other answers."""
    parts = evidence.story(answer)
    if parts is None or not answer.shows("structure"):
        return NOTHING
    x, bars, names = 0.0, [], []
    for kind, usual in zip(PARTS, answer.measuring.star_shares, strict=True):
        share = parts.share(kind)
        bars.append(el("rect", class_=Html(kind), x=x, y=0, width=share * 1000, height=20))
        swatch = el("span", class_=Html(f"swatch {kind}"), aria_hidden="true")
        names.append(el("li", swatch, f"{kind.capitalize()} {share:.0%} (usual: {usual:.0%})"))
        x += share * 1000
    bar = el(
        "svg", *bars, viewBox="0 0 1000 20", preserveAspectRatio="none", class_="shares",
        aria_hidden="true",
    )  # fmt: skip
    return join(el("h3", "The story's parts"), bar, el("ul", *names, class_="legend"))
