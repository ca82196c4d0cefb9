"""One answer of the terminal report: its measures as bars, its rubric with quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.core.advice.evidence import corrected, share_heard, story
from simulator.core.advice.work_on import many_from
from simulator.core.clean import clean
from simulator.core.findings import quote_times
from simulator.core.structure import PARTS
from simulator.core.wording import clock, count, moment, phrase
from simulator.report.delivery import delivery

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from simulator.core.analysis import AnswerReport
    from simulator.core.coverage import CriterionFinding, Quote
    from simulator.core.session import Session
    from simulator.report.delivery import Trait

MOST_QUOTED = 3
"""Repetitions or hedges quoted; the page marks them all."""
BAR = 20
"""Columns of a bar."""
MARKS = {"covered": ("✓", "green"), "maybe": ("~", "yellow"), "missing": ("·", "dim")}
HEARD = {"covered": "heard", "maybe": "maybe", "missing": "not heard"}


def write(console: Console, session: Session, answer: AnswerReport, number: int) -> None:
    """Write one answer."""
    console.print()
    hanging(console, f"{number}  ", clean(answer.question.prompt), style="bold", mark_style="bold")
    if not answer.transcript.words:
        line(console, "   No speech was heard.", style="yellow")
    else:
        _figures(console, answer)
    _rubric(console, session, answer)
    for note in answer.notes:
        hanging(console, "   ", f"Note: {clean(note)}", style="yellow")


def line(console: Console, text: str, *, style: str = "") -> None:
    """Write text, folded at the width."""
    from rich.text import Text

    console.print(Text(text, style=style, overflow="fold"))


def hanging(
    console: Console, mark: str, text: str, *, style: str = "", mark_style: str = ""
) -> None:
    """Write text behind a mark, its further lines indented as far as the first."""
    from rich.text import Text

    width = console.width - len(mark)
    lines = Text(text, style=style, overflow="fold").wrap(console, width)
    for place, folded in enumerate(lines):
        lead = (mark if place == 0 else " " * len(mark), mark_style)
        console.print(Text.assemble(lead, folded))


def _figures(console: Console, answer: AnswerReport) -> None:
    for label, bar, value, band in _gauges(answer):
        hanging(console, f"   {label:<9}{bar}  ", f"{value}  {band}")
    pacing = answer.pacing
    pauses = f"{count(pacing.pauses, 'pause')}, the longest {pacing.longest_pause:.1f} s"
    if pacing.long_pauses:
        pauses += f"; {pacing.long_pauses} of 2 s or more"
    if answer.shows("pauses"):
        hanging(console, "   Pauses   ", pauses if pacing.pauses else "none of 0.25 s or more")
    for label, text in _said(answer):
        hanging(console, f"   {label:<9}", text)
    parts = story(answer) if answer.shows("structure") else None
    if parts is not None:
        shares = " · ".join(f"{kind} {parts.share(kind):.0%}" for kind in PARTS)
        hanging(console, "   Story    ", shares)
    if answer.specificity is not None and answer.shows("structure"):
        hanging(console, "   Concrete ", str(answer.specificity))
    if answer.response_latency is not None:
        hanging(console, "   Start    ", f"{answer.response_latency:.1f} s after the question")


def _gauges(answer: AnswerReport) -> Iterator[tuple[str, str, str, str]]:
    pacing, (low, high) = answer.pacing, answer.question.answer_seconds
    target = f"(target {clock(low)} to {clock(high)})"
    if answer.shows("length"):
        yield "Length", bar(pacing.duration, low, high), clock(pacing.duration), target
    low_pace, high_pace = answer.measuring.speech_wpm
    words = f"{pacing.speech_rate:.0f} words/min"
    pace = bar(pacing.speech_rate, low_pace, high_pace)
    if answer.shows("pace"):
        yield "Pace", pace, words, f"(band {low_pace:.0f} to {high_pace:.0f})"
    band = answer.measuring.fillers_per_minute
    rate = answer.fillers_per_minute
    fillers = f"{rate:.1f} fillers/min"
    few = f"(few: up to {band[1]:.0f}, many: from {many_from(band):.0f})"
    if answer.shows("fillers"):
        yield "Fillers", bar(rate, *band), fillers, few


def _said(answer: AnswerReport) -> Iterator[tuple[str, str]]:
    for label, found in (("Repeats", answer.repetitions), ("Hedges", answer.hedges)):
        if found:
            more = len(found) - MOST_QUOTED
            shown = ((moment(f.start), phrase(clean(f.text))) for f in found[:MOST_QUOTED])
            quoted = ", ".join(f"{when} “{said}”" for when, said in shown)
            yield label, f"{quoted} and {more} more" if more > 0 else quoted
    for trait in delivery(answer):
        yield trait.label, _trait(trait)


def _trait(trait: Trait) -> str:
    heard = "; ".join(f"{moment(each.start)} {each.text}" for each in trait.moments)
    return "; ".join(part for part in (heard, trait.text) if part)


def bar(value: float, low: float, high: float) -> str:
    """Draw a scale from 0 to 1.6 times the band's top: the band thick, the value a diamond."""
    top = 1.6 * high or 1.0
    cells = ["━" if low <= (i + 0.5) / BAR * top <= high else "─" for i in range(BAR)]
    cells[min(BAR - 1, max(0, int(value / top * BAR)))] = "◆"
    return "".join(cells)


def _rubric(console: Console, session: Session, answer: AnswerReport) -> None:
    share = share_heard(session, answer)
    if share is None or answer.coverage is None:
        return
    filled = round(share * BAR)
    line(console, f"   Rubric   {'█' * filled}{'░' * (BAR - filled)}  {share:.0%} heard")
    for finding in answer.coverage.criteria:
        _criterion(console, session, answer, finding)
    for flag in answer.coverage.red_flags:
        if flag.status == "raised":
            style = "yellow" if flag.possible else "red"
            name = f"{'possible: ' if flag.possible else ''}{clean(flag.name)}"
            hanging(console, "   ⚑ ", name, mark_style=style, style=style)
            _quote(console, answer, flag.quote)


def _criterion(
    console: Console, session: Session, answer: AnswerReport, finding: CriterionFinding
) -> None:
    status = corrected(session, answer.question.id, finding)
    mark, style = MARKS[status]
    heard = HEARD[status]
    if status != finding.status:
        heard = f"{heard}, by your correction"
    own = {(r.question_id, r.criterion_id): r.status for r in session.ratings}
    rated = own.get((answer.question.id, finding.id))
    beside = f" — {heard}" + (f"; your own rating: {HEARD[rated]}" if rated else "")
    hanging(console, f"   {mark} ", clean(finding.name) + beside, mark_style=style)
    if status == finding.status != "missing":
        _quote(console, answer, finding.quote)
    elif finding.prompted:
        hanging(console, "     when asked: ", f"“{clean(finding.prompted)}”", style="italic")
    elif status == "missing" and finding.follow_up:
        hanging(console, "     ", f"Expect: {clean(finding.follow_up)}", style="dim")


def _quote(console: Console, answer: AnswerReport, quote: Quote | None) -> None:
    if quote is not None:
        start, _ = quote_times(answer.transcript, quote)
        hanging(console, f"     {moment(start)} ", f"“{clean(quote.text)}”", style="italic")
