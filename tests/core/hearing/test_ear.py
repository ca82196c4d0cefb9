"""The stream of sound is measured and cut in the same way however it arrives."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.core.hearing.chunks import LONGEST
from simulator.core.hearing.ear import SETTLED, Ear
from simulator.core.hearing.frames import FRAME, frame_levels

RATE = 16_000
SPEECH = np.random.default_rng(0).normal(0, 0.1, 70 * RATE).astype(np.float32)
SPEECH *= np.repeat(np.random.default_rng(1).random(700) > 0.3, RATE // 10)
SPEECH[20 * RATE : 26 * RATE] = 0


def detect(samples):
    """Stand in for the speech detector: loud is speech."""
    windows = samples.reshape(-1, 512)
    return (np.abs(windows).mean(axis=1) > 0.02).astype(np.float32)


def hear(sound, sizes=()):
    ear, chunks, place = Ear(detect), [], 0
    for size in (*sizes, len(sound)):
        chunks += ear.feed(sound[place : place + size])
        place += size
    last = ear.finish()
    return [*chunks, last] if last is not None else chunks, ear.sound()


def alike(one, other):
    return [(c.start, c.samples.tobytes()) for c in one] == [
        (c.start, c.samples.tobytes()) for c in other
    ]


@settings(max_examples=15)
@given(st.lists(st.integers(0, 50_000), max_size=40), st.integers(0, len(SPEECH)))
def test_blocks_of_any_size_give_the_same_chunks_and_levels(sizes, length):
    sound = SPEECH[:length]
    (whole, measured), (cut, again) = hear(sound), hear(sound, sizes)
    assert alike(whole, cut)
    assert np.array_equal(measured.levels, again.levels)
    assert np.array_equal(measured.probabilities, again.probabilities)
    assert np.array_equal(measured.pitches, again.pitches)
    assert measured.duration == again.duration == length / RATE


def test_levels_are_those_of_the_whole():
    _, measured = hear(SPEECH[: 10 * RATE])
    assert measured.levels == pytest.approx(frame_levels(SPEECH[: 10 * RATE]), abs=1e-3)


def test_chunks_hold_all_sound_once_and_none_is_too_long():
    chunks, _ = hear(SPEECH)
    assert len(chunks) > 2
    assert max(len(chunk.audible) for chunk in chunks) <= LONGEST
    assert all(a.end <= b.start + 1e-9 for a, b in zip(chunks, chunks[1:], strict=False))
    left = SPEECH.copy()
    for chunk in chunks:
        first = round(chunk.start * RATE)
        left[first : first + len(chunk.samples)] = 0
    assert not left.any()


def test_after_some_quiet_the_last_chunk_is_known():
    ear = Ear(detect)
    sound = np.concatenate([SPEECH[: 5 * RATE], np.zeros(2 * RATE, np.float32)])
    assert list(ear.feed(sound[: 5 * RATE])) == []
    assert ear.provisional(SETTLED) is None
    assert list(ear.feed(sound[5 * RATE :])) == []
    early, last = ear.provisional(SETTLED), ear.finish()
    assert alike([early], [last])


def test_silence_alone_is_no_chunk():
    chunks, measured = hear(np.zeros(30 * RATE, np.float32))
    assert chunks == []
    assert len(measured.levels) == 30 * RATE // FRAME


@pytest.mark.slow
def test_of_a_long_recording_only_its_measures_stay_in_memory():
    ear, second = Ear(detect), np.zeros(RATE, np.float32)
    ours = tracemalloc.Filter(inclusive=True, filename_pattern="*/simulator/*")
    for _ in range(10):
        list(ear.feed(second))
    tracemalloc.start()
    try:
        for _ in range(300):
            list(ear.feed(second))
        kept = tracemalloc.take_snapshot().filter_traces([ours])
    finally:
        tracemalloc.stop()
    measures = 300 * RATE // FRAME * 8  # a level and a probability of four bytes each
    pending = 10 * RATE * 4  # at most so much sound waits for its chunk to end
    assert sum(trace.size for trace in kept.traces) < 1.25 * measures + pending
