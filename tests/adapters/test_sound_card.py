"""Microphone and loudspeaker on a real PortAudio, with a card made of software."""

import subprocess
import sys
import threading
from contextlib import contextmanager

import numpy as np
import pytest
import soundfile

from simulator.adapters import microphone, portaudio
from simulator.adapters.microphone import CardMicrophone
from simulator.adapters.portaudio import find_device, list_devices
from simulator.adapters.speaker import CardSpeaker
from simulator.core.speech import Audio
from simulator.errors import DeviceError
from tests.virtual_card import wait_until

pytestmark = [pytest.mark.card, pytest.mark.xdist_group("card")]

RATE = 16_000
BLOCK = round(RATE * microphone.BLOCK_SECONDS)


def noise(seconds, seed=1):
    """Sound of which no sample is zero, so that its place in a recording is sure."""
    numbers = np.random.default_rng(seed).integers(1, 8_000, round(seconds * RATE))
    return numbers.astype(np.int16)


def tone(seconds, hertz=440.0, rate=RATE):
    return Audio((0.5 * np.sin(np.arange(seconds * rate) * 2 * np.pi * hertz / rate)), rate)


def as_numbers(blocks):
    return np.round(np.concatenate(blocks) * 32_768).astype(np.int16)


@contextmanager
def within(seconds):
    """Fail a test that hangs where nothing in Python can interrupt it."""
    import faulthandler

    faulthandler.dump_traceback_later(seconds, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def keep(ear, blocks=None):
    """Take block by block, so that those before a fault are kept."""
    kept = [] if blocks is None else blocks
    for block in ear:
        kept.append(block)  # noqa: PERF402 - extend() would keep nothing


def hear(card, path, seconds):
    """Listen until so much sound has come after the first that is not silence."""
    speaking = threading.Thread(target=card.say, args=(path,))
    blocks = []
    with CardMicrophone().listen() as ear:
        speaking.start()
        heard = 0
        for block in ear:
            if heard or block.any():
                heard += len(block)
                blocks.append(block)
            if heard >= (seconds + 0.2) * RATE:
                break
    speaking.join()
    return blocks


def test_what_is_said_is_captured_sample_for_sample(card, tmp_path):
    said = noise(6)
    soundfile.write(tmp_path / "said.wav", said, RATE)
    heard = as_numbers(hear(card, tmp_path / "said.wav", 6))
    start = int(np.flatnonzero(heard)[0])
    assert np.array_equal(heard[start : start + len(said)], said)
    assert not heard[start + len(said) :].any()


def test_the_ear_can_be_opened_again_and_again(card):
    for _ in range(5):
        with CardMicrophone().listen() as ear:
            assert len(next(ear)) >= BLOCK
    wait_until(lambda: card.listeners() == 0, "the end of the last stream")


def test_a_device_that_refuses_16_khz_is_resampled(card, tmp_path, monkeypatch):
    sd = portaudio.portaudio()

    def refuse(*arguments):
        raise sd.PortAudioError("Invalid sample rate", -9997)

    monkeypatch.setattr(sd, "check_input_settings", refuse)
    assert microphone._input_rate(sd, None) == 44_100
    sound = tone(2, hertz=1_000)
    soundfile.write(tmp_path / "said.wav", sound.samples, RATE)
    heard = np.concatenate(hear(card, tmp_path / "said.wav", 1.5))[4_000:20_000]
    spectrum = np.abs(np.fft.rfft(heard))
    # 16,000 samples at 16 kHz: bins of one hertz.
    assert int(spectrum.argmax()) == 1_000


def test_a_muted_microphone_gives_zeros_and_goes_on(card, tmp_path):
    card.mute()
    soundfile.write(tmp_path / "said.wav", noise(1), RATE)
    speaking = threading.Thread(target=card.say, args=(tmp_path / "said.wav",))
    with CardMicrophone().listen() as ear:
        speaking.start()
        heard = np.concatenate([next(ear) for _ in range(40)])
    speaking.join()
    assert len(heard) >= 40 * BLOCK
    assert not heard.any()


def test_a_microphone_that_is_pulled_out_is_noticed(card):
    with within(30), CardMicrophone().listen() as ear:
        next(ear)
        card.unplug()
        with pytest.raises(DeviceError, match="the microphone is gone; plug it in again"):
            keep(ear)


def test_a_microphone_that_stops_sending_is_noticed(card):
    with within(30), CardMicrophone().listen() as ear:
        next(ear)
        card.stall()
        with pytest.raises(DeviceError, match="the microphone has stopped sending sound"):
            keep(ear)


@pytest.mark.parametrize("fault", ["unplug", "stall"])
def test_a_dead_microphone_can_be_put_away_at_once(card, fault):
    with within(30), CardMicrophone().listen() as ear:
        next(ear)
        getattr(card, fault)()


def test_what_was_said_before_a_fault_is_kept(card, tmp_path):
    said = noise(1)
    soundfile.write(tmp_path / "said.wav", said, RATE)
    blocks = []
    with within(30), CardMicrophone().listen() as ear:
        blocks.append(next(ear))
        card.say(tmp_path / "said.wav")
        card.unplug()
        with pytest.raises(DeviceError):
            keep(ear, blocks)
    heard = as_numbers(blocks)
    start = int(np.flatnonzero(heard)[0])
    kept = heard[start : start + len(said)]
    assert len(kept) >= len(said) - BLOCK  # a block is handed over once it is full
    assert np.array_equal(kept, said[: len(kept)])


def test_a_card_that_comes_back_is_found_after_a_refresh(card):
    card.unplug()
    portaudio.refresh()
    assert list_devices() == ()
    with pytest.raises(DeviceError, match=r"no microphone can be opened \(Error querying device"):
        find_device("", "input")
    with pytest.raises(DeviceError, match=r"no speaker can be opened \(Error querying device"):
        CardSpeaker().play(tone(0.1))
    card.start()
    portaudio.refresh()
    with CardMicrophone().listen() as ear:
        assert len(next(ear)) >= BLOCK


def test_a_card_that_comes_while_devices_are_looked_for_does_no_harm(card):
    """The assertion in PortAudio that another process takes for us: once in some 145 such cards."""
    seen, over = [], threading.Event()
    # The card ends with the thread that starts it: the looking goes beside.
    looking = threading.Thread(target=look_again_and_again, args=(seen, over))
    looking.start()
    for _ in range(8):
        card.unplug()
        card.start()
    over.set()
    looking.join()
    assert set(seen) <= {"nothing", "the card", "not settled"}
    assert seen[-1] == "the card"


def look_again_and_again(seen, over):
    while True:
        last = over.is_set()
        try:
            seen.append("the card" if portaudio.look_for_devices() else "nothing")
        except DeviceError:
            seen.append("not settled")
        if last:
            return


def test_a_look_whose_process_is_ended_is_taken_again(card, stand_in):
    stand_in("if before == 0: os.abort()")
    assert [device.name for device in portaudio.look_for_devices()] == ["a microphone"]


def test_devices_that_never_settle_are_said(card, stand_in):
    stand_in("name = f'microphone {before}'")
    with pytest.raises(DeviceError, match="come and go at the moment; wait a little"):
        portaudio.look_for_devices()


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """Put another process in place of the one that looks; it knows how often it was asked."""

    def write(behaviour):
        count = tmp_path / "count"
        (tmp_path / "strange_child.py").write_text(
            "import json, os, pathlib\n"
            f"count = pathlib.Path({str(count)!r})\n"
            "before = len(count.read_text()) if count.exists() else 0\n"
            "count.write_text('x' * (before + 1))\n"
            "name = 'a microphone'\n"
            f"{behaviour}\n"
            "found = dict(number=0, name=name, inputs=1, outputs=0, rate=48000.0)\n"
            "print(json.dumps([found]))\n",
            "utf-8",
        )
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        monkeypatch.setattr(portaudio, "CHILD", "strange_child")

    return write


def test_the_devices_are_listed_with_what_they_can(card):
    (device,) = list_devices()
    assert (device.name, device.is_default) == ("default", True)
    assert device.inputs > 0
    assert device.outputs > 0


@pytest.mark.parametrize("wanted", ["0", "default", "DEF"])
def test_a_device_is_found_by_number_or_part_of_its_name(card, wanted):
    assert find_device(wanted, "input") == 0


@pytest.mark.parametrize("wanted", ["Studio Display", "7", "99999999999999999999", "-1", "²"])
@pytest.mark.parametrize("kind", ["input", "output"])
def test_a_device_that_is_not_there_is_said_to_be_so(card, wanted, kind):
    with pytest.raises(DeviceError, match="doctor"):
        find_device(wanted, kind)


def test_what_is_played_comes_out_whole(card, tmp_path):
    played = noise(1.5) + np.int16(100)
    with card.heard(tmp_path / "heard"):
        playback = CardSpeaker().play(Audio(played.astype(np.float32) / 32_768, RATE))
        while not playback.wait(0.2):
            pass
        assert playback.position == 1.5
        wait_until(lambda: sounding(tmp_path / "heard") >= len(played), "the last sample")
    heard = np.fromfile(tmp_path / "heard", np.int16)
    heard = heard[heard != 0]  # a busy machine makes gaps; what counts is that nothing is lost
    # One step of sixteen bits for the ways there and back through floating point.
    assert np.abs(heard.astype(int) - played).max() <= 1


def sounding(path):
    return np.count_nonzero(np.fromfile(path, np.int16))


def test_playing_can_be_stopped_at_once(card, tmp_path):
    with card.heard(tmp_path / "heard"):
        playback = CardSpeaker().play(tone(20))
        wait_until(lambda: playback.position > 0.3, "the tone")
        playback.stop()
        wait_until(lambda: tail_is_silent(tmp_path / "heard"), "silence")
    heard = np.fromfile(tmp_path / "heard", np.int16)
    assert np.count_nonzero(np.abs(heard) > 1_000) < 5 * RATE
    assert playback.wait(0)


def tail_is_silent(path):
    heard = np.fromfile(path, np.int16)
    return heard.any() and not heard[-RATE // 2 :].any()


def test_stopping_what_has_ended_does_no_harm(card):
    playback = CardSpeaker().play(tone(0.1))
    while not playback.wait(0.2):
        pass
    playback.stop()
    playback.stop()
    assert playback.wait(0)


def test_a_speaker_that_is_pulled_out_is_noticed(card):
    with within(30):
        playback = CardSpeaker().play(tone(20))
        assert not playback.wait(0.1)
        card.unplug()
        with pytest.raises(DeviceError, match="the speaker is gone"):
            playback.wait(20)


def test_a_speaker_that_takes_nothing_more_is_noticed(card):
    with within(30):
        playback = CardSpeaker().play(tone(1))
        assert not playback.wait(0.1)
        card.stall_speaker()
        with pytest.raises(DeviceError, match="the speaker has stopped playing"):
            wait_until(lambda: playback.wait(0.2), "the end")


def test_nothing_is_written_over_the_screen_when_a_card_dies(card, capfd):
    with within(30), CardMicrophone().listen() as ear:
        next(ear)
        card.unplug()
        with pytest.raises(DeviceError):
            keep(ear)
    assert capfd.readouterr().err == ""


def test_without_portaudio_the_library_is_named():
    code = """
import ctypes.util
ctypes.util.find_library = lambda name: None
from simulator.adapters.portaudio import list_devices
from simulator.errors import DeviceError
try:
    list_devices()
except DeviceError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == (
        "the PortAudio library is missing; install it: `sudo apt install libportaudio2`"
    )
    assert done.stderr == ""
