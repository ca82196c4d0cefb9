"""The judge proves its ticks with quotes, whatever the weights say."""

import numpy as np
import pytest

from simulator.adapters.judge import RubricJudge, Rules, load_rules
from simulator.core.scenario import Criterion, Question, RedFlag
from simulator.core.stretches import bare
from simulator.core.verdict import Rule
from simulator.errors import JudgeError

QUESTION = Question(
    "q",
    "A guest has no room. What do you do?",
    "situational",
    (
        Criterion("sorry", "Apologises", ("I apologise to the guest",), 2.0, "What do you say?"),
        Criterion("taxi", "Pays", ("I pay for the taxi",), 1.0, "Who pays?"),
    ),
    red_flags=(RedFlag("blame", "Blames others", ("It is the website's fault",)),),
)
JOINT_ONLY = Rules(
    Rule((0.0, 1.0, *[0.0] * 24), 0.0, covered=0.5, maybe=0.2),
    Rule((0.0, 1.0, *[0.0] * 24), 0.0, covered=0.5, maybe=0.2),
)
"""Looks at nothing but the log-odds of the best stretch."""


def plain(text):
    return {bare(word) for word in text.split()} - {"i", "the", "to", "for", "is", "it"}


class WordEncoder:
    """Place texts by the words in them."""

    def encode(self, texts):
        rows = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in plain(text):
                row[sum(map(ord, word)) % 64] += 1

        return rows / np.maximum(1e-6, np.linalg.norm(rows, axis=1, keepdims=True))


class SharedWords:
    """Entail where at least two content words are shared."""

    def probabilities(self, pairs):
        yes, no = (0.9, 0.08, 0.02), (0.1, 0.8, 0.1)
        found = [yes if len(plain(a) & plain(b)) >= 2 else no for a, b in pairs]
        return np.array(found, dtype=np.float32).reshape(-1, 3)


def judge(text, rules=JOINT_ONLY, question=QUESTION):
    return RubricJudge(WordEncoder(), SharedWords(), rules).judge(tuple(text.split()), question)


def test_what_was_said_is_covered_and_quoted_verbatim():
    found = judge("We had no bed left. So um I I apologise to the guest at once. That was June.")
    sorry, taxi = found.criteria
    assert (sorry.status, taxi.status) == ("covered", "missing")
    assert "um I I apologise to the guest" in sorry.quote.text
    assert taxi.quote is None
    assert found.weighted == pytest.approx(2 / 3)


class Retracted:
    """Entail what shares words, unless it is marked in a text that takes it back."""

    def probabilities(self, pairs):
        rows = SharedWords().probabilities(pairs)
        for row, (premise, _) in zip(rows, pairs, strict=True):
            if "]" in premise and "never" in premise:
                row[:] = (0.02, 0.08, 0.9)
        return rows


def test_what_is_said_around_the_words_decides_whether_they_were_meant():
    meant = Rules(*[Rule((*[0.0] * 23, 1.0, 0.0, 0.0), 0.0, covered=0.5, maybe=0.2)] * 2)
    said = ("I really do pay for the taxi myself.", "That was the plan, it never came to it.")
    for words, status in ((said[:1], "covered"), (said, "missing")):
        found = RubricJudge(WordEncoder(), Retracted(), meant).judge(
            tuple(" ".join(words).split()), QUESTION
        )
        assert found.criteria[1].status == status


def test_the_quote_points_at_its_words():
    words = ("Well", "we", "had", "no", "bed.", "I", "really", "pay", "for", "the", "taxi.")
    quote = judge(" ".join(words)).criteria[1].quote
    assert quote.text == " ".join(words[quote.first : quote.last + 1])


def test_a_red_flag_is_raised_with_its_quote():
    (blame,) = judge("I told them that the website's fault made all this trouble.").red_flags
    assert blame.status == "raised"
    assert "website's fault" in blame.quote.text


def test_nothing_said_shows_nothing_and_says_so():
    found = judge("um uh ...")
    assert [f.status for f in found.criteria] == ["missing", "missing"]
    assert found.notes == ("nothing was said",)
    assert found.weighted == 0.0


def test_a_question_without_red_flags_is_judged_too():
    bare_question = Question("q", "Why?", "behavioural", QUESTION.criteria[:1])
    assert judge("I apologise to the guest then.", question=bare_question).weighted == 1.0


class Counting(SharedWords):
    """Remember which pairs were read."""

    def __init__(self):
        self.pairs = []

    def probabilities(self, pairs):
        self.pairs += pairs
        return super().probabilities(pairs)


def test_an_answer_that_has_grown_is_judged_alike_and_read_only_where_it_is_new():
    said = "We had no bed left. I apologise to the guest at once. Then I pay for the taxi."
    entailment = Counting()
    judge_twice = RubricJudge(WordEncoder(), entailment, JOINT_ONLY)
    judge_twice.judge(tuple(said.split()[:11]), QUESTION)
    before = len(entailment.pairs)
    assert judge_twice.judge(tuple(said.split()), QUESTION) == judge(said)
    assert 0 < before < len(entailment.pairs) == len(set(entailment.pairs))


def test_damaged_rules_are_reported_in_one_line(tmp_path):
    broken = tmp_path / "rules.json"
    broken.write_text('{"criteria": {}}')
    with pytest.raises(JudgeError, match=r"rules\.json: the judge's rules cannot be read"):
        load_rules(broken)


def test_damaged_weights_are_refused(tmp_path):
    from simulator.adapters.entailment import CrossEncoder

    weights = tmp_path / "model.onnx"
    weights.write_bytes(b"not a model")
    with pytest.raises(JudgeError, match="damaged weights"):
        CrossEncoder(weights, "0" * 64)
    with pytest.raises(JudgeError, match="cannot be read"):
        CrossEncoder(tmp_path / "none.onnx", "0" * 64)


def test_an_answer_to_something_else_is_told_apart_from_one_that_shows_nothing():
    astray = judge("My bicycle has red handlebars and a bell that my sister found.")
    vague = judge("A guest has no room, what do you do, well, that depends.")
    shown = judge("I apologise to the guest.")
    assert astray.notes == ("little of this answer seems to be about the question",)
    assert vague.notes == shown.notes == ()
