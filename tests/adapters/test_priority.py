"""A thread that gives way is alone in that."""

import os
import sys
import threading

import pytest

from simulator.adapters.priority import NICENESS, give_way


@pytest.mark.skipif(sys.platform != "linux", reason="threads have a niceness on Linux alone")
def test_the_thread_and_what_it_starts_give_way_and_the_others_do_not():
    found = []

    def nice():
        found.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    def run():
        give_way()
        nice()
        child = threading.Thread(target=nice)
        child.start()
        child.join()

    before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    lower = min(19, before + NICENESS)
    assert found == [lower, lower]
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before
