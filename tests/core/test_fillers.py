"""Fillers, repetitions and phrases, in sentences whose findings are plain to a reader."""

import pytest

from simulator.core.fillers import find_fillers
from simulator.core.hearing.words import is_filled_pause
from simulator.core.phrases import CRUTCHES, HEDGES, find_habits, find_phrases
from simulator.core.repetitions import find_repetitions
from simulator.core.speech import Transcript, Word


def said(text):
    words = tuple(
        Word(part, i * 0.3, i * 0.3 + 0.3, "filled_pause" if is_filled_pause(part) else "word")
        for i, part in enumerate(text.split())
    )
    return Transcript(words, (), (), len(words) * 0.3)


@pytest.mark.parametrize(
    ("text", "fillers"),
    [
        ("Um, I called, uh, the customer.", ["Um,", "uh,"]),
        ("It was, you know, a busy night.", ["you know,"]),
        ("Do you know the answer?", []),
        ("As you know, we close at nine.", []),
        ("You know what they say.", []),
        ("I mean, we had no choice.", ["I mean,"]),
        ("That is what I mean.", []),
        ("I mean it.", []),
        ("Well, I started with the list.", ["Well,"]),
        ("We closed. Well, nearly.", ["Well,"]),
        ("It went well and we were happy.", []),
        ("Well done is what she said.", []),
        ("I'd like to help people like her.", []),
        ("It was like two in the morning.", ["like"]),
        ("She was, like, furious.", ["like,"]),
        ("Something like, say, a spreadsheet.", []),
        ("So I actually did the right thing.", []),
    ],
)
def test_fillers_are_told_from_words_by_their_neighbours(text, fillers):
    assert [filler.text for filler in find_fillers(said(text))] == fillers


def test_like_is_only_possible_and_you_know_is_heard():
    found = find_fillers(said("She was, like, angry, you know, really."))
    assert [(f.text, f.certainty) for f in found] == [
        ("like,", "uncertain"),
        ("you know,", "heard"),
    ]


def test_a_filler_lies_where_its_words_lie():
    (filler,) = find_fillers(said("It was, you know, busy."))
    assert (filler.first, filler.last, filler.start) == (2, 3, pytest.approx(0.6))


def test_the_users_own_phrases_count_once():
    found = find_fillers(said("Basically, you know, basically yes."), ("basically", "you know"))
    assert [filler.text for filler in found] == ["Basically,", "you know,", "basically"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the the list", [("the the", "repetition")]),
        ("I, um, I called", [("I, um, I", "repetition")]),
        ("I like I like I like beans", [("I like I like", "repetition")] * 2),
        ("I was, I went home", [("I was, I", "restart")]),
        ("it was very very good", []),
        ("I came, I saw the list", [("I came, I", "restart")]),
        ("he said that that was all", []),
        ("we planned and we built", []),
    ],
)
def test_repetitions_and_restarts_are_found_and_emphasis_is_not(text, found):
    assert [(r.text, r.kind) for r in find_repetitions(said(text))] == found


def test_hedges_and_crutches_are_found_in_order():
    text = "To be honest, I guess it worked, at the end of the day."
    found = find_phrases(said(text), (*HEDGES, *CRUTCHES))
    assert [p.text for p in found] == ["to be honest", "i guess", "at the end of the day"]


def test_habits_are_phrases_said_again_and_again():
    one = said("on the ground we met and on the ground we talked")
    two = said("on the ground it rained")
    assert [(h.text, h.times) for h in find_habits([one, two])] == [("on the ground", 3)]
