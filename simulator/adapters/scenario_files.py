"""Scenario files: TOML in, a checked Scenario out, every fault named at once with its place.

A file is a pack, with questions of its own, or a sitting, which names some questions of a pack.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.adapters.safe_toml import parse_toml
from simulator.adapters.toml_advice import advise
from simulator.adapters.toml_lines import line_of
from simulator.adapters.typed_toml import Place, build, mismatches
from simulator.core.clean import clean
from simulator.core.scenario import Scenario, SittingFile
from simulator.errors import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_BYTES = 4_000_000
"""A pack of a thousand questions is smaller; what is larger is no scenario."""
IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
"""Ids become names of files."""


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
        said = f"{self.place}: {self.message}" if self.place else self.message
        return where + clean(said)  # keys and values of a file must not steer a terminal


class InvalidScenario(ScenarioError):  # noqa: N818 - reads as what it is
    """Report all faults of one scenario file."""

    def __init__(self, path: Path, faults: tuple[Fault, ...]) -> None:
        self.path, self.faults = path, faults
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        advice = "" if len(faults) == 1 else f"; `rehearse scenarios check {path}` lists them"
        super().__init__(f"{path}: {faults[0]}{more}{advice}")


def load_scenario(path: Path, folders: tuple[Path, ...] = ()) -> Scenario:
    """Read and check one scenario file; a sitting's pack lies beside it or in ``folders``.

    Raises ScenarioError when it cannot be read, InvalidScenario (one too) with all its faults.
    """
    return parse_scenario(read_text(path), path, (path.parent, *folders))


def parse_scenario(text: str, path: Path, folders: tuple[Path, ...] = ()) -> Scenario:
    """Check the text of a scenario file; ``path`` only names it. Raises ScenarioError."""
    document = _document(text, path)
    kind = SittingFile if "sitting" in document else Scenario
    _refuse(path, text, _schema(document) or mismatches(document, kind))
    value: Scenario | SittingFile = build(document, kind)
    if isinstance(value, Scenario):
        _refuse(path, text, _meaning(document))
        return value
    pack = _pack(value, path, folders)
    _refuse(path, text, _sitting(value, pack))
    return value.seat(pack)


def _document(text: str, path: Path) -> dict[str, Any]:
    try:
        return parse_toml(text)
    except RecursionError as error:
        raise InvalidScenario(path, (Fault(0, "", "nested too deeply"),)) from error
    except ValueError as error:
        # Not only TOMLDecodeError: a number of five thousand digits raises the plain one.
        advice = advise(text, str(error))
        said = f"not valid TOML: {error}" + (f": {advice}" if advice else "")
        raise InvalidScenario(path, (Fault(0, "", said),)) from error


def _refuse(path: Path, text: str, found: Iterable[tuple[Place, str]]) -> None:
    faults = tuple(_placed(text, where, said) for where, said in found)
    if faults:
        raise InvalidScenario(path, faults)


def _pack(value: SittingFile, path: Path, folders: tuple[Path, ...]) -> Scenario:
    """Find the pack of a sitting."""
    of = value.sitting.of
    candidates = [folder / f"{of}.toml" for folder in folders] if IDENTIFIER.fullmatch(of) else []
    for candidate in candidates:
        if candidate.is_file():
            text = read_text(candidate)
            document = _document(text, candidate)
            if "sitting" in document:
                raise ScenarioError(f"{path}: sitting.of: {of!r} is itself a sitting, not a pack")
            return parse_scenario(text, candidate)
    raise ScenarioError(f"{path}: sitting.of: no pack {of!r} lies beside it or ships with Rehearse")


def _sitting(value: SittingFile, pack: Scenario) -> Iterator[tuple[Place, str]]:
    """Yield what a well-formed sitting cannot mean."""
    yield from _identifier(value.id, ("id",))
    if not value.title.strip():
        yield ("title",), "is empty"
    if not value.sitting.questions:
        yield ("sitting", "questions"), "is empty"
    known = {question.id for question in pack.questions}
    counts = Counter(value.sitting.questions)
    for index, wanted in enumerate(value.sitting.questions):
        if wanted not in known:
            yield ("sitting", "questions", index), f"{pack.id} has no question {wanted!r}"
        elif counts[wanted] > 1:
            yield ("sitting", "questions", index), f"question {wanted!r} appears twice"


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


def _placed(text: str, where: Place, message: str) -> Fault:
    place = ""
    for part in where:
        place += f"[{part}]" if isinstance(part, int) else f".{part}" if place else part
    return Fault(line_of(text, where), place, message)


def _schema(document: dict[str, Any]) -> tuple[tuple[Place, str], ...]:
    found = document.get("schema")
    if found is None:
        return (((), "the first line must be `schema = 1`"),)
    if found != 1 or isinstance(found, bool):
        return ((("schema",), f"this version reads schema 1, found {found!r}: update Rehearse"),)
    return ()


def _meaning(document: dict[str, Any]) -> Iterator[tuple[Place, str]]:
    """Yield what a well-formed scenario cannot mean."""
    yield from _identifier(document["id"], ("id",))
    yield from _empty(document, (), ("title", "questions"))
    questions = document["questions"]
    yield from _duplicates(questions, ("questions",))
    for number, question in enumerate(questions):
        where: Place = ("questions", number)
        yield from _identifier(question["id"], (*where, "id"))
        yield from _empty(question, where, ("prompt", "criteria"))
        yield from _seconds(question, where)
        for part in ("criteria", "red_flags"):
            yield from _duplicates(question.get(part, []), (*where, part))
            for index, item in enumerate(question.get(part, [])):
                yield from _identifier(item["id"], (*where, part, index, "id"))
                yield from _empty(item, (*where, part, index), ("name", "evidence"))
                yield from _weight(item, (*where, part, index))


def _identifier(value: str, where: Place) -> Iterator[tuple[Place, str]]:
    if not value.strip():
        yield where, "is empty"
    elif not IDENTIFIER.fullmatch(value):
        yield where, f"must be 1-60 letters, digits, - or _, found {value!r:.60}"


def _empty(
    table: dict[str, Any], where: Place, names: tuple[str, ...]
) -> Iterator[tuple[Place, str]]:
    for name in names:
        value = table[name]
        if not (value.strip() if isinstance(value, str) else value):
            yield (*where, name), "is empty"
        for index, text in enumerate(value if isinstance(value, list) else ()):
            if isinstance(text, str) and not text.strip():
                yield (*where, name, index), "is empty"


def _duplicates(tables: list[dict[str, Any]], where: Place) -> Iterator[tuple[Place, str]]:
    counts = Counter(table["id"] for table in tables)
    seen: set[str] = set()
    for index, table in enumerate(tables):
        if counts[table["id"]] > 1 and table["id"] in seen:
            yield (*where, index, "id"), f"duplicate id {table['id']!r}"
        seen.add(table["id"])


def _seconds(question: dict[str, Any], where: Place) -> Iterator[tuple[Place, str]]:
    low, high = question.get("answer_seconds", (60, 120))
    if not 0 < low <= high <= 3600:
        yield (*where, "answer_seconds"), f"must rise from above 0 to at most 3600: [{low}, {high}]"
    if not 0 <= question.get("think_seconds", 0) <= 3600:
        yield (*where, "think_seconds"), "must lie between 0 and 3600"


def _weight(item: dict[str, Any], where: Place) -> Iterator[tuple[Place, str]]:
    weight = item.get("weight", 1.0)
    if not 0 < weight <= 100:
        yield (*where, "weight"), f"must be above 0 and at most 100, found {weight}"
