"""What a command line asks for goes before the settings."""

import pytest

from simulator.cli.interview import plan_from


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("given", [{}, {"follow_ups": 1}, {"follow_ups": 0}])
def test_in_earnest_there_are_follow_ups_no_thinking_time_and_one_take(given):
    plan = plan_from({"realistic": True, **given})
    assert plan.follow_ups == given.get("follow_ups", 2)
    assert (plan.think, plan.retakes, plan.silence_seconds) == (False, False, 4.0)


@pytest.mark.usefixtures("home")
def test_in_earnest_the_silence_that_is_asked_for_holds(monkeypatch):
    monkeypatch.setenv("REHEARSE_INTERVIEW_SILENCE_SECONDS", "off")
    assert plan_from({}).silence_seconds is None
    assert plan_from({"realistic": True}).silence_seconds == 4.0
    assert plan_from({"realistic": True, "silence": "7"}).silence_seconds == 7.0
