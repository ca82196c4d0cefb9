"""Notes on a recording, in words for people."""

from simulator.core.remarks import other_language, remark, remarks


def test_a_note_is_explained():
    assert remark("clipped").startswith("clipped: it was recorded too loud")


def test_an_unknown_note_is_given_as_it_is():
    assert remark("the judge was away") == "the judge was away"


def test_of_a_silent_recording_only_the_silence_is_told():
    (said,) = remarks(("silent", "no speech"))
    assert said.startswith("the recording is silent")
    assert len(remarks(("no speech", "clipped"))) == 2


def test_a_language_that_cannot_be_told_is_not_named():
    assert other_language("und").startswith("hardly a word was understood")
    assert "und)" not in other_language("und")
    assert other_language("de").startswith("not in English (de)")
