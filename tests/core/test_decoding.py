"""How the recogniser uses the cores: sensible unmeasured, and changed only for a clear gain."""

import pytest

from simulator.core.decoding import (
    Decoding,
    meanwhile,
    soonest,
    usual_live,
    usual_offline,
    worth_trying,
)


def test_live_one_chunk_has_all_cores_and_offline_each_core_a_batch():
    assert usual_live(2) == Decoding(workers=1, threads=2, batch=1)
    assert usual_offline(2) == Decoding(workers=2, threads=1, batch=1)
    assert usual_live(64).threads == usual_offline(64).workers == 4


def test_while_nobody_waits_the_smallest_models_need_one_thread():
    assert meanwhile("tiny.en", Decoding(threads=2)) == Decoding(threads=1)
    assert meanwhile("base", Decoding(threads=2)) == Decoding(threads=2)


@pytest.mark.parametrize("cores", [1, 2, 3, 4, 16, 64])
def test_what_is_tried_begins_with_the_usual_and_asks_for_no_more_cores_than_there_are(cores):
    live, offline = worth_trying(cores)
    assert (live[0], offline[0]) == (usual_live(cores), usual_offline(cores))
    assert all(how.workers * how.threads <= cores for how in (*live, *offline))
    assert len(set(offline)) == len(offline) > 1


def test_only_what_is_clearly_quicker_is_preferred_to_the_usual():
    usual, other = Decoding(2, 1, 4), Decoding(1, 2, 4)
    assert soonest([(usual, 1.0), (other, 0.97)]) == usual
    assert soonest([(usual, 1.0), (other, 0.90)]) == other


def test_a_decoding_without_threads_is_refused():
    with pytest.raises(ValueError, match="1 to 64, found"):
        Decoding(threads=0)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (Decoding(threads=2), "2 threads"),
        (Decoding(), "1 thread"),
        (Decoding(2, 1, 4), "2 workers of 1 thread, 4 chunks each"),
    ],
)
def test_it_is_said_in_words(how, said):
    assert str(how) == said
