"""Sound files of many kinds, whole and torn."""

import numpy as np
import pytest
import soundfile

from simulator.adapters.sound_files import SoundFile, read_blocks
from simulator.errors import UnreadableAudio

RATE = 16_000
SINE = (0.5 * np.sin(2 * np.pi * 440 * np.arange(3 * RATE) / RATE)).astype(np.float32)


def read(path):
    return np.concatenate(list(read_blocks(path)))


@pytest.mark.parametrize("kind", ["WAV", "FLAC"])
def test_lossless_files_come_back_sample_for_sample(tmp_path, kind):
    path = tmp_path / "sine"
    soundfile.write(path, SINE, RATE, format=kind, subtype="PCM_16")
    assert read(path) == pytest.approx(SINE, abs=1 / 32_000)


@pytest.mark.parametrize(("kind", "rate"), [("OGG", 44_100), ("MP3", 44_100), ("WAV", 8_000)])
def test_other_rates_and_codecs_keep_length_and_level(tmp_path, kind, rate):
    sine = 0.5 * np.sin(2 * np.pi * 440 * np.arange(3 * rate) / rate)
    path = tmp_path / "sine"
    soundfile.write(path, np.stack([sine, sine], axis=1), rate, format=kind)
    samples = read(path)
    assert len(samples) / RATE == pytest.approx(3.0, abs=0.1)
    assert np.sqrt(np.mean(samples[RATE : 2 * RATE] ** 2)) == pytest.approx(0.354, abs=0.02)


def test_a_torn_file_gives_what_it_holds_and_says_so(tmp_path):
    path = tmp_path / "torn.wav"
    soundfile.write(path, SINE, RATE)
    path.write_bytes(path.read_bytes()[: 44 + 2 * RATE])
    sound = SoundFile(path)
    assert sum(len(block) for block in sound) == RATE
    assert sound.truncated


def test_a_whole_file_is_not_torn(tmp_path):
    path = tmp_path / "whole.wav"
    soundfile.write(path, SINE, RATE)
    sound = SoundFile(path)
    list(sound)
    assert not sound.truncated


def test_an_empty_file_is_named(tmp_path):
    path = tmp_path / "empty.wav"
    path.touch()
    with pytest.raises(UnreadableAudio, match=r"empty\.wav is empty"):
        read(path)


def test_text_is_not_sound(tmp_path):
    path = tmp_path / "notes.wav"
    path.write_text("not a sound\n" * 100)
    with pytest.raises(UnreadableAudio, match=r"notes\.wav"):
        read(path)


def test_a_header_without_sound_is_refused(tmp_path):
    path = tmp_path / "header.wav"
    soundfile.write(path, SINE[:0], RATE)
    with pytest.raises(UnreadableAudio, match=r"header\.wav holds no sound"):
        read(path)


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    with pytest.raises(UnreadableAudio, match="does not exist"):
        read(tmp_path / "nothing.wav")
    with pytest.raises(UnreadableAudio, match="is a folder"):
        read(tmp_path)
