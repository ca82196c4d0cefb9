"""Every format of a fixed session stays as it was looked at."""

import pytest

from simulator.errors import ConfigError
from simulator.report import FORMATS, render
from simulator.testing import a_report
from tests.report import golden


@pytest.mark.parametrize("name", FORMATS)
def test_a_fixed_session_gives_the_same_report(name):
    assert golden.written(name) == golden.path(name).read_text("utf-8")


def test_an_unknown_format_is_refused_by_name():
    with pytest.raises(ConfigError, match="'docx'.*text, html"):
        render(a_report(), "docx")
