"""A part that fails is named with what mends it; only a needed one stops an interview."""

from simulator.core.health import HealthCheck, HealthFinding, Poor, examine
from simulator.errors import DeviceError


def fails(error):
    def probe():
        raise error

    return probe


def test_a_part_that_works_says_what_it_found():
    check = HealthCheck("disk", lambda: "80 GB free", True, "buy one")
    assert list(examine((check,))) == [HealthFinding("disk", "good", "80 GB free")]


def test_a_needed_part_that_fails_is_bad_and_the_next_is_still_tried():
    lost = fails(DeviceError("no microphone; ask somebody"))
    checks = (
        HealthCheck("microphone", lost, True, "plug one in"),
        HealthCheck("disk", lambda: "80 GB free", True, "buy one"),
    )
    assert list(examine(checks)) == [
        HealthFinding("microphone", "bad", "no microphone", "plug one in"),
        HealthFinding("disk", "good", "80 GB free"),
    ]


def test_a_part_that_is_not_needed_says_what_is_left_out():
    check = HealthCheck("speaker", fails(DeviceError("gone")), False, "plug it in", "text only")
    assert list(examine((check,))) == [
        HealthFinding("speaker", "poor", "gone (text only)", "plug it in")
    ]


def test_a_needed_part_may_work_poorly():
    check = HealthCheck("disk", fails(Poor("0.5 GB free")), True, "free some")
    assert list(examine((check,))) == [HealthFinding("disk", "poor", "0.5 GB free", "free some")]
