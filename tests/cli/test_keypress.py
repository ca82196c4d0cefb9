"""Keys for questions: none from before, none lost between two of them."""

import sys

import pexpect
import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")

PROGRAM = """
import time
from simulator.cli.keypress import single_keys
print("before", flush=True)
input()
with single_keys() as next_key:
    print("now", flush=True)
    print("heard", next_key(), flush=True)
    time.sleep(0.5)
    print("then", next_key(), next_key(), flush=True)
"""


@pytest.fixture
def terminal():
    opened = pexpect.spawn(sys.executable, ["-c", PROGRAM], encoding="utf-8", timeout=60)
    opened.expect("before")
    yield opened
    opened.close()


def test_keys_typed_ahead_are_kept(terminal):
    terminal.send("\n")
    terminal.expect("now")
    terminal.send("ymn")
    terminal.expect("heard y")
    terminal.expect("then m n")


def test_keys_from_before_the_question_are_forgotten(terminal):
    terminal.send("old\nx\n")  # one line is read, the other waits
    terminal.expect("now")
    terminal.send("ymn")
    terminal.expect("heard y")


def test_ctrl_c_interrupts(terminal):
    terminal.send("\n")
    terminal.expect("now")
    terminal.sendintr()
    terminal.expect("KeyboardInterrupt")
