"""Captions that can be read while they are heard."""

from hypothesis import given
from hypothesis import strategies as st

from simulator.core.captions import LONGEST_TEXT, Caption, caption_answer, caption_session
from simulator.testing import a_report, a_transcript, an_answer


def test_sentences_and_silences_end_a_caption():
    captions = caption_answer(a_transcript("One two. Three [0.8] four"))
    assert [caption.text for caption in captions] == ["One two.", "Three", "four"]
    assert captions[1] == Caption(0.64, 0.96, "Three")


def test_the_second_answer_begins_where_the_first_ends():
    report = a_report(an_answer("one [1]", judged=False), an_answer("two", judged=False))
    assert [caption.start for caption in caption_session(report)] == [0.0, 1.32]


@given(st.lists(st.text("abc.?", min_size=1, max_size=12), max_size=60))
def test_no_caption_is_too_long_and_no_word_is_lost(words):
    captions = caption_answer(a_transcript(" ".join(words)))
    assert all(len(caption.text) <= LONGEST_TEXT for caption in captions)
    assert " ".join(caption.text for caption in captions).split() == " ".join(words).split()


def test_a_long_caption_has_two_lines_of_about_the_same_length():
    text = "Um, last spring a customer came to my desk and she was really angry about a bill"
    assert Caption(0, 1, text).lines == (
        "Um, last spring a customer came to my desk",
        "and she was really angry about a bill",
    )
    assert Caption(0, 1, "twice what she expected.").lines == ("twice what she expected.",)
    assert Caption(0, 1, "w" * 50).lines == ("w" * 50,)
