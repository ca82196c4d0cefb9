"""Fillers, repetitions and phrases, in sentences whose findings are plain to a reader."""

import pytest

from simulator.core.fillers import find_fillers
from simulator.core.phrases import find_crutches, find_habits, find_hedges
from simulator.core.repetitions import find_repetitions
from tests.core.labelled import DEFAULT, LISTED, compare, said, sentences, together


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
        ("I came, I saw the list", []),
        ("he said that that was all", []),
        ("we planned and we built", []),
    ],
)
def test_repetitions_and_restarts_are_found_and_emphasis_is_not(text, found):
    assert [(r.text, r.kind) for r in find_repetitions(said(text))] == found


def test_hedges_and_crutches_are_found_at_their_places():
    text = "To be honest, I guess it worked, at the end of the day."
    crutches, hedges = find_crutches(said(text)), find_hedges(said(text))
    assert [p.text for p in crutches] == ["to be honest", "at the end of the day"]
    assert [(p.text, p.first, p.last) for p in hedges] == [("i guess", 3, 4)]


def test_habits_are_phrases_said_again_and_again():
    one = said("on the ground we met and on the ground we talked")
    two = said("on the ground it rained")
    assert [(h.text, h.times) for h in find_habits([one, two])] == [("on the ground", 3)]


@pytest.mark.parametrize(
    ("names", "precision", "recall"),
    [(DEFAULT, 0.95, 0.90), (("like",), 0.85, 0.80), (LISTED, 0.90, 0.90),
     (("repetitions",), 0.85, 0.85), (("hedges",), 0.90, 0.90)],
)  # fmt: skip
def test_labelled_sentences_are_told_apart(names, precision, recall):
    told = sentences()
    assert len(told) >= 200
    tallies = compare(told)
    total = together(tallies[name] for name in names)
    assert total.precision >= precision, total.false
    assert total.recall >= recall, total.missed


def test_a_phrase_counts_only_when_a_user_lists_it_unless_it_is_surely_a_filler():
    text = "So, basically, you know, we left."
    assert [f.text for f in find_fillers(said(text))] == ["you know,"]
    own = find_fillers(said(text), ("so", "basically"))
    assert [f.text for f in own] == ["So,", "basically,", "you know,"]


def test_what_a_user_ignores_does_not_count():
    found = find_fillers(said("Um, well, it was, hmm, you know, late."), (), ("hmm", "you know"))
    assert [f.text for f in found] == ["Um,", "well,"]


def test_of_overlapping_phrases_of_a_user_the_longer_counts():
    found = find_fillers(said("To be fair it was to be expected"), ("to be", "to be fair"))
    assert [f.text for f in found] == ["To be fair", "to be"]
