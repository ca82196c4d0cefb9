"""What is taken for English and what is not."""

import pytest

from simulator.core.hearing.understanding import Understanding
from simulator.core.hearing.words import Heard


def understood(*chunks):
    """Hear chunks of (seconds of speech, log-probability, language)."""
    so_far = Understanding()
    for seconds, log_probability, language in chunks:
        so_far = so_far.with_speech(seconds, Heard((), log_probability, language=language))
    return so_far.language


@pytest.mark.parametrize(
    ("chunks", "language"),
    [
        ((), "en"),
        (((20, -0.2, ""),), "en"),
        (((20, -1.1, ""),), "und"),
        (((4, -1.1, ""),), "en"),  # too short to tell
        (((20, -0.2, ""), (5, -1.5, "")), "en"),  # one part that was hard to hear
        (((20, -0.3, "de"),), "de"),
        (((20, -0.3, "de"), (22, -0.3, "")), "en"),  # a quotation
        (((9, -0.3, "nl"), (20, -0.3, "de"), (5, -0.2, "")), "de"),
    ],
)
def test_only_what_is_surely_something_else_is_not_english(chunks, language):
    assert understood(*chunks) == language
