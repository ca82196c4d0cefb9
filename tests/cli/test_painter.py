"""The terminal is drawn on by a thread of its own."""

import io
import threading

import pytest
from rich.console import Console

from simulator.cli.stage import TerminalStage
from simulator.interview.moments import Notice, Thinking
from simulator.testing import a_question

QUESTION = a_question()


class Frozen(io.StringIO):
    """A terminal that takes nothing until it is thawed."""

    def __init__(self):
        super().__init__()
        self.thawed = threading.Event()

    def write(self, text):
        assert self.thawed.wait(30)
        return super().write(text)


def test_a_frozen_screen_holds_nobody_up_and_in_the_end_shows_what_stays():
    screen = Frozen()
    stage = TerminalStage(Console(file=screen, force_terminal=True, width=80))
    for left in range(500):
        stage.show(Thinking(QUESTION, float(left)))
    stage.show(Notice("Your answer is kept"))
    assert screen.getvalue() == ""
    screen.thawed.set()
    stage.close()
    assert "Your answer is kept" in screen.getvalue()
    assert screen.getvalue().count("to think") < 5  # pictures that nobody saw are not made up for


def test_moments_that_stay_are_shown_in_order():
    screen = io.StringIO()
    stage = TerminalStage(Console(file=screen, width=80))
    for text in ("one", "two", "three"):
        stage.show(Notice(text))
    stage.close()
    assert screen.getvalue().split() == ["!", "one", "!", "two", "!", "three"]


def test_a_fault_of_the_screen_is_raised_when_the_stage_closes():
    class Gone(io.StringIO):
        def write(self, text):
            raise OSError(5, "Input/output error")

    stage = TerminalStage(Console(file=Gone(), width=80))
    stage.show(Notice("one"))
    with pytest.raises(OSError, match="Input/output error"):
        stage.close()


def test_the_painter_ends_with_the_stage():
    stage = TerminalStage(Console(file=io.StringIO(), width=80))
    stage.show(Notice("one"))
    stage.close()
    stage.close()
    assert [t for t in threading.enumerate() if t.name == "painter"] == []
