"""What a user wants measured, and answers that are not in English."""

from dataclasses import replace

from simulator.core.analysis import analyse_answer, measure_all_as, measure_words
from simulator.core.measuring import Measuring, measuring
from simulator.core.settings import Preferences
from simulator.testing import a_report, a_transcript, an_answer


def test_the_defaults_are_those_of_the_settings():
    assert measuring(Preferences()) == Measuring()


def test_settings_reach_a_kept_report():
    wanted = measuring(Preferences(fillers_add=("kind of",), fillers_ignore=("um", "uh")))
    answer = measure_all_as(a_report(), wanted).answers[0]
    assert [filler.text for filler in answer.fillers] == ["you know,", "kind of"]
    assert answer.measuring.fillers_add == ("kind of",)


def test_an_answer_holds_its_repetitions_hedges_and_habits():
    said = "I guess the the list, to be honest, was my list, my list, and my list [2.5] was late."
    answer = an_answer(said, judged=False)
    assert [found.text for found in answer.hedges] == ["i guess"]
    assert [found.text for found in answer.repetitions][0] == "the the"
    assert [found.text for found in answer.crutches] == ["to be honest"]
    assert [(habit.text, habit.times) for habit in answer.habits] == [("my list", 3)]
    assert [pause.before for pause in answer.long_pauses] == ["list, my list, and my list"]


def test_habits_of_a_session_are_counted_over_its_answers():
    answers = (an_answer("on the ground and on the ground"), an_answer("back on the ground"))
    assert [(habit.text, habit.times) for habit in a_report(*answers).habits] == [
        ("on the ground", 3)
    ]


def test_another_language_is_measured_without_fillers_and_the_notes_say_so():
    heard = replace(a_transcript("Um, like, you know, um [3] ja"), language="de")
    words = measure_words(heard, Measuring())
    assert words.fillers == words.repetitions == words.hedges == words.habits == ()
    assert len(words.long_pauses) == 1
    answer = an_answer()
    report = analyse_answer(answer.question, answer.take, heard, None)
    assert report.pacing.words == 4
    assert report.notes == ("not in English (de): fillers, repetitions and phrases are left out",)


def test_what_is_wrong_with_a_recording_is_said_in_its_report():
    heard = replace(a_transcript("so loud"), notes=("clipped",))
    answer = an_answer()
    (note,) = analyse_answer(answer.question, answer.take, heard, None).notes
    assert note.startswith("clipped: it was recorded too loud")
