"""TOML values against the types of the core: every difference named with its place."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_TEXT = 20_000
"""Characters of one string; nobody speaks or reads a longer one."""

Place = tuple[str | int, ...]
"""Path inside a file, like ("questions", 2, "criteria", 0, "weight")."""
_WORDS = {str: "text", int: "a whole number", float: "a number", tuple: "a list"}


def mismatches(value: Any, kind: Any, where: Place = ()) -> Iterator[tuple[Place, str]]:  # noqa: ANN401 - TOML
    """Yield each way in which a TOML value differs from a type, with its place."""
    if is_dataclass(kind):
        yield from _table(value, kind, where)
    elif get_origin(kind) is Literal:
        if value not in get_args(kind):
            known = get_args(kind)
            yield (
                where,
                f"must be one of {', '.join(known)}, found {value!r:.60}{_near(value, known)}",
            )
    elif get_origin(kind) is tuple:
        yield from _list(value, get_args(kind), where)
    elif not _is(value, kind):
        yield where, f"must be {_WORDS[kind]}, found {value!r:.60}"
    elif isinstance(value, str):
        yield from ((where, said) for said in _text_faults(value))


def build(value: Any, kind: Any) -> Any:  # noqa: ANN401 - checked before
    """Make a value of a type from a TOML value that has no mismatches."""
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{name: build(item, hints[name]) for name, item in value.items()})
    if get_origin(kind) is tuple:
        return tuple(map(partial(build, kind=get_args(kind)[0]), value))
    return float(value) if kind is float else value


def _table(value: Any, kind: Any, where: Place) -> Iterator[tuple[Place, str]]:  # noqa: ANN401
    if not isinstance(value, dict):
        yield where, f"must be a table, found {value!r:.60}"
        return
    hints = get_type_hints(kind)
    for name in (name for name in value if name not in hints):
        yield (*where, name), f"unknown key{_near(name, hints)}; known are {', '.join(hints)}"
    for field in fields(kind):
        if field.name in value:
            yield from mismatches(value[field.name], hints[field.name], (*where, field.name))
        elif field.default is MISSING:
            yield where, f"`{field.name}` is missing"


def _list(value: Any, kinds: Any, where: Place) -> Iterator[tuple[Place, str]]:  # noqa: ANN401
    if not isinstance(value, list):
        yield where, f"must be a list, found {value!r:.60}"
    elif kinds[-1] is not Ellipsis and len(value) != len(kinds):
        yield where, f"must hold {len(kinds)} numbers, lowest and highest, found {value!r:.60}"
    else:
        for index, item in enumerate(value):
            yield from mismatches(item, kinds[0], (*where, index))


def _near(value: Any, known: Iterable[str]) -> str:  # noqa: ANN401
    near = get_close_matches(value, known, 1) if isinstance(value, str) else []
    return f" (do you mean {near[0]}?)" if near else ""


def _is(value: Any, kind: type) -> bool:  # noqa: ANN401
    if isinstance(value, bool):
        return False
    return isinstance(value, (int, float) if kind is float else kind)


def _text_faults(text: str) -> Iterator[str]:
    if len(text) > MAX_TEXT:
        yield f"longer than {MAX_TEXT} characters"
    if any(not char.isprintable() and char not in "\n\t" for char in text):
        yield "holds control characters"
