"""Scenario files: TOML in, a checked Scenario out, every fault named at once with its place."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

from simulator.adapters.toml_lines import line_of
from simulator.core.scenario import Scenario
from simulator.errors import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_BYTES = 4_000_000
"""A pack of a thousand questions is smaller; what is larger is no scenario."""
MAX_TEXT = 20_000
"""Characters of one string; nobody speaks or reads a longer one."""

_WORDS = {str: "text", int: "a whole number", float: "a number", tuple: "a list"}
_Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Hold one fault of a scenario file."""

    line: int
    "1-based; 0 when the whole file is meant."
    place: str
    "Path inside the file, like questions[2].criteria[0].weight."
    message: str

    def __str__(self) -> str:
        """Say it in one line."""
        where = f"line {self.line}: " if self.line else ""
        return f"{where}{self.place}: {self.message}" if self.place else f"{where}{self.message}"


class InvalidScenario(ScenarioError):  # noqa: N818 - reads as what it is
    """Report all faults of one scenario file."""

    def __init__(self, path: Path, faults: tuple[Fault, ...]) -> None:
        self.path, self.faults = path, faults
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        advice = "" if len(faults) == 1 else f"; `rehearse scenarios check {path}` lists them"
        super().__init__(f"{path}: {faults[0]}{more}{advice}")


def load_scenario(path: Path) -> Scenario:
    """Read and check one scenario file.

    Raises ScenarioError when it cannot be read, InvalidScenario (one too) with all its faults.
    """
    text = read_text(path)
    return parse_scenario(text, path)


