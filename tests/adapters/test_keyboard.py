"""Single keys from a real terminal, made of a pair of pseudo-terminals."""

import os
import sys

import pytest

if sys.platform == "win32":
    pytest.skip("a terminal of POSIX", allow_module_level=True)

import pty
import termios

from simulator.adapters.keyboard import Keyboard, NoKeyboard


@pytest.fixture
def terminal(monkeypatch):
    """The user's end of a terminal whose other end is standard input."""
    user, program = pty.openpty()
    with os.fdopen(program, "r") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield user
    os.close(user)


def keys_of(terminal, typed):
    keyboard = Keyboard()
    with keyboard.open():
        os.write(terminal, typed)
        return [keyboard.get(0.2) for _ in range(4)]


def test_a_key_comes_without_enter(terminal):
    assert keys_of(terminal, b"rt") == ["r", "t", None, None]


@pytest.mark.parametrize("enter", [b"\r", b"\n"])
def test_enter_is_a_line_feed(terminal, enter):
    assert keys_of(terminal, enter)[0] == "\n"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("F1", b"\x1bOP"),
        ("F2", b"\x1bOQ"),
        ("up", b"\x1b[A"),
        ("F5", b"\x1b[15~"),
        ("é", b"\xc3\xa9"),
    ],
)
def test_a_key_of_several_bytes_is_none_of_ours(terminal, name, typed):
    keyboard = Keyboard()
    with keyboard.open():
        os.write(terminal, typed)
        assert keyboard.get(0.2) is None
        os.write(terminal, b"s")
        assert keyboard.get(0.2) == "s"


def test_keys_are_not_shown(terminal):
    with Keyboard().open():
        mode = termios.tcgetattr(sys.stdin)[3]
    assert not mode & (termios.ECHO | termios.ICANON)
    assert mode & termios.ISIG, "Ctrl-C still interrupts"


def test_the_terminal_is_put_back_as_it_was(terminal):
    before = termios.tcgetattr(sys.stdin)
    with pytest.raises(KeyboardInterrupt), Keyboard().open():
        raise KeyboardInterrupt
    assert termios.tcgetattr(sys.stdin) == before


def test_without_a_key_there_is_none(terminal):
    keyboard = Keyboard()
    with keyboard.open():
        assert keyboard.get(0) is None


def test_a_terminal_that_is_gone_presses_nothing(monkeypatch):
    user, program = pty.openpty()
    with os.fdopen(program, "r") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        os.close(user)
        assert Keyboard().get(0.01) is None


def test_where_there_is_no_terminal_nothing_is_pressed():
    keyboard = NoKeyboard()
    with keyboard.open():
        assert keyboard.get(0.01) is None
