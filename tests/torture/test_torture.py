"""A few kills of the campaign; `make torture` does two hundred."""

import pytest

from tests.torture import campaign
from tests.torture.commands import can_inject

pytestmark = [pytest.mark.card, pytest.mark.slow, pytest.mark.xdist_group("torture")]


def test_a_few_kills_lose_nothing(card, tmp_path_factory, monkeypatch):
    moments = ["recording", "second answer"]
    if can_inject():
        moments += ["deleting", "deleting", "indexing", "indexing", "importing", "importing"]
    rows = campaign.run(tmp_path_factory.mktemp("torture"), moments, seed=7)
    assert [harm for row in rows.values() for harm in row.harm] == []
    assert sum(row.kills for row in rows.values()) >= 2
    assert rows["recording"].unwritten  # or nothing was counted


def test_a_campaign_is_the_same_for_the_same_seed():
    assert campaign.draw(60, campaign.random.Random(1)) == campaign.draw(
        60, campaign.random.Random(1)
    )


def test_the_share_of_each_moment_is_kept():
    drawn = campaign.draw(200, campaign.random.Random(1))
    assert drawn.count("recording") >= 40
    assert set(drawn) >= set(campaign.MOMENTS)
