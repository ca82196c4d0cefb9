"""A row is computed once, in whatever company it is asked for."""

import numpy as np

from simulator.adapters import remembered
from simulator.adapters.remembered import Remembered


class Lengths:
    """Give a text's length, and remember what was asked."""

    def __init__(self):
        self.asked = []

    def __call__(self, keys):
        self.asked.append(list(keys))
        return np.array([[len(key)] for key in keys], np.float32)


def test_only_what_is_new_is_computed_and_rows_keep_the_order_of_the_keys():
    lengths = Lengths()
    rows = Remembered(lengths)
    assert rows(["a", "bbb", "a"]).tolist() == [[1], [3], [1]]
    assert rows(["cc", "bbb"]).tolist() == [[2], [3]]
    assert lengths.asked == [["a", "bbb"], ["cc"]]


def test_no_more_is_kept_than_said(monkeypatch):
    monkeypatch.setattr(remembered, "MOST", 2)
    lengths = Lengths()
    rows = Remembered(lengths)
    rows(["a", "bb", "ccc"])
    assert rows(["bb", "ccc", "a"]).tolist() == [[2], [3], [1]]
    assert lengths.asked[1:] == [["a"]]
