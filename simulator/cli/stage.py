"""What the candidate sees while an interview runs: a terminal picture, or plain lines elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.panel import Panel
from rich.text import Text

from simulator.cli.keypress import single_keys
from simulator.cli.painter import Painter
from simulator.interview.moments import (
    Answered,
    Asking,
    Checked,
    Checking,
    Listening,
    Moment,
    Notice,
    Says,
    Thinking,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

WIDTH = 80
METER_FLOOR_DB, METER_CELLS = -60.0, 24
KEYS = "Enter end answer · R repeat question · T retake · P pause · S skip · Q finish"
KEYS_IN_EARNEST = "Enter end answer · R repeat question · S skip · Q finish"
THINKING_KEYS = "Enter start answering · R repeat question · S skip · Q finish"
ENDINGS = {
    "key": "answer ended",
    "silence": "answer ended after your silence",
    "time limit": "time is up",
    "end of file": "end of the recording",
    "skipped": "skipped",
    "finished early": "interview finished",
    "device lost": "the microphone was lost; the answer so far is kept",
}


def clock(seconds: float) -> str:
    """Write seconds as minutes:seconds."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def meter(level_db: float) -> Text:
    """Draw a level from -60 dBFS to full scale."""
    share = (level_db - METER_FLOOR_DB) / -METER_FLOOR_DB
    cells = max(0, min(METER_CELLS, round(share * METER_CELLS)))
    style = "red" if level_db > -1 else "green" if level_db > -45 else "yellow"
    return Text("▮" * cells, style=style) + Text("▯" * (METER_CELLS - cells), style="dim")


class TerminalStage:
    """Draw the interview on a terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._painter: Painter | None = None

    def show(self, moment: Moment) -> None:
        """Show a moment; moving ones redraw in place, the others stay on screen. Never waits."""
        self._painter = self._painter or Painter(self._console)
        moving = self._moving(moment)
        if moving is not None:
            self._painter.move(moving)
        else:
            self._painter.print(said(moment))

    def ask(self, question: str, choices: tuple[str, ...]) -> str:
        """Let the candidate choose by number."""
        self.close()
        listed = "   ".join(f"{number} {choice}" for number, choice in enumerate(choices, 1))
        with single_keys() as next_key:
            self._console.print(f"  {question}  {listed}   (press a number)", markup=False)
            while True:
                key = next_key()
                if key == "\n":
                    return choices[0]
                if key.isdigit() and 0 < int(key) <= len(choices):
                    return choices[int(key) - 1]

    def close(self) -> None:
        """Wait until all is shown, and leave the screen in order."""
        if self._painter is not None:
            painter, self._painter = self._painter, None
            painter.end()

    def _moving(self, moment: Moment) -> RenderableType | None:
        if isinstance(moment, Checking):
            return Text("  microphone  ") + meter(moment.level_db) + Text("  say a sentence", "dim")
        if isinstance(moment, Thinking):
            left = Text(f"  {clock(moment.left + 0.99)} ", "bold yellow")
            return Group(left + Text("to think"), Text(f"  {THINKING_KEYS}", "dim"))
        return listening(moment) if isinstance(moment, Listening) else None


class PlainStage:
    """Say what happens in lines, where there is no terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def show(self, moment: Moment) -> None:
        """Print what stays; leave out what moves."""
        if (line := said(moment)) is not None:
            self._console.print(line)

    def ask(self, question: str, choices: tuple[str, ...]) -> str:  # noqa: ARG002 - the port
        """Choose the last: nobody is there to try again."""
        return choices[-1]

    def close(self) -> None:
        """Do nothing."""


def listening(moment: Listening) -> RenderableType:
    """Draw the clock, the meter and what a silence will do."""
    low, high = moment.question.answer_seconds
    state = Text(" PAUSED ", "black on yellow") if moment.paused else Text(" ● REC ", "bold red")
    line = state + Text(f" {clock(moment.elapsed)}", "bold")
    line += Text(f" of {clock(low)}-{clock(high)}   ", "dim") + meter(moment.level_db)
    limit = moment.silence_limit
    if limit is not None and moment.silence >= 1.0 and not moment.paused:
        line += Text(f"  ends in {max(0.0, limit - moment.silence):.0f} s", "yellow")
    elif moment.time_limit - moment.elapsed < 15:
        line += Text(f"  {clock(moment.time_limit - moment.elapsed)} left", "yellow")
    return Group(line, Text(f" {KEYS if moment.retakes else KEYS_IN_EARNEST}", "dim"))


def said(moment: Moment) -> RenderableType | None:
    """Give what stays on screen of a moment; none for what only moves."""
    match moment:
        case Says(text):
            return Text(f"  {text}", "italic")
        case Asking():
            return _question(moment)
        case Answered(take=take):
            ending = ENDINGS.get(take.ended_by, "ended")
            return Text(f"  {ending} ({clock(take.duration)})", "dim")
        case Checked():
            return Text(f"  {sound_check_words(moment)}")
        case Notice(text):
            return Text(f"  ! {text}", "yellow")
    return None


def _question(moment: Asking) -> RenderableType:
    kind = "follow-up" if moment.follow_up else f"question {moment.number} of {moment.total}"
    return Panel(Text(moment.text, "bold"), title=kind, title_align="left", width=WIDTH)


def sound_check_words(moment: Checked) -> str:
    """Say what the sound check found, and what to do about it."""
    level = f"{moment.result.peak_db:.0f} dBFS"
    return {
        "good": f"The microphone hears you ({level}).",
        "quiet": f"You are very quiet ({level}): come nearer or raise the input level.",
        "loud": f"The sound is clipped ({level}): move back or lower the input level.",
        "no speech": f"No speech was heard ({level}): is this the right microphone?",
        "no sound": "The microphone sends no sound at all: it is muted, or this program has no "
        "permission to use it.",
    }[moment.result.verdict]
