"""Print how well each way of judging agrees with labelled answers.

    python benchmarks/coverage.py [FOLDER…] [--method ours …] [--failures] [--quotes N]

Each folder holds rubrics (ID….toml) and labelled answers (ID…-answers.jsonl) and gets a table of
its own, with a line for answers in plain words (ID…-plain.jsonl); without a folder our own test set
is taken, which neither the model nor the rule has seen.
--quotes prints N ticks of all folders, drawn at random, each with its quote, to be read.
"""

import argparse
import json
import random
import re
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from simulator import wiring
from simulator.adapters.cosine_judge import CosineJudge
from simulator.adapters.embeddings import MiniLmEncoder
from simulator.adapters.scenario_files import load_scenario
from simulator.core.coverage import Coverage, CriterionFinding, FlagFinding, Quote
from simulator.core.scenario import Question

OWN_TEST = Path(__file__).parent.parent / "training" / "answers" / "own_test"
METHODS = ("everything", "keywords", "cosine", "ours")
COMMON = frozenset("i a the and to of it is in for that them they my on with at what say".split())  # noqa: SIM905


@dataclass(frozen=True)
class Judged:
    """Hold one answer's labels and what a method said."""

    question: Question
    answer: dict
    coverage: Coverage


class EverythingJudge:
    """Tick all: what a method must beat."""

    def judge(self, words, question):  # noqa: D102
        quote = Quote(" ".join(words), 0, len(words) - 1)
        return Coverage(
            tuple(
                CriterionFinding(c.id, c.name, c.weight, "covered", 1.0, quote)
                for c in question.criteria
            ),
            tuple(FlagFinding(f.id, f.name, "raised", 1.0, quote) for f in question.red_flags),
        )


class KeywordJudge:
    """Tick where a third of a phrase's content words were said."""

    def judge(self, words, question):  # noqa: D102
        said = {re.sub(r"\W", "", word.lower()) for word in words}
        quote = Quote(" ".join(words), 0, len(words) - 1)

        def hit(item):
            keys = [set(re.findall(r"\w+", p.lower())) - COMMON for p in item.evidence]
            return max(len(k & said) / max(1, len(k)) for k in keys) >= 1 / 3

        return Coverage(
            tuple(
                CriterionFinding(
                    c.id, c.name, c.weight, "covered" if hit(c) else "missing", 0.5, quote
                )
                for c in question.criteria
            ),
            tuple(
                FlagFinding(f.id, f.name, "raised" if hit(f) else "clear", 0.5)
                for f in question.red_flags
            ),
        )


def make(method):
    if method == "ours":
        return wiring.judge()
    if method == "cosine":
        return CosineJudge(MiniLmEncoder())
    return {"everything": EverythingJudge, "keywords": KeywordJudge}[method]()


def read(folders, kind="answers"):
    """Give (question, answer) for each labelled answer of a kind."""
    for path in (p for folder in folders for p in sorted(folder.glob("*.toml"))):
        question = load_scenario(path).questions[0]
        for lines in path.parent.glob(f"{path.stem[:3]}*-{kind}.jsonl"):
            for line in lines.read_text("utf-8").splitlines():
                yield question, json.loads(line)


def judge_all(judge, answers):
    return [
        Judged(question, answer, judge.judge(tuple(answer["transcript"].split()), question))
        for question, answer in answers
    ]


def f1(pairs):
    right = sum(true and said for true, said in pairs)
    named = sum(true + said for true, said in pairs)
    return 2 * right / named if named else 0.0


def ticks(judged, styles=None):
    """Give (shown, ticked) for each criterion of each answer of these styles."""
    return [
        (finding.id in one.answer["covered"], finding.status == "covered")
        for one in judged
        if styles is None or one.answer["style"] in styles
        for finding in one.coverage.criteria
    ]


def flags(judged, *, denials=True):
    return [
        (finding.id in one.answer["red_flags"], finding.status == "raised")
        for one in judged
        if denials or one.answer["style"] != "negated"
        for finding in one.coverage.red_flags
    ]


def false_share(judged, style):
    wrong = [said for true, said in ticks(judged, (style,)) if not true]
    return sum(wrong) / len(wrong) if wrong else float("nan")


def ranks(values):
    ordered = sorted(values)
    return [(ordered.index(v) + len(ordered) - ordered[::-1].index(v) - 1) / 2 for v in values]


def spearman(a, b):
    a, b = ranks(a), ranks(b)
    mean = (len(a) - 1) / 2
    over = sum((x - mean) * (y - mean) for x, y in zip(a, b, strict=True))
    under = (sum((x - mean) ** 2 for x in a) * sum((y - mean) ** 2 for y in b)) ** 0.5
    return over / under if under else 0.0


