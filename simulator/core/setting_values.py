"""Values of settings: read from a file, the environment or the command line, and written back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from simulator.errors import ConfigError

Kind = Literal["text", "whole", "number", "switch", "words", "numbers"]
Value = str | int | float | bool | tuple[str, ...] | tuple[float, ...] | None

YES, NO = ("on", "true", "yes", "1"), ("off", "false", "no", "0")


@dataclass(frozen=True, slots=True)
class Option:
    """Describe one setting."""

    key: str
    "Table and name in config.toml, like interview.style."
    kind: Kind
    about: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    count: int | None = None
    "How many numbers, for the kind numbers."
    none: str = ""
    "The word for no value, like off."
    unit: str = ""
    "What may follow the number, like d in 30d."


def read_value(option: Option, raw: object) -> Value:
    """Check a value from a file, or its text from the command line or the environment.

    Raises ConfigError, saying what was expected.
    """
    if option.none and isinstance(raw, str) and raw.strip().lower() == option.none:
        return None
    if option.kind == "text":
        return _text(raw)
    if option.kind == "switch":
        return _switch(raw)
    if option.kind == "words":
        return _words(option, raw)
    if option.kind == "numbers":
        return _numbers(option, raw)
    number = _number(option, raw)
    if option.kind == "whole" and number != int(number):
        raise ConfigError(f"must be a whole number, found {number:g}")
    return int(number) if option.kind == "whole" else number


def write_value(option: Option, value: Value) -> str | int | float | bool | list[str | float]:
    """Give a value as config.toml holds it."""
    if value is None:
        return option.none
    if isinstance(value, tuple):
        return [item if isinstance(item, str) else _plain(item) for item in value]
    if isinstance(value, float):
        return _plain(value)
    return f"{value}{option.unit}" if option.unit else value


def show_value(option: Option, value: Value) -> str:
    """Give a value as the command line takes it."""
    written = write_value(option, value)
    if isinstance(written, bool):
        return "on" if written else "off"
    if isinstance(written, list):
        return ", ".join(map(str, written))
    return str(written)


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise ConfigError(f"must be text, found {raw!r:.60}")
    if not raw.isprintable() or len(raw) > 500:
        raise ConfigError("must be one line of printable text")
    return raw.strip()


def _switch(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    word = raw.strip().lower() if isinstance(raw, str) else ""
    if word not in (*YES, *NO):
        raise ConfigError(f"must be on or off, found {raw!r:.60}")
    return word in YES


def _words(option: Option, raw: object) -> tuple[str, ...]:
    items = raw.split(",") if isinstance(raw, str) else raw
    if not isinstance(items, list):
        raise ConfigError(f"must be a list of words, found {raw!r:.60}")
    words = tuple(dict.fromkeys(word for word in map(_text, items) if word))
    for word in words if option.choices else ():
        if word not in option.choices:
            raise ConfigError(f"must be some of {', '.join(option.choices)}, found {word!r:.60}")
    return words


def _numbers(option: Option, raw: object) -> tuple[float, ...]:
    items = raw.split(",") if isinstance(raw, str) else raw
    if not isinstance(items, list) or len(items) != option.count:
        raise ConfigError(f"must be {option.count} numbers, found {raw!r:.60}")
    numbers = tuple(_number(option, item) for item in items)
    if option.count == 2 and numbers[0] >= numbers[1]:
        raise ConfigError("must be the lowest and then the highest number")
    if option.high == 1 and abs(sum(numbers) - 1) > 0.01:
        raise ConfigError(f"must add up to 1, found {sum(numbers):g}")
    return numbers


def _number(option: Option, raw: object) -> float:
    text = raw.strip().removesuffix(option.unit) if isinstance(raw, str) else raw
    expected = "must be a number"
    if option.low is not None and option.high is not None:
        expected += f" from {option.low:g} to {option.high:g}"
    if option.none:
        expected += f", or {option.none}"
    if isinstance(text, bool) or not isinstance(text, (str, int, float)):
        raise ConfigError(f"{expected}, found {raw!r:.60}")
    try:
        number = float(text)
    except (ValueError, OverflowError):
        raise ConfigError(f"{expected}, found {raw!r:.60}") from None
    low = number if option.low is None else option.low
    high = number if option.high is None else option.high
    if not low <= number <= high:  # Nor is it one that is no number (nan).
        raise ConfigError(f"{expected}, found {raw!r:.60}")
    return number


def _plain(number: float) -> float:
    return int(number) if number == int(number) else number
