"""Answers are cut where a listener would cut them."""

from hypothesis import given
from hypothesis import strategies as st

from simulator.core.stretches import (
    LONGEST_STRETCH,
    WORDS_AROUND,
    Stretch,
    around,
    bare,
    marked,
    meaningful,
    stretches,
    units,
)


def said(text):
    return tuple(text.split())


def cut(text):
    return [unit.text for unit in units(tuple(text.split()))]


def test_filled_pauses_and_repetitions_carry_no_meaning():
    words = said("um i i told told the the manager you know the manager uh at once")
    assert " ".join(words[i] for i in meaningful(words)) == "i told the manager at once"


def test_a_word_said_twice_on_purpose_apart_stays():
    words = said("I rang him and then I rang her")
    assert len(meaningful(words)) == len(words)


def test_sentences_are_the_units_where_there_is_punctuation():
    text = (
        "I rang the hotel across the road. They had a room for her. I paid Mr. Keller back later."
    )
    assert cut(text) == [
        "I rang the hotel across the road.",
        "They had a room for her.",
        "I paid Mr. Keller back later.",
    ]


def test_speech_without_punctuation_is_cut_before_conjunctions():
    text = (
        "so i called the place across the road and i asked them for a double room "
        "because she was very tired and then i ordered the cab for her"
    )
    assert cut(text) == [
        "so i called the place across the road",
        "and i asked them for a double room",
        "because she was very tired and then i ordered the cab for her",
    ]


def test_a_stretch_points_at_the_words_as_they_were_said():
    words = said("um i i really told the manager about it")
    (only,) = stretches(words)
    assert (only.first, only.last) == (2, 8)
    assert only.text == "i really told the manager about it"


def test_a_stretch_is_marked_in_what_was_said_around_it():
    words = said("That was um the plan. So I I rang him. I never did")
    before, after = around(Stretch(5, 9, "So I rang him."), words, meaningful(words))
    assert marked(before, "So I rang him.", after) == (
        "That was the plan. [ So I rang him. ] I never did"
    )


def test_what_was_said_long_before_and_long_after_is_left_out():
    words = tuple(f"w{i}" for i in range(100))
    before, after = around(Stretch(50, 52, ""), words, meaningful(words))
    assert before.split() == list(words[50 - WORDS_AROUND : 50])
    assert after.split() == list(words[53 : 53 + WORDS_AROUND])


def test_an_answer_that_is_one_stretch_has_nothing_around_it():
    words = said("I rang him")
    assert around(Stretch(0, 2, "I rang him"), words, (0, 1, 2)) == ("", "")
    assert marked("", "I rang him", "") == "[ I rang him ]"


def test_silence_has_no_stretches():
    assert stretches(()) == ()
    assert stretches(("um", "uh", "...")) == ()


@given(st.lists(st.sampled_from(said("I um we rang. him, and so because the, room you know"))))
def test_units_hold_every_meaningful_word_once_and_in_order(words):
    words = tuple(words)
    found = [word for unit in units(words) for word in unit.text.split()]
    assert found == [words[i] for i in meaningful(words)]


@given(st.lists(st.text(alphabet="abc.,!? '", min_size=1, max_size=6), max_size=120))
def test_stretches_of_several_units_are_short_enough_to_judge(words):
    words = tuple(word for text in words for word in text.split())
    for stretch in stretches(words):
        assert 0 <= stretch.first <= stretch.last < len(words)
        assert stretch.units == 1 or len(stretch.text.split()) <= LONGEST_STRETCH


def test_bare_words_have_no_case_or_edges():
    assert bare("“Don’t!”") == "don't"
