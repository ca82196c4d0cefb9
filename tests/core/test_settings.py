"""Settings take what they mean and refuse the rest, saying what was expected."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.core.setting_values import read_value, show_value, write_value
from simulator.core.settings import options
from simulator.errors import ConfigError

OPTIONS = {key: option for key, (_, option, _) in options().items()}


@pytest.mark.parametrize("key", OPTIONS)
def test_every_default_survives_being_written_and_shown(key):
    _, option, default = options()[key]
    assert read_value(option, write_value(option, default)) == default
    assert read_value(option, show_value(option, default)) == default


def test_a_field_is_called_like_its_key():
    assert {key.replace(".", "_"): key for key in OPTIONS} == {
        name: key for key, (name, _, _) in options().items()
    }


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        ("interview.silence_seconds", "off", None),
        ("interview.silence_seconds", " OFF ", None),
        ("interview.silence_seconds", 3, 3.0),
        ("interview.silence_seconds", "3.5", 3.5),
        ("interview.think", "no", False),
        ("interview.think", True, True),
        ("retention.audio", "30d", 30),
        ("retention.audio", 30, 30),
        ("retention.audio", "keep", None),
        ("fillers.add", "so to speak, at the end,,so to speak", ("so to speak", "at the end")),
        ("fillers.add", ["a", "b"], ("a", "b")),
        ("pace.speech_wpm", "110, 170", (110.0, 170.0)),
        ("structure.star_shares", [0.1, 0.1, 0.6, 0.2], (0.1, 0.1, 0.6, 0.2)),
        ("metrics.off", "voice,hedges", ("voice", "hedges")),
    ],
)
def test_what_is_understood(key, raw, value):
    assert read_value(OPTIONS[key], raw) == value


@pytest.mark.parametrize(
    ("key", "raw", "said"),
    [
        ("interview.silence_seconds", 2.9, "from 3 to 60, or off, found 2.9"),
        ("interview.silence_seconds", "nan", "from 3 to 60, or off, found 'nan'"),
        ("interview.silence_seconds", True, "must be a number"),
        ("interview.think", "perhaps", "must be on or off, found 'perhaps'"),
        ("interview.follow_ups", 1.5, "must be a whole number, found 1.5"),
        ("voice.rate", "quick", "must be a number from 0 to 400, found 'quick'"),
        ("voice.rate", 10**400, "must be a number from 0 to 400"),
        ("voice.name", 3, "must be text, found 3"),
        ("voice.name", "a\x1b[2Jb", "one line of printable text"),
        ("fillers.add", 3, "must be a list of words"),
        ("pace.speech_wpm", [100], "must be 2 numbers"),
        ("pace.speech_wpm", [170, 110], "the lowest and then the highest"),
        ("structure.star_shares", [0.5, 0.5, 0.5, 0.5], "must add up to 1, found 2"),
        ("metrics.off", ["charm"], "found 'charm'"),
        ("retention.audio", "30w", "from 1 to 36500, or keep"),
    ],
)
def test_what_is_refused(key, raw, said):
    with pytest.raises(ConfigError, match=said):
        read_value(OPTIONS[key], raw)


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.sampled_from(sorted(OPTIONS)), json_like)
def test_no_value_breaks_the_reader(key, raw):
    try:
        value = read_value(OPTIONS[key], raw)
    except ConfigError:
        return
    assert read_value(OPTIONS[key], write_value(OPTIONS[key], value)) == value
