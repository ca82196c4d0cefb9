"""Foreign text is made harmless and otherwise left alone."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.core.clean import LONGEST_WORD, clean


@pytest.mark.parametrize(
    ("foreign", "shown"),
    [
        ("plain words, as said.", "plain words, as said."),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;http://x\x1b\\link", "link"),
        ("\x9b2Jgone", "gone"),
        ("two\r\nlines\tone", "two lines one"),
        ("gnp\u202e.exe", "gnp.exe"),
        ("a\u2066b\u2069c", "abc"),
        ("zero\u200bwidth", "zerowidth"),
        ("Zoë, 日本語, العربية", "Zoë, 日本語, العربية"),
        ("\ud800", "\ufffd"),
        ("a" + "\u0301" * 50, "a" + "\u0301" * 4),
        ("w" * 10_000, "w" * (LONGEST_WORD - 1) + "…"),
    ],
)
def test_text_is_cleaned(foreign, shown):
    assert clean(foreign) == shown


@given(st.text(st.characters(exclude_categories=())))
def test_nothing_that_steers_is_left(text):
    cleaned = clean(text)
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in cleaned)
    assert all(len(word) <= LONGEST_WORD for word in cleaned.split())
    assert clean(cleaned) == cleaned
