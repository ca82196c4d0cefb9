"""Whether a question's rubric can be trusted: what an author should mend before using it.

Two phrases are alike when they share most of their content words (Jaccard index), or, where a
sentence encoder is at hand, when their vectors point the same way (cosine). The thresholds are
conventions of ours, set between the closest pair of the shipped packs and plain rewordings.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain, combinations, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from simulator.core.coverage import Coverage
    from simulator.core.scenario import Criterion, Level, Question, RedFlag, Scenario

    Alike = Callable[[str, str], float]
    "How alike two phrases are, 0-1."
    Same = Callable[[str, str], bool]
    Judged = Callable[[str], Coverage]
    "An answer's text judged against the question's rubric."

SHARED_WORDS = 0.5
"""Jaccard index of content words from which two phrases say the same."""
COSINE = 0.75
"""Cosine of MiniLM sentence vectors from which two phrases say the same."""
BREATH_WORDS = 30
"""Words of a prompt: some 12 s at 150 words a minute, the longest that is followed in one go."""
EVIDENCE = 4
"""Fewest evidence phrases: with less the judge knows one way of saying it, not the idea."""
SATISFIED = 0.5
"""Weighted coverage from which a basic answer satisfies a rubric."""
MARGIN = 0.05
"""Weighted coverage by which a level must exceed the one below it: less is a matter of luck."""
LEVELS: tuple[Level, ...] = ("basic", "solid", "exceptional")
_COMMON = """
a about after all also an and any are as at be been before but by can could did do does for
from get got had has have he her him his how i i'd i'll i'm i've if in into is it it's its
just me my no not of off on one or our out over she so than that that's the their them then
there they they're this to too up us was we were what when which who will with would you
your
"""
_STOP = frozenset(_COMMON.split())


@dataclass(frozen=True, slots=True)
class RubricFault:
    """Name one weakness of a rubric."""

    question: str
    place: str
    "Criterion, red flag or model answer; empty for the question itself."
    message: str

    def __str__(self) -> str:
        """Say it in one line."""
        place = f"{self.question}.{self.place}" if self.place else self.question
        return f"{place}: {self.message}"


def check_wording(question: Question, cosine: Alike | None = None) -> tuple[RubricFault, ...]:
    """List what is weak in the wording of a question; ``cosine`` compares two evidence phrases."""

    def same(one: str, other: str) -> bool:
        if shared_words(one, other) >= SHARED_WORDS:
            return True
        return cosine is not None and cosine(one, other) >= COSINE

    found = (_prompt(question), _parts(question), _within(question, same), _between(question, same))
    return tuple(chain.from_iterable(found))


def phrases(scenario: Scenario) -> tuple[str, ...]:
    """List all evidence phrases of a scenario, each once."""
    said = (phrase for q in scenario.questions for part in _rubric(q) for phrase in part.evidence)
    return tuple(dict.fromkeys(said))


def check_answers(question: Question, judged: Judged) -> tuple[RubricFault, ...]:
    """List where the judge does not follow the model answers' levels."""
    results = {answer.level: judged(answer.text) for answer in question.model_answers}
    return tuple(_answers(question.id, results))


def shared_words(one: str, other: str) -> float:
    """Give the Jaccard index of two phrases' content words, 0-1."""
    left, right = content_words(one), content_words(other)
    return len(left & right) / len(left | right) if left | right else float(one == other)


def content_words(text: str) -> frozenset[str]:
    """Give the words that carry meaning, without their most common endings."""
    words = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
    return frozenset(re.sub(r"(ing|ed|es|s)$", "", w) for w in words if w not in _STOP)


def _rubric(question: Question) -> tuple[Criterion | RedFlag, ...]:
    return (*question.criteria, *question.red_flags)


def _prompt(question: Question) -> Iterator[RubricFault]:
    words = len(question.prompt.split())
    if words > BREATH_WORDS:
        message = f"{words} words are too long for one breath: at most {BREATH_WORDS}"
        yield RubricFault(question.id, "prompt", message)


def _parts(question: Question) -> Iterator[RubricFault]:
    """Yield what a finished question has and this one lacks."""
    for criterion in question.criteria:
        if len(criterion.evidence) < EVIDENCE:
            message = f"{len(criterion.evidence)} evidence phrases: give at least {EVIDENCE}"
            yield RubricFault(question.id, criterion.id, message)
        if not criterion.follow_up.strip():
            yield RubricFault(question.id, criterion.id, "has no follow-up question")
    counts = Counter(answer.level for answer in question.model_answers)
    for level in LEVELS:
        if counts[level] != 1:
            message = f"{counts[level]} {level} model answers: exactly one is needed"
            yield RubricFault(question.id, "model_answers", message)
    if not question.why.strip():
        yield RubricFault(question.id, "why", "does not say why the question is asked")


def _within(question: Question, same: Same) -> Iterator[RubricFault]:
    for part in _rubric(question):
        for one, other in combinations(part.evidence, 2):
            if same(one, other):
                message = f"evidence phrases too alike: {one!r} and {other!r}"
                yield RubricFault(question.id, part.id, message)


def _between(question: Question, same: Same) -> Iterator[RubricFault]:
    for left, right in combinations(question.criteria, 2):
        for one, other in product(left.evidence, right.evidence):
            if same(one, other):
                message = f"overlaps with {right.id}: {one!r} and {other!r}"
                yield RubricFault(question.id, left.id, message)


def _answers(question: str, results: dict[Level, Coverage]) -> Iterable[RubricFault]:
    basic = results.get("basic")
    if basic is not None and basic.weighted >= SATISFIED:
        message = f"the basic answer already covers {basic.weighted:.0%} of the rubric"
        yield RubricFault(question, "basic", message)
    present = [level for level in LEVELS if level in results]
    for lower, upper in zip(present, present[1:], strict=False):
        below, above = results[lower].weighted, results[upper].weighted
        if above < below + MARGIN:
            message = f"covers {above:.0%}, hardly more than the {lower} answer ({below:.0%})"
            yield RubricFault(question, upper, message)
    for level, coverage in results.items():
        for flag in (flag for flag in coverage.red_flags if flag.status == "raised"):
            said = f": {flag.quote.text!r}" if flag.quote else ""
            yield RubricFault(question, level, f"raises the red flag {flag.id}{said}")
