"""The waveform of a page."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.core.page_sound import find_peaks


def test_each_peak_is_the_loudest_sample_of_its_stretch():
    samples = np.zeros(16_000, np.float32)
    samples[1_000], samples[9_000], samples[15_999] = 0.2, -0.4, 0.1
    assert find_peaks([samples], 1.0, count=4) == pytest.approx((0.5, 0, 1, 0.25))


@given(st.integers(1, 9_000))
def test_peaks_do_not_depend_on_how_the_sound_is_cut(size):
    samples = np.sin(np.arange(16_000, dtype=np.float32) / 900)
    blocks = [samples[start : start + size] for start in range(0, len(samples), size)]
    assert find_peaks(blocks, 1.0) == find_peaks([samples], 1.0)


def test_silence_is_flat():
    assert find_peaks([np.zeros(800, np.float32)], 0.05, count=3) == (0, 0, 0)
    assert find_peaks([], 0.0, count=2) == (0, 0)
