"""Sound that never arrived, found by the clock: PortAudio does not always say so.

blocks of 0.1 s     |a|b|c|         |d|e|
clock    0.0 s ...  1 2 3 4 5 6 7 8 9     -> half a second is missing before d
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.adapters.microphone import LOSS_SECONDS, LossLedger

RATE, BLOCK = 16_000, 1_600


def losses(*times: float) -> list[float]:
    ledger = LossLedger(RATE)
    return [round(ledger.count(BLOCK, at), 3) for at in times]


def test_steady_blocks_lose_nothing():
    assert losses(0.1, 0.2, 0.3, 0.4) == [0, 0, 0, 0]


def test_a_hole_is_reported_once_with_its_length():
    assert losses(0.1, 0.2, 0.3, 0.9, 1.0, 1.1) == [0, 0, 0, 0.5, 0, 0]


def test_blocks_that_come_late_but_complete_are_no_loss():
    assert losses(0.1, 0.2, 0.4, 0.41, 0.5) == [0, 0, 0, 0, 0]


def test_a_first_block_that_came_late_does_not_count_against_the_others():
    assert losses(0.5, 0.51, 0.52, 0.6) == [0, 0, 0, 0]


def test_a_suspended_machine_is_a_hole_too():
    assert sum(losses(0.1, 60.1, 60.2)) == pytest.approx(59.9, abs=0.01)


@given(st.lists(st.floats(0, LOSS_SECONDS * 0.4), max_size=60))
def test_jitter_is_never_a_loss(delays):
    times = [0.1 * (i + 1) + delay for i, delay in enumerate(delays)]
    assert not any(losses(*times))