def rank_correlation(judged):
    """Correlate weighted coverage with the labels', within each question."""
    by_question = defaultdict(list)
    for one in judged:
        weight = {f.id: f.weight for f in one.coverage.criteria}
        shown = sum(weight[key] for key in one.answer["covered"])
        shown += 0.5 * sum(weight[key] for key in one.answer["partial"])
        by_question[one.question.id].append((shown, one.coverage.weighted))
    found = [spearman(*zip(*pairs, strict=True)) for pairs in by_question.values()]
    return sum(found) / len(found)


def quotes_right(judged):
    """Give the share of ticks whose quote holds at least half of the labelled evidence's words."""
    hits = []
    for one in (one for one in judged if "evidence" in one.answer):
        for finding in one.coverage.criteria:
            if finding.status != "covered" or finding.quote is None:
                continue
            gold = one.answer["evidence"].get(finding.id)
            if finding.id not in one.answer["covered"]:
                hits.append(False)
            elif gold:
                first = len(one.answer["transcript"].split(gold)[0].split())
                place = range(first, first + len(gold.split()))
                common = sum(finding.quote.first <= i <= finding.quote.last for i in place)
                short = min(len(place), finding.quote.last - finding.quote.first + 1)
                hits.append(common >= 0.5 * short)
    return sum(hits) / len(hits) if hits else float("nan")


def report(method, judged, seconds):
    strong = [said for true, said in ticks(judged, ("strong",)) if true]
    outside = flags(judged, denials=False)
    print(
        f"{method:10} {f1(ticks(judged)):6.3f}"
        f" {false_share(judged, 'stuffed'):8.1%} {false_share(judged, 'offtopic'):8.1%}"
        f" {false_share(judged, 'negated'):8.1%} {sum(strong) / len(strong):7.2f}"
        f" {quotes_right(judged):7.1%} {f1(flags(judged)):6.3f}"
        f" {sum(t and s for t, s in outside):>3} of {sum(t for t, _ in outside)}"
        f" +{sum(s and not t for t, s in outside):<3}"
        f" {rank_correlation(judged):6.2f} {seconds:6.2f}"
    )


def report_plain(method, judged):
    found = ticks(judged)
    right, wrong = ([said for true, said in found if true is kind] for kind in (True, False))
    print(
        f"{method:10} {f1(found):6.3f}  plain words: {len(judged)} answers,"
        f" recall {sum(right) / len(right):.2f}, false ticks {sum(wrong) / len(wrong):.1%},"
        f" quotes {quotes_right(judged):.1%}"
    )


def failures(judged):
    for one in judged:
        for finding in one.coverage.criteria:
            true, said = finding.id in one.answer["covered"], finding.status == "covered"
            if true != said:
                what = "missed" if true else "FALSE "
                text = finding.quote.text if finding.quote else "-"
                print(f"{what} {one.answer['id']} {finding.id} {finding.score:.2f} “{text}”")
        for finding in one.coverage.red_flags:
            true, said = finding.id in one.answer["red_flags"], finding.status == "raised"
            if true != said:
                what = "flag missed" if true else "FALSE FLAG "
                text = finding.quote.text if finding.quote else "-"
                print(f"{what} {one.answer['id']} {finding.id} {finding.score:.2f} “{text}”")


def table(folder, options, judges):
    """Print a folder's table and give what each method judged."""
    print(f"{folder.parent.name}/{folder.name}")
    print(
        f"{'method':10} {'F1':>6} {'stuffed':>8} {'offtopic':>8} {'denied':>8} {'strong':>7}"
        f" {'quotes':>7} {'flags':>6} {'outside':>11} {'rank':>6} {'s':>6}"
    )
    for method, judge in judges.items():
        began = time.perf_counter()
        judged = judge_all(judge, read([folder]))
        report(method, judged, (time.perf_counter() - began) / len(judged))
        if plain := judge_all(judge, read([folder], "plain")):
            report_plain(method, plain)
        if options.failures:
            failures(judged)
    return judged


def quotes(judged, count):
    """Print ticks drawn at random: answer, criterion with its evidence, quote."""
    ticked = [
        (one, finding)
        for one in judged
        for finding in one.coverage.criteria
        if finding.status == "covered"
    ]
    for one, finding in random.Random(60).sample(ticked, min(count, len(ticked))):
        (item,) = [c for c in one.question.criteria if c.id == finding.id]
        print(
            f"{one.answer['id']} {item.name} ({'; '.join(item.evidence)}): “{finding.quote.text}”"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[OWN_TEST])
    parser.add_argument("--method", action="append", choices=METHODS)
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--quotes", type=int, default=0, help="ticks of the last method to print")
    options = parser.parse_args()
    judges = {method: make(method) for method in options.method or METHODS}
    judged = [one for folder in options.folders for one in table(folder, options, judges)]
    quotes(judged, options.quotes)


if __name__ == "__main__":
    main()
