"""A JSON Schema of scenario files for editors, generated from the types that read them."""

from __future__ import annotations

import ast
import inspect
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Literal, get_args, get_origin, get_type_hints

from simulator.adapters.scenario_files import IDENTIFIER
from simulator.core.scenario import Scenario, SittingFile

TITLE = "Question pack or sitting of Rehearse"
NAMES = {str: "string", int: "integer", float: "number"}


def scenario_schema() -> dict[str, Any]:
    """Give the schema of a scenario file."""
    definitions: dict[str, Any] = {}
    choices = [_schema_of(kind, definitions) for kind in (Scenario, SittingFile)]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": TITLE,
        "anyOf": choices,
        "$defs": dict(sorted(definitions.items())),
    }


def _schema_of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a type
    if is_dataclass(kind) and isinstance(kind, type):
        if kind.__name__ not in definitions:
            definitions[kind.__name__] = {}
            definitions[kind.__name__] = _table(kind, definitions)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    if get_origin(kind) is Literal:
        return {"enum": list(get_args(kind))}
    if get_origin(kind) is tuple:
        kinds = get_args(kind)
        items = _schema_of(kinds[0], definitions)
        if kinds[-1] is Ellipsis:
            return {"type": "array", "items": items}
        count = len(kinds)
        return {"type": "array", "items": items, "minItems": count, "maxItems": count}
    return {"type": NAMES[kind]}


def _table(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints, notes = get_type_hints(kind), _notes(kind)
    properties: dict[str, Any] = {}
    required = []
    for field in fields(kind):
        found = _schema_of(hints[field.name], definitions)
        if field.name in notes:
            found = {"description": notes[field.name], **found}
        if field.name == "id":
            found["pattern"] = f"^{IDENTIFIER.pattern}$"
        if field.default is MISSING:
            required.append(field.name)
            found |= {"minItems": 1} if found.get("type") == "array" else {}
            found |= {"minLength": 1} if found.get("type") == "string" else {}
        elif field.default not in ("", ()):
            default = field.default
            found["default"] = list(default) if isinstance(default, tuple) else default
        properties[field.name] = found
    properties.get("schema", {}).update(const=1)
    return {
        "description": (kind.__doc__ or "").partition("\n")[0],
        "type": "object",
        "properties": properties,
        "required": [*required, *(["schema"] if "schema" in properties else [])],
        "additionalProperties": False,
    }


def _notes(kind: type) -> dict[str, str]:
    """Read the texts that stand under the fields in the source."""
    body = ast.parse(inspect.getsource(kind)).body[0]
    notes: dict[str, str] = {}
    name = ""
    for node in body.body if isinstance(body, ast.ClassDef) else ():
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            name = node.target.id
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and name:
            notes[name] = str(node.value.value)
            name = ""
    return notes
