"""Everything in an answer, as moments in order of time."""

from simulator.core.coverage import Quote
from simulator.core.findings import list_findings, quote_times
from simulator.testing import a_transcript, an_answer


def test_findings_come_in_order_of_time_with_their_kinds():
    answer = an_answer("[0.5] um yes [2.5] I let her finish [0.4] well kind of [1]")
    assert [(f.kind, round(f.start, 2), f.text) for f in list_findings(answer)] == [
        ("filled_pause", 0.5, "um"),
        ("long_pause", 1.14, ""),
        ("criterion", 3.64, "Lets the customer finish"),
        ("pause", 4.92, ""),
        ("hedge", 5.64, "kind of"),
    ]


def test_a_quote_beyond_the_words_is_clamped():
    transcript = a_transcript("one two")
    assert quote_times(transcript, Quote("two three", 1, 7)) == (0.32, 0.64)
    assert quote_times(a_transcript("[1]"), Quote("", 0, 0)) == (0.0, 0.0)