def parse_scenario(text: str, path: Path) -> Scenario:
    """Check the text of a scenario file; ``path`` only names it. Raises InvalidScenario."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidScenario(path, (Fault(0, "", f"not valid TOML: {error}"),)) from error
    except RecursionError as error:
        raise InvalidScenario(path, (Fault(0, "", "nested too deeply"),)) from error
    found = list(_schema(document) or _check(document, Scenario, ())) or list(_meaning(document))
    if found:
        raise InvalidScenario(path, tuple(_placed(text, where, said) for where, said in found))
    scenario: Scenario = _build(document, Scenario)
    return scenario


def read_text(path: Path) -> str:
    """Read a scenario file as text. Raises ScenarioError."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ScenarioError(f"{path}: larger than {MAX_BYTES // 1_000_000} MB, no scenario")
        return path.read_text("utf-8")
    except FileNotFoundError as error:
        raise ScenarioError(f"{path}: no such scenario file") from error
    except UnicodeDecodeError as error:
        raise ScenarioError(f"{path}: not UTF-8 text (byte {error.start})") from error
    except OSError as error:
        raise ScenarioError(f"{path}: cannot be read: {error.strerror}") from error


def _placed(text: str, where: _Path, message: str) -> Fault:
    place = ""
    for part in where:
        place += f"[{part}]" if isinstance(part, int) else f".{part}" if place else part
    return Fault(line_of(text, where), place, message)


def _schema(document: dict[str, Any]) -> tuple[tuple[_Path, str], ...]:
    found = document.get("schema")
    if found is None:
        return (((), "the first line must be `schema = 1`"),)
    if found != 1 or isinstance(found, bool):
        return ((("schema",), f"this version reads schema 1, found {found!r}: update Rehearse"),)
    return ()


def _check(value: Any, kind: Any, where: _Path) -> Iterator[tuple[_Path, str]]:  # noqa: ANN401 - TOML
    """Yield each way in which a TOML value differs from a type of the core."""
    if is_dataclass(kind):
        yield from _check_table(value, kind, where)
    elif get_origin(kind) is Literal:
        if value not in get_args(kind):
            yield where, f"must be one of {', '.join(get_args(kind))}, found {value!r:.60}"
    elif get_origin(kind) is tuple:
        yield from _check_list(value, get_args(kind), where)
    elif not _is(value, kind):
        yield where, f"must be {_WORDS[kind]}, found {value!r:.60}"
    elif isinstance(value, str):
        yield from ((where, said) for said in _text_faults(value))


def _check_table(value: Any, kind: Any, where: _Path) -> Iterator[tuple[_Path, str]]:  # noqa: ANN401
    if not isinstance(value, dict):
        yield where, f"must be a table, found {value!r:.60}"
        return
    hints = get_type_hints(kind)
    for name in value.keys() - hints.keys():
        yield (*where, name), f"unknown key; known are {', '.join(hints)}"
    for field in fields(kind):
        if field.name in value:
            yield from _check(value[field.name], hints[field.name], (*where, field.name))
        elif field.default is MISSING:
            yield where, f"`{field.name}` is missing"


def _check_list(value: Any, kinds: Any, where: _Path) -> Iterator[tuple[_Path, str]]:  # noqa: ANN401
    if not isinstance(value, list):
        yield where, f"must be a list, found {value!r:.60}"
    elif kinds[-1] is not Ellipsis and len(value) != len(kinds):
        yield where, f"must hold {len(kinds)} numbers, lowest and highest, found {value!r:.60}"
    else:
        for index, item in enumerate(value):
            yield from _check(item, kinds[0], (*where, index))


def _is(value: Any, kind: type) -> bool:  # noqa: ANN401
    if isinstance(value, bool):
        return False
    return isinstance(value, (int, float) if kind is float else kind)


def _text_faults(text: str) -> Iterator[str]:
    if len(text) > MAX_TEXT:
        yield f"longer than {MAX_TEXT} characters"
    if any(not char.isprintable() and char not in "\n\t" for char in text):
        yield "holds control characters"


def _meaning(document: dict[str, Any]) -> Iterator[tuple[_Path, str]]:
    """Yield what a well-formed scenario cannot mean."""
    yield from _empty(document, (), ("id", "title", "questions"))
    questions = document["questions"]
    yield from _duplicates(questions, ("questions",))
    for number, question in enumerate(questions):
        where: _Path = ("questions", number)
        yield from _empty(question, where, ("id", "prompt", "criteria"))
        yield from _seconds(question, where)
        for part in ("criteria", "red_flags"):
            yield from _duplicates(question.get(part, []), (*where, part))
            for index, item in enumerate(question.get(part, [])):
                yield from _empty(item, (*where, part, index), ("id", "name", "evidence"))
                yield from _weight(item, (*where, part, index))


def _empty(
    table: dict[str, Any], where: _Path, names: tuple[str, ...]
) -> Iterator[tuple[_Path, str]]:
    for name in names:
        value = table[name]
        if not (value.strip() if isinstance(value, str) else value):
            yield (*where, name), "is empty"
        for index, text in enumerate(value if isinstance(value, list) else ()):
            if isinstance(text, str) and not text.strip():
                yield (*where, name, index), "is empty"


def _duplicates(tables: list[dict[str, Any]], where: _Path) -> Iterator[tuple[_Path, str]]:
    counts = Counter(table["id"] for table in tables)
    seen: set[str] = set()
    for index, table in enumerate(tables):
        if counts[table["id"]] > 1 and table["id"] in seen:
            yield (*where, index, "id"), f"duplicate id {table['id']!r}"
        seen.add(table["id"])


def _seconds(question: dict[str, Any], where: _Path) -> Iterator[tuple[_Path, str]]:
    low, high = question.get("answer_seconds", (60, 120))
    if not 0 < low <= high <= 3600:
        yield (*where, "answer_seconds"), f"must rise from above 0 to at most 3600: [{low}, {high}]"
    if not 0 <= question.get("think_seconds", 0) <= 3600:
        yield (*where, "think_seconds"), "must lie between 0 and 3600"


def _weight(item: dict[str, Any], where: _Path) -> Iterator[tuple[_Path, str]]:
    weight = item.get("weight", 1.0)
    if not 0 < weight <= 100:
        yield (*where, "weight"), f"must be above 0 and at most 100, found {weight}"


def _build(value: Any, kind: Any) -> Any:  # noqa: ANN401 - checked before
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{name: _build(item, hints[name]) for name, item in value.items()})
    if get_origin(kind) is tuple:
        return tuple(map(partial(_build, kind=get_args(kind)[0]), value))
    return float(value) if kind is float else value
