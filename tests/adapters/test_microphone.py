"""What waits behind a slow listener comes at once; a device that stands still is told from us."""

import queue

import numpy as np
import pytest

from simulator.adapters import microphone
from simulator.adapters.microphone import _Block, _blocks
from simulator.errors import DeviceError

TENTH = 1600


def a_block(value, at):
    return _Block(np.full(TENTH, value, np.int16).tobytes(), at)


def a_queue(*found):
    source = queue.SimpleQueue()
    for item in found:
        source.put(item)
    return source


def test_all_that_waits_comes_at_once_in_order():
    source = a_queue(*(a_block(n * 8192, n / 10) for n in range(3)))
    samples = next(_blocks(source, 16_000, lambda seconds: None))
    assert len(samples) == 3 * TENTH
    assert samples[::TENTH].tolist() == [0.0, 0.25, 0.5]


def test_what_came_before_the_end_is_given_first():
    blocks = _blocks(a_queue(a_block(1, 0.1), None), 16_000, lambda seconds: None)
    assert len(next(blocks)) == TENTH
    with pytest.raises(DeviceError, match="the microphone is gone"):
        next(blocks)


def test_a_loss_is_told_after_the_sound_is_handed_on():
    told = []
    source = a_queue(a_block(1, 0.1), a_block(1, 1.2))
    blocks = _blocks(source, 16_000, told.append)
    next(blocks)
    assert told == []
    source.put(a_block(1, 1.3))
    next(blocks)
    assert told == pytest.approx([1.0])


class Asleep(queue.SimpleQueue):
    """A queue whose reader was stopped for a minute, with its clock running on."""

    clock = 0.0

    def get(self, block=True, timeout=None):
        if self.clock == 0.0:
            Asleep.clock = 60.0
            raise queue.Empty
        return super().get(block, timeout)


def test_a_program_that_was_stopped_goes_on_listening(monkeypatch):
    source = Asleep()
    source.put(a_block(1, 0.1))
    monkeypatch.setattr(microphone.time, "monotonic", lambda: Asleep.clock)
    assert len(next(_blocks(source, 16_000, lambda seconds: None))) == TENTH


def test_a_device_that_sends_nothing_for_a_second_is_said_to_have_stopped(monkeypatch):
    monkeypatch.setattr(microphone, "STALL_SECONDS", 0.01)
    with pytest.raises(DeviceError, match="has stopped sending sound"):
        next(_blocks(queue.SimpleQueue(), 16_000, lambda seconds: None))
