"""Where scenarios are found: shipped packs, the user's own folder, or any file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from simulator.adapters.safe_toml import parse_toml
from simulator.adapters.scenario_files import (
    IDENTIFIER,
    InvalidScenario,
    load_scenario,
    read_text,
)
from simulator.adapters.typed_toml import build, mismatches
from simulator.core.scenario import Pack, Scenario
from simulator.core.style import Style
from simulator.errors import ScenarioError

STYLES = "styles.toml"
TEMPLATE = Path(__file__).with_name("scenario_template.toml")
_QUESTION = re.compile(r"^\s*\[\[\s*questions\s*\]\]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class StyleFile:
    """Hold what a file of interviewer styles says."""

    styles: tuple[Style, ...]
    schema: int = 1


@dataclass(frozen=True, slots=True)
class ScenarioLibrary:
    """Find scenarios. The user's own come first, so that a copy may replace a shipped one."""

    own: Path
    shipped: Path

    def packs(self) -> tuple[Pack, ...]:
        """Describe every pack and sitting by its head: the user's own, then those for any job."""
        found: dict[str, Pack] = {}
        for folder in (self.own, self.shipped):
            for path in sorted(folder.glob("*.toml")):
                if path.name != STYLES:
                    pack = describe(path, "own" if folder == self.own else "shipped")
                    found.setdefault(path.stem, pack)
        return tuple(sorted(found.values(), key=_rank))

    def path(self, wanted: str) -> Path:
        """Give the file that an id or a path means, also one here. Raises ScenarioError."""
        if IDENTIFIER.fullmatch(wanted):
            for folder in (self.own, self.shipped, Path()):
                if (path := folder / f"{wanted}.toml").is_file():
                    return path
        if wanted.endswith(".toml") or Path(wanted).exists() or "/" in wanted or "\\" in wanted:
            return Path(wanted)
        near = get_close_matches(wanted, [pack.id for pack in self.packs()], 1)
        hint = f"do you mean {near[0]!r}?" if near else "`rehearse scenarios` lists them"
        raise ScenarioError(f"no scenario is called {wanted!r}; {hint}")

    def load(self, wanted: str) -> Scenario:
        """Read the scenario that an id or a path means. Raises ScenarioError."""
        return load_scenario(self.path(wanted), (self.own, self.shipped))

    def check(self, path: Path) -> tuple[Scenario | None, tuple[str, ...]]:
        """Read a file and list all its faults; no scenario when there is one."""
        try:
            return load_scenario(path, (self.own, self.shipped)), ()
        except InvalidScenario as error:
            return None, tuple(str(fault) for fault in error.faults)
        except ScenarioError as error:
            return None, (str(error).removeprefix(f"{path}: "),)

    def write_template(self, path: Path) -> None:
        """Write a commented pack to begin with. Raises ScenarioError, also when the file exists."""
        text = TEMPLATE.read_text("utf-8")
        if IDENTIFIER.fullmatch(path.stem):
            text = text.replace('id = "delivery-driver" ', f'id = "{path.stem}" ', 1)
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError as error:
            raise ScenarioError(f"{path}: is there already; choose another name") from error
        except OSError as error:
            raise ScenarioError(f"{path}: cannot be written: {error.strerror}") from error

    def styles(self) -> tuple[Style, ...]:
        """Read the interviewer's styles, the user's own first. Raises ScenarioError."""
        found: dict[str, Style] = {}
        for folder in (self.own, self.shipped):
            if (path := folder / STYLES).is_file():
                for style in load_styles(path):
                    found.setdefault(style.id, style)
        return tuple(found.values())


def describe(path: Path, origin: Literal["own", "shipped"]) -> Pack:
    """Read the head of a scenario file: what stands before its first question."""
    try:
        text = read_text(path)
        questions = len(_QUESTION.findall(text))
        first = _QUESTION.search(text)
        head = parse_toml(text[: first.start()] if first else text)
    except (ScenarioError, ValueError, RecursionError) as error:
        return Pack(path.stem, str(path), origin, fault=str(error))
    sitting = head.get("sitting")
    if isinstance(sitting, dict) and isinstance(sitting.get("questions"), list):
        questions = len(sitting["questions"])
    return Pack(
        id=path.stem,
        path=str(path),
        origin=origin,
        title=_text(head, "title"),
        role=_text(head, "role"),
        function=_text(head, "function"),
        themes=tuple(str(theme) for theme in _list(head, "themes")),
        questions=questions,
        sitting_of=_text(sitting, "of") if isinstance(sitting, dict) else "",
        fault="" if questions else "holds no question",
    )


def load_styles(path: Path) -> tuple[Style, ...]:
    """Read a file of interviewer styles. Raises ScenarioError."""
    try:
        document = parse_toml(read_text(path))
    except (ValueError, RecursionError) as error:
        raise ScenarioError(f"{path}: not valid TOML: {error}") from error
    for where, said in mismatches(document, StyleFile):
        place = ".".join(str(part) for part in where)
        raise ScenarioError(f"{path}: {place}: {said}")
    file: StyleFile = build(document, StyleFile)
    for style in file.styles:
        _try_lines(path, style)
    return file.styles


def _rank(pack: Pack) -> tuple[bool, bool, str]:
    return pack.origin == "shipped", pack.role not in {"", "Any job"}, pack.id


def _try_lines(path: Path, style: Style) -> None:
    """Fill every line once, so that a wrong {placeholder} is found here, not in an interview."""
    lists = (style.introduction, style.acknowledgement, style.next, style.follow_up, style.closing)
    for line in (line for lines in lists for line in lines):
        try:
            line.format(title="", count=1)
        except (KeyError, IndexError, ValueError, AttributeError) as error:
            advice = "only {title} and {count} are filled in"
            raise ScenarioError(f"{path}: {style.id}: {line!r}: {advice}") from error


def _text(table: dict[str, Any], name: str) -> str:
    value = table.get(name)
    return value if isinstance(value, str) else ""


def _list(table: dict[str, Any], name: str) -> list[Any]:
    value = table.get(name)
    return value if isinstance(value, list) else []
