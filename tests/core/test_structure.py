"""Stories fall into situation, task, action and result, in seconds."""

from pathlib import Path

import pytest

from simulator.core.speech import Transcript, Word
from simulator.core.structure import PARTS, classify, find_structure

STORIES = Path(__file__).parent / "star_sentences.txt"
LETTERS = dict(zip("STAR", PARTS, strict=True))


def stories():
    blocks = STORIES.read_text("utf-8").split("# ")[1:]
    return [[(LETTERS[line[0]], line[2:]) for line in b.splitlines()[1:]] for b in blocks]


def transcript(text, seconds_a_word=0.5):
    words = tuple(
        Word(word, i * seconds_a_word, (i + 1) * seconds_a_word)
        for i, word in enumerate(text.split())
    )
    return Transcript(words, (), (), len(words) * seconds_a_word)


@pytest.mark.parametrize("story", stories(), ids=lambda story: story[0][1][:30])
def test_most_sentences_of_a_labelled_story_find_their_part(story):
    found = classify(tuple(text for _, text in story))
    right = sum(kind == (part) for kind, (part, _) in zip(found, story, strict=True))
    assert right >= 0.8 * len(story)


def test_parts_are_measured_in_seconds():
    answer = find_structure(
        transcript(
            "Last year I worked at a bakery in the old town. "  # 11 words
            "My job was to bring the bread out by eight. "  # 10
            "I called every cafe and told them the new hour. "  # 10
            "In the end nobody had to wait for us that day."  # 11
        )
    )
    assert [part.kind for part in answer.parts] == list(PARTS)
    assert answer.seconds("action") == pytest.approx(5.0)
    assert answer.share("result") == pytest.approx(11 / 42)
    assert answer.missing == ()


def test_an_answer_that_stays_in_the_situation_is_told_what_is_missing_and_swollen():
    answer = find_structure(
        transcript(
            "Last year there was a lot of trouble at my previous company in Leeds. "
            "There were three of us in the office and back then the heating was broken. "
            "I called the landlord and told him about it."
        )
    )
    assert answer.missing == ("task", "result")
    assert answer.swollen == ("situation",)


def test_silence_has_no_parts():
    answer = find_structure(transcript(""))
    assert (answer.parts, answer.missing, answer.swollen) == ((), PARTS, ())
    assert answer.share("action") == 0.0
