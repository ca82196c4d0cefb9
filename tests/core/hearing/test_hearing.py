"""Chunks, pauses and times, on sounds whose answer is known by construction."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.core.hearing.chunks import EARLIEST, LONGEST, Chunk, Cut, find_cut
from simulator.core.hearing.frames import FLOOR_DB, frame_levels, smooth
from simulator.core.hearing.pauses import find_silences, runs
from simulator.core.hearing.pitch import track_pitch
from simulator.core.hearing.timing import mend_times
from simulator.core.hearing.transcript import Sound, assemble, interpret
from simulator.core.hearing.words import (
    Heard,
    HeardWord,
    drop_invented,
    is_filled_pause,
    lost_seconds,
)

RATE = 16_000


def tone(seconds, hertz=150.0, level=0.3):
    t = np.arange(round(seconds * RATE)) / RATE
    wave = sum(np.sin(2 * np.pi * hertz * k * t) / k for k in range(1, 8))
    return (level * wave / 2).astype(np.float32)


def silence(seconds):
    return np.zeros(round(seconds * RATE), np.float32)


def chunk(*pieces, start=0.0):
    samples = np.concatenate(pieces)
    levels = frame_levels(samples)
    loud = levels > -60
    return Chunk(samples, start, loud, np.where(loud, 0.9, 0.01).astype(np.float32))


def word(text, start, end, probability=0.9):
    return HeardWord(text, start, end, probability)


def never(chunks):
    raise AssertionError("nothing is decoded again")


def test_a_sine_has_its_root_mean_square_as_level():
    sine = np.sin(2 * np.pi * 1000 * np.arange(RATE) / RATE).astype(np.float32)
    assert frame_levels(sine)[50] == pytest.approx(-3.01, abs=0.1)


def test_mains_hum_is_left_out_of_the_level():
    hum = np.sin(2 * np.pi * 50 * np.arange(RATE) / RATE).astype(np.float32)
    assert frame_levels(hum)[50] < -30


def test_digital_silence_has_the_floor_as_level():
    assert frame_levels(silence(0.1)) == pytest.approx([FLOOR_DB] * 10, abs=0.01)


def test_a_moving_mean_keeps_the_length_and_a_constant():
    assert smooth(np.full(7, 3.0, np.float32), 3) == pytest.approx([3.0] * 7)


def test_a_chunk_ends_in_the_middle_of_the_pause():
    levels = np.full(LONGEST, -20.0, np.float32)
    levels[2000:2100] = -80.0
    cut = find_cut(levels, levels > -60)
    assert cut is not None
    assert cut.first == 0
    assert cut.last == pytest.approx(2050, abs=35)


def test_a_chunk_never_ends_outside_its_range():
    rng = np.random.default_rng(0)
    for _ in range(20):
        levels = rng.normal(-30, 10, LONGEST).astype(np.float32)
        cut = find_cut(levels, np.ones(LONGEST, bool))
        assert cut is not None
        assert EARLIEST <= cut.last < LONGEST


def test_a_chunk_goes_on_while_it_may():
    assert find_cut(np.full(500, -20.0, np.float32), np.ones(500, bool)) is None


def test_silence_before_the_first_sound_is_in_no_chunk():
    assert find_cut(np.full(500, -90.0, np.float32), np.zeros(500, bool)) == Cut(400, 400)


def test_pauses_are_found_at_their_edges():
    some = chunk(silence(0.5), tone(1.0), silence(0.4), tone(1.0), silence(0.2), tone(0.5))
    found = find_silences(frame_levels(some.samples), some.probabilities)
    assert [(p.start, p.end) for p in found] == [
        (pytest.approx(0.0), pytest.approx(0.5, abs=0.03)),
        (pytest.approx(1.5, abs=0.03), pytest.approx(1.9, abs=0.03)),
    ]


def test_pauses_are_found_in_noise():
    some = chunk(tone(1.0), silence(0.4), tone(1.0))
    noise = np.random.default_rng(0).normal(0, 0.01, len(some.samples)).astype(np.float32)
    found = find_silences(frame_levels(some.samples + noise), some.probabilities)
    assert [(p.start, p.end) for p in found] == [
        (pytest.approx(1.0, abs=0.03), pytest.approx(1.4, abs=0.03))
    ]


def test_where_nobody_speaks_all_is_silence():
    levels = np.full(100, -30.0, np.float32)
    (pause,) = find_silences(levels, np.zeros(100, np.float32))
    assert (pause.start, pause.end) == (0.0, 1.0)


@given(st.lists(st.booleans()))
def test_runs_hold_the_true_frames_and_no_others(mask):
    inside = {i for first, last in runs(np.array(mask, bool)) for i in range(first, last)}
    assert inside == {i for i, true in enumerate(mask) if true}


@pytest.mark.parametrize("hertz", [90, 150, 240])
def test_pitch_follows_a_voice(hertz):
    pitch = track_pitch(tone(0.5, hertz))
    assert pitch.voiced[5:-5].all()
    assert pitch.frequency[25] == pytest.approx(hertz, rel=0.02)


def test_noise_is_not_voiced():
    noise = np.random.default_rng(0).normal(0, 0.1, RATE).astype(np.float32)
    assert track_pitch(noise).voiced.mean() < 0.2


@pytest.mark.parametrize("text", ["Um,", "uh...", "UHH", "er", "Erm.", "Hmm", "hm", "mmm", "Uhm-"])
def test_filled_pauses_are_known_by_their_spelling(text):
    assert is_filled_pause(text)


@pytest.mark.parametrize("text", ["uh-huh", "mm-hmm", "her", "I'm", "hum", "a", "error", "", "am"])
def test_answers_and_words_are_no_filled_pauses(text):
    assert not is_filled_pause(text)


def test_a_filled_pause_moves_to_its_sound():
    some = chunk(tone(0.5), silence(0.5), tone(0.4), silence(0.5), tone(0.5))
    words = (word("so", 0.0, 0.9), word("um,", 1.8, 1.8), word("then", 1.9, 2.4))
    timed = mend_times(words, some)
    assert (timed[1].word.start, timed[1].word.end) == (
        pytest.approx(1.0, abs=0.03),
        pytest.approx(1.4, abs=0.03),
    )
    assert timed[1].certainty == "heard"


def test_a_filled_pause_that_nothing_bears_out_is_left_out():
    some = chunk(tone(0.5), silence(1.5), tone(0.5))
    words = (word("sometimes", 0.0, 0.5), word("um,", 1.0, 1.2), word("then", 2.0, 2.5))
    assert [timed.word.text for timed in mend_times(words, some)] == ["sometimes", "then"]


def test_a_filled_pause_without_a_voice_is_uncertain():
    hiss = np.random.default_rng(0).normal(0, 0.1, round(0.4 * RATE)).astype(np.float32)
    some = chunk(tone(0.5), silence(0.5), hiss, silence(0.5), tone(0.5))
    words = (word("sometimes", 0.0, 0.5), word("uh,", 1.0, 1.4), word("then", 1.9, 2.4))
    assert mend_times(words, some)[1].certainty == "uncertain"


def test_two_filled_pauses_in_one_sound_are_one():
    some = chunk(tone(0.5), silence(0.5), tone(0.4), silence(0.5), tone(0.5))
    words = (
        word("sometimes", 0.0, 0.5),
        word("um,", 1.0, 1.2, 0.9),
        word("uh,", 1.2, 1.4, 0.3),
        word("then", 1.9, 2.4),
    )
    assert [timed.word.text for timed in mend_times(words, some)] == ["sometimes", "um,", "then"]


def test_sound_without_words_is_lost():
    audible = np.zeros(1000, bool)
    audible[0:100] = audible[500:800] = True
    assert lost_seconds([word("hello-there", 0.0, 1.0)], audible) == pytest.approx(3.0)


def test_words_in_silence_are_invented():
    audible = np.zeros(1000, bool)
    audible[:100] = True
    words = (word("hello", 0.0, 0.9), word("you", 5.0, 5.5), word("thanks", 6.0, 6.2))
    assert [w.text for w in drop_invented(words, audible)] == ["hello"]


def test_lost_speech_is_decoded_again_by_halves():
    some = chunk(tone(4.0), silence(1.0), tone(4.0), start=10.0)
    heard = Heard((word("one", 0.0, 4.0),), -0.2)

    def decode(halves):
        return [
            Heard(tuple(word("la", 0.4 * i, 0.4 * i + 0.4) for i in range(11)), -0.2)
            for _ in halves
        ]

    words = interpret(some, heard, decode)
    assert len(words) == 22
    assert words[11].start == pytest.approx(14.5, abs=0.5)


def test_what_goes_round_in_circles_is_decoded_again_from_there():
    some = chunk(tone(6.0), silence(1.0), tone(6.0), start=10.0)
    before = [word(text, 2.0 * i, 2.0 * i + 0.5) for i, text in enumerate(("so", "um", "yes"))]
    phrase = [word(f"{w}", 7.2 + 0.1 * i, 7.3 + 0.1 * i) for i, w in enumerate(["a", "b", "c"] * 3)]
    asked = []

    def decode(chunks):
        asked.extend(chunks)
        return [Heard((word("a", 0.5, 6.0), word("b", 3.0, 6.0)), -0.2) for _ in chunks]

    words = interpret(some, Heard((*before, *phrase), -0.2), decode)
    assert [w.text for w in words] == ["so", "um", "yes", "a", "b"]
    assert asked[0].start == pytest.approx(16.5, abs=0.5)


@pytest.mark.parametrize(
    ("text", "turn"),
    [
        ("I like it I like it", None),
        ("no no no no no no no no no", None),
        ("Well, as I said, as I said, as I said.", 1),
        ("one two three", None),
    ],
)
def test_a_phrase_said_three_times_in_a_row_goes_round(text, turn):
    words = tuple(word(w, i, i + 0.5) for i, w in enumerate(text.split()))
    assert Heard(words, -0.2).turn == turn


@pytest.mark.parametrize(
    ("text", "log_probability", "no_speech", "kept"),
    [
        ("Montreal forced a liner.", -0.62, 0.01, 4),  # whispered
        ("Uh, hmm.", -0.72, 0.50, 0),  # a cough
        ("Uh, hmm, hmm, hmm,", -0.66, 0.24, 0),  # chords
        ("Thank you.", -0.95, 0.10, 0),
        ("Thank you.", -0.30, 0.80, 0),
    ],
)
def test_words_that_only_the_recogniser_hears_must_be_sure(text, log_probability, no_speech, kept):
    some = chunk(tone(2.0))
    deaf = Chunk(some.samples, 0.0, some.audible, np.zeros(200, np.float32))
    words = tuple(word(w, 0.4 * i, 0.4 * i + 0.4) for i, w in enumerate(text.split()))
    heard = Heard(words, log_probability, no_speech)
    assert len(interpret(deaf, heard, never)) == kept


def test_a_hesitation_alone_in_which_probably_nobody_speaks_is_a_cough():
    cough = chunk(silence(0.5), tone(0.3), silence(0.5))
    assert interpret(cough, Heard((word("Mm.", 0.5, 0.8),), -0.5, 0.3), never) == ()
    assert len(interpret(cough, Heard((word("Mm.", 0.5, 0.8),), -0.5, 0.02), never)) == 1


def test_complete_speech_is_decoded_once():
    some = chunk(tone(1.0))
    words = interpret(some, Heard((word("Um,", 0.0, 1.0),), -0.2), never)
    assert [(w.text, w.kind) for w in words] == [("Um,", "filled_pause")]


@pytest.mark.parametrize(("level", "silent"), [(0.0, True), (1e-5, True), (0.01, False)])
def test_a_recording_without_any_sound_is_called_silent(level, silent):
    levels = frame_levels(tone(1.0, level=level))
    sound = Sound(levels, np.zeros(len(levels), np.float32), 1.0, clipped=0)
    assert ("silent" in assemble([], sound).notes) is silent


def test_a_transcript_ends_with_its_sound():
    some = chunk(tone(1.0), silence(0.505))
    sound = Sound(frame_levels(some.samples), some.probabilities[:150], 1.505, clipped=0)
    transcript = assemble(interpret(some, Heard((), -0.1), lambda chunks: []), sound)
    assert transcript.notes == ("no speech",)
    assert all(pause.end <= transcript.duration for pause in transcript.pauses)
