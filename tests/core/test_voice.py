"""Level, noise and melody of made voices whose pitch is known."""

import numpy as np
import pytest

from simulator.core.hearing.frames import frame_levels
from simulator.core.hearing.pitch import track_pitch
from simulator.core.hearing.transcript import EVERY
from simulator.core.voice import BINS, count_pitch, measure_voice

RATE = 16_000
FRAME_SECONDS = 0.01


def buzz(hertz):
    """Make a voice: a sum of harmonics that follows a pitch, sample by sample."""
    phase = 2 * np.pi * np.cumsum(hertz) / RATE
    return sum(np.sin(k * phase) / k for k in range(1, 9)).astype(np.float32) * 0.1


def measured(hertz, *, noise_db=-80.0, clipped=0):
    """Measure two seconds of noise and then a voice."""
    rng = np.random.default_rng(1)
    sound = np.concatenate([np.zeros(2 * RATE, np.float32), buzz(hertz)])
    sound += rng.normal(0, 10 ** (noise_db / 20), len(sound)).astype(np.float32)
    silent = np.zeros(len(sound) // 160, bool)
    silent[:200] = True
    counts = count_pitch(track_pitch(sound, EVERY, ~silent[::EVERY]))
    return measure_voice(frame_levels(sound), silent, clipped, counts, EVERY * FRAME_SECONDS)


def melody(seconds, centre, semitones):
    moments = np.arange(seconds * RATE) / RATE
    return centre * 2 ** (semitones * np.sin(2 * np.pi * 0.4 * moments) / 12)


@pytest.mark.parametrize("hertz", [82.4, 120.5, 219.3, 371.0])
def test_the_pitch_of_a_steady_tone_is_found_between_the_samples(hertz):
    pitch = track_pitch(buzz(np.full(RATE, hertz)))
    inner = pitch.frequency[10:-10]
    assert 12 * abs(np.log2(np.median(inner) / hertz)) < 0.06
    assert pitch.voiced[10:-10].all()


def test_every_fourth_frame_is_the_same_frame():
    sound = buzz(melody(2, 150, 3))
    assert np.array_equal(track_pitch(sound).frequency[::4], track_pitch(sound, 4).frequency)


def test_of_the_frames_those_wanted_are_the_same():
    sound = buzz(melody(2, 150, 3))
    wanted = np.arange(200) % 3 == 1
    assert np.array_equal(
        track_pitch(sound).frequency[wanted], track_pitch(sound, 1, wanted).frequency
    )


def test_a_melody_spreads_as_far_as_it_was_made_to():
    voice = measured(melody(30, 160, 3))
    assert voice.pitch_hz == pytest.approx(160, rel=0.03)
    # The 84th percentile of a sine lies at 0.876 of its height.
    assert voice.pitch_spread == pytest.approx(0.876 * 3, abs=0.2)
    assert not voice.monotone


def test_a_long_clear_flat_voice_is_monotone():
    voice = measured(melody(30, 120, 0.4))
    assert voice.pitch_spread < 0.6
    assert voice.monotone


@pytest.mark.parametrize(("seconds", "noise_db"), [(10, -80.0), (30, -36.0)])
def test_of_a_short_or_noisy_voice_nothing_is_said_about_melody(seconds, noise_db):
    assert not measured(melody(seconds, 120, 0.4), noise_db=noise_db).monotone


def test_the_level_stands_against_the_noise():
    voice = measured(melody(5, 120, 2), noise_db=-60.0)
    # Hum and rumble below 150 Hz are left out of both levels.
    assert voice.noise_db == pytest.approx(-60, abs=1)
    assert 30 < voice.above_noise_db < 40
    assert not voice.noisy
    assert measured(melody(5, 120, 2), noise_db=-28.0).noisy


def test_silence_has_no_voice():
    nothing = np.zeros(BINS, np.int64)
    levels = np.full(100, -90.0, np.float32)
    assert measure_voice(levels, np.ones(100, bool), 0, nothing, 0.04) is None


def test_a_whisper_has_a_level_but_no_pitch():
    levels = np.full(100, -40.0, np.float32)
    voice = measure_voice(levels, np.zeros(100, bool), 3, np.zeros(BINS, np.int64), 0.04)
    assert (voice.pitch_hz, voice.pitch_spread, voice.noise_db) == (None, None, None)
    assert (voice.speech_db, voice.clipped, voice.monotone) == (-40.0, 3, False)
