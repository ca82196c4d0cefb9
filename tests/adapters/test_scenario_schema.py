"""The schema for editors is the one that the types give, and knows every key of the packs."""

import json
import tomllib

import pytest

from simulator.adapters.places import shipped
from simulator.adapters.scenario_library import STYLES
from simulator.adapters.scenario_schema import scenario_schema

FOLDER = shipped("scenarios")
FILES = [path for path in sorted(FOLDER.glob("*.toml")) if path.name != STYLES]
REGENERATE = "rehearse scenarios schema > scenarios/scenario.schema.json"


def test_the_committed_schema_is_current():
    committed = json.loads((FOLDER / "scenario.schema.json").read_text("utf-8"))
    assert committed == scenario_schema(), f"regenerate it: {REGENERATE}"


def test_fields_are_explained_and_unknown_keys_refused():
    definitions = scenario_schema()["$defs"]
    assert definitions["Criterion"]["properties"]["follow_up"]["description"].startswith("What the")
    assert not any(table["additionalProperties"] for table in definitions.values())
    assert definitions["Question"]["required"] == ["id", "prompt", "kind", "criteria"]
    assert definitions["Question"]["properties"]["answer_seconds"]["maxItems"] == 2


def fits(value, schema, definitions):
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    if schema.get("type") == "object":
        known = schema["properties"]
        return (
            value.keys() <= known.keys()
            and set(schema["required"]) <= value.keys()
            and all(fits(item, known[key], definitions) for key, item in value.items())
        )
    if schema.get("type") == "array":
        return all(fits(item, schema["items"], definitions) for item in value)
    if "enum" in schema:
        return value in schema["enum"]
    kinds = {"string": str, "integer": int, "number": (int, float)}
    return isinstance(value, kinds[schema["type"]])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_pack_fits_exactly_one_side_of_the_schema(path):
    schema = scenario_schema()
    document = tomllib.loads(path.read_text("utf-8"))
    sides = [fits(document, side, schema["$defs"]) for side in schema["anyOf"]]
    assert sorted(sides) == [False, True]
    assert not fits(document | {"typo": 1}, schema["anyOf"][0], schema["$defs"])
