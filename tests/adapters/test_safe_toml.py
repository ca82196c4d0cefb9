"""TOML is parsed as ever, but for keys made to hurt."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.adapters.safe_toml import DEEPEST, parse_toml

PROSE = "I waited. Then e.g. this... and that. " * 20
LONG = {
    "bare": "a." * DEEPEST + "a = 1",
    "spaced": "a . " * DEEPEST + "a = 1",
    "quoted": '"a b".' * DEEPEST + "'c' = 1",
    "header": "[" + "a." * (DEEPEST + 1) + "a]",
    "inline": "x = { " + "a." * (DEEPEST + 1) + "a = 1 }",
}


@pytest.mark.parametrize("key", LONG.values(), ids=LONG)
def test_a_key_without_end_is_refused_with_its_line(key):
    assert tomllib.loads(key)  # the parser itself would take it
    with pytest.raises(ValueError, match=r"a key of more than 16 parts \(at line 2\)"):
        parse_toml(f"\n{key}")


@pytest.mark.parametrize(
    "text",
    [
        "a." * (DEEPEST - 1) + "a = 1",
        f'said = "{PROSE}"',
        f'said = """\n{PROSE}\n"""',
        f"said = '{'a.' * 50}'",
        f"shares = [{'0.5,' * 100}]",
        f"# {PROSE}",
    ],
    ids=["just short enough", "prose", "long prose", "dots in quotes", "numbers", "a comment"],
)
def test_everything_else_is_parsed(text):
    assert parse_toml(text) == tomllib.loads(text)


@given(st.text(alphabet="ab.\"'= \n[]{}#1,", max_size=60))
def test_it_differs_from_the_parser_in_nothing_but_long_keys(text):
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(ValueError, match=r"line|end of document|parts"):
            parse_toml(text)
    else:
        if text.count(".") < DEEPEST:
            assert parse_toml(text) == expected
