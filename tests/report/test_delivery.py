"""How an answer was said: the same few lines in every format."""

from dataclasses import replace

import pytest

from simulator.core.measuring import Measuring
from simulator.core.shown import shown
from simulator.core.voice import Voice
from simulator.report import render
from simulator.report.delivery import Heard, Trait, delivery, often_said
from simulator.report.html import render as page
from simulator.testing import a_question, a_report, an_answer

VOICE = Voice(-30.0, -52.0, 0, 40.0, 120.0, 2.34)
HONEST = (
    "To be honest, I sold it one day. I sold it two days on. I sold it for more. I sold it again. "
    "Then I sold it. My manager asked first. My manager asked next. My manager asked last."
)


def labelled(answer):
    return {trait.label: trait for trait in delivery(answer)}


def spoken_with(voice, *notes):
    answer = an_answer(judged=False)
    return replace(answer, transcript=replace(answer.transcript, voice=voice, notes=notes))


def test_stock_phrases_come_with_their_moments():
    found = labelled(an_answer(HONEST, judged=False))["Crutches"]
    assert found == Trait("Crutches", (Heard(0.0, pytest.approx(0.96), "“to be honest”"),))


def test_of_many_stock_phrases_four_are_shown_and_all_counted():
    found = labelled(an_answer("[1] to be honest " * 6, judged=False))["Crutches"]
    assert len(found.moments) == 4
    assert found.text == "6 in all"


def test_three_words_are_repeated_from_three_times_on_and_two_from_five():
    found = labelled(an_answer(HONEST, judged=False))["Often"]
    assert found.text == "“I sold it” 5×, “my manager asked” 3×"


def test_a_voice_is_given_by_its_level_and_its_melody():
    found = labelled(spoken_with(VOICE))["Voice"]
    assert found.text == "22 dB above the noise; the pitch moves by 2.3 semitones"


def test_a_voice_in_noise_a_clipped_and_a_flat_one_are_told():
    noisy = replace(VOICE, noise_db=-36.0)
    assert labelled(spoken_with(noisy))["Voice"].text == "only 6 dB above the noise"
    clipped = labelled(spoken_with(VOICE, "clipped"))["Voice"].text
    assert "; clipped, so set the microphone lower; " in clipped
    flat = labelled(spoken_with(replace(VOICE, pitch_spread=0.84)))["Voice"].text
    assert flat.endswith("; the pitch hardly moves: 0.8 semitones")


def test_a_session_names_what_is_said_most_in_all_answers():
    first = an_answer("we went on with it " * 2, judged=False)
    second = an_answer("we went on with it", a_question("other"), judged=False)
    assert often_said(a_report(first, second)) == "“we went on with” 3×"
    assert often_said(a_report(first)) == ""


@pytest.mark.parametrize("metric", ["hedges", "repetitions", "pace", "voice"])
def test_what_is_switched_off_is_left_out(metric):
    label = {"hedges": "Crutches", "repetitions": "Often", "pace": "Tempo", "voice": "Voice"}
    said = HONEST + " [0.1]" + " and so it went" * 30 + " [0.2] on" * 40
    answer = an_answer(said, judged=False)
    answer = replace(answer, transcript=replace(answer.transcript, voice=VOICE))
    assert label[metric] in labelled(answer)
    off = replace(answer, measuring=Measuring(off=(metric,)))
    assert label[metric] not in labelled(off)
    assert label[metric] not in render(shown(a_report(off)), "text")


def test_every_format_for_people_shows_them():
    report = a_report(spoken_with(VOICE))
    for name in ("text", "markdown"):
        assert "22 dB above the noise" in render(report, name)
    assert "22 dB above the noise" in page(report)
