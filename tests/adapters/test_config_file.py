"""The environment beats the file, the file beats the default, comments survive."""

import pytest

from simulator.adapters.config_file import Config
from simulator.core.settings import Preferences
from simulator.errors import ConfigError


@pytest.fixture
def path(tmp_path):
    return tmp_path / "config" / "config.toml"


def write(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


def test_without_a_file_the_defaults_hold(path):
    assert Config(path, {}).preferences() == Preferences()
    assert {entry.source for entry in Config(path, {}).entries()} == {"default"}


def test_each_value_says_where_it_came_from(path):
    write(path, '[interview]\nstyle = "brisk"\nthink = false\n')
    config = Config(path, {"REHEARSE_INTERVIEW_STYLE": "friendly", "REHEARSE_HOME": "x"})
    found = {e.option.key: (e.value, e.source, e.where) for e in config.entries()}
    assert found["interview.style"] == ("friendly", "environment", "REHEARSE_INTERVIEW_STYLE")
    assert found["interview.think"] == (False, "file", str(path))
    assert found["voice.rate"] == (0, "default", "")
    assert config.preferences().interview_style == "friendly"


def test_setting_keeps_the_users_comments_and_unsetting_leaves_no_trace(path):
    text = '# mine\n[voice]  # loud\nname = "en"  # the calm one\n'
    write(path, text)
    config = Config(path, {})
    config.set("voice.rate", "150")
    config.set("pace.speech_wpm", "110,170")
    assert path.read_text("utf-8").startswith(text + "rate = 150\n")
    assert config.preferences().pace_speech_wpm == (110.0, 170.0)
    assert config.unset("voice.rate")
    assert config.unset("pace.speech_wpm")
    assert not config.unset("pace.speech_wpm")
    assert path.read_text("utf-8").strip() == text.strip()


def test_a_refused_value_changes_nothing(path):
    write(path, "[voice]\nrate = 150\n")
    with pytest.raises(ConfigError, match=r"^voice.rate: must be a number"):
        Config(path, {}).set("voice.rate", "fast")
    assert path.read_text("utf-8") == "[voice]\nrate = 150\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[voice]\nrate = 'x'\n", r"config.toml: voice.rate: must be a number from 0 to 400"),
        ("[voice]\nrat = 1\n", "config.toml: no setting is called 'voice.rat'; do you mean"),
        ("rate = 1\n", r"config.toml: rate: belongs into a table, like \[interview\]"),
        ("[voice\n", "config.toml: not valid TOML"),
        ("[voice]\nrate = " + "9" * 5000, "config.toml: not valid TOML"),
        ("[voice]\nrate = " + "[" * 5000, "config.toml: not valid TOML"),
    ],
)
def test_a_bad_file_is_named_with_its_key(path, text, said):
    write(path, text)
    with pytest.raises(ConfigError, match=said):
        Config(path, {}).preferences()


def test_a_bad_variable_is_named(path):
    with pytest.raises(ConfigError, match="REHEARSE_VOICE_RATE: must be a number"):
        Config(path, {"REHEARSE_VOICE_RATE": "fast"}).preferences()


def test_a_file_that_is_no_text_is_one_line(path):
    path.parent.mkdir()
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="not valid TOML"):
        Config(path, {}).preferences()
