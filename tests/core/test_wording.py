"""Lines that fit, and phrases as people write them."""

import pytest

from simulator.core.wording import phrase, shorten


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ten letter", "ten letter"),
        ("eleven lett", "eleven…"),
        ("unbrokenword", "unbrokenw…"),
        ("  unbrokenword", "  unbroke…"),
    ],
)
def test_a_line_is_cut_behind_a_word_where_there_is_one(text, shown):
    assert shorten(text, 10) == shown


def test_what_was_counted_in_lower_case_is_written_as_english_is():
    assert phrase("i think i'd say it is") == "I think I'd say it is"
