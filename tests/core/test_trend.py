"""A change is only called one when it is larger than the candidate's own spread."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.core.trend import Value, find_trend


def values(*numbers):
    return tuple(Value(f"s{n}", "2026-03-02T09:00:00+00:00", x) for n, x in enumerate(numbers))


def test_the_spread_is_the_mean_moving_range():
    # Ranges 2, 2, 2, 2, 2: sigma = 2 / 1.128.
    trend = find_trend(values(10, 12, 10, 12, 10, 12))
    assert trend.sigma == pytest.approx(2 / 1.128)
    assert trend.earlier == pytest.approx(32 / 3)
    assert trend.latest == pytest.approx(34 / 3)
    assert trend.band == (
        pytest.approx(32 / 3 - 1.773, abs=1e-3),
        pytest.approx(32 / 3 + 1.773, abs=1e-3),
    )


@pytest.mark.parametrize(
    ("numbers", "direction"),
    [
        ((10, 12, 10, 12, 10, 12), "within your spread"),
        ((10, 12, 10, 12, 20, 21, 20), "higher"),
        ((20, 21, 20, 10, 12, 10), "lower"),
        ((10, 12, 30, 31, 30), "too few sessions"),
        ((5, 5, 5, 5, 5, 5), "within your spread"),
        ((0.1,) * 100, "within your spread"),
    ],
)
def test_the_latest_three_are_held_against_those_before(numbers, direction):
    assert find_trend(values(*numbers)).direction == direction


def test_no_values_have_no_trend():
    with pytest.raises(ValueError, match="needs a value"):
        find_trend(())


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30), st.floats(-1e3, 1e3))
def test_what_is_added_to_all_values_changes_no_direction_up_to_rounding(numbers, added):
    trend, moved = find_trend(values(*numbers)), find_trend(values(*(x + added for x in numbers)))
    assert moved.sigma == pytest.approx(trend.sigma, abs=1e-6)
    assert moved.centre == pytest.approx(trend.centre + added, abs=1e-6)
