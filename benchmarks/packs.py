"""Print how the judge sees the packs' own model answers.

    python benchmarks/packs.py [--pack ID] [--rubrics [--others N]] [--guides FOLDER]

For every question: the weighted coverage of its basic, solid and exceptional answer, and the red
flags that they raise. With --rubrics, each exceptional answer is held against the rubrics of all
questions (or of N others, drawn with a fixed seed), and the share of the others that it fits worse
is printed. With --guides, the answers of the interview guides in FOLDER (not shipped) are held
against the rubrics of their pack. How well an answer fits a rubric is said in two ways: by the
weighted coverage, which counts only what is surely shown and so often ties at nothing or at all,
and by the weighted mean of the criteria's scores.
"""

import argparse
import random
import re
from pathlib import Path

from simulator import wiring
from simulator.core.rubric_checks import LEVELS, check_answers

FIRST = re.compile(r"^Q (\d+)\. .*$", re.MULTILINE)
ADVERTS = re.compile(r"^(?:Career Expert Tips|Key Topics to Learn)", re.MULTILINE)
"""What follows an answer in the guide and is no part of it."""


def whole_packs(wanted):
    library = wiring.library()
    ids = [pack.id for pack in library.packs() if not pack.sitting_of]
    return {pack: library.load(pack).questions for pack in ids if wanted in (None, pack)}


def coverage(judge, text, question):
    return judge.judge(tuple(text.split()), question)


def print_levels(judge, packs):
    faulty, questions = 0, 0
    for pack, members in packs.items():
        print(f"\n{pack}\n{'question':<26}{'basic':>7}{'solid':>7}{'exceptional':>13}")
        for question in members:
            seen = {}

            def judged(text, question=question, seen=seen):
                seen[text] = coverage(judge, text, question)
                return seen[text]

            found = check_answers(question, judged)
            shares = [seen[answer.text].weighted for answer in question.model_answers]
            print(f"{question.id:<26}{shares[0]:>7.0%}{shares[1]:>7.0%}{shares[2]:>13.0%}")
            for fault in found:
                print(f"  {fault}")
            faulty += bool(found)
            questions += 1
    print(f"\nfaults in {faulty} of {questions} questions")


def mean_score(found):
    """Give the weighted mean of the criteria's scores, 0-1."""
    weights = sum(finding.weight for finding in found.criteria)
    return sum(finding.weight * finding.score for finding in found.criteria) / weights


WAYS = {"coverage": lambda found: found.weighted, "score": mean_score}


def better_than(judge, text, own, others):
    """Give the share of the other rubrics that an answer fits worse than its own, in each way."""
    at_home = coverage(judge, text, own)
    away = [coverage(judge, text, other) for other in others]
    return {
        way: sum(fit(other) < fit(at_home) for other in away) / len(away)
        for way, fit in WAYS.items()
    }


def print_rubrics(judge, packs, count):
    questions = [question for members in packs.values() for question in members]
    chance = random.Random(1)
    found = []
    for question in questions:
        others = [other for other in questions if other is not question]
        chosen = chance.sample(others, min(count or len(others), len(others)))
        answer = next(a for a in question.model_answers if a.level == LEVELS[-1])
        found.append(better_than(judge, answer.text, question, chosen))
        said = ", ".join(f"{share:.0%} by {way}" for way, share in found[-1].items())
        print(f"{question.id:<26}fits its own rubric better than the others: {said}", flush=True)
    for way in WAYS:
        good = sum(shares[way] >= 0.9 for shares in found)
        mean = sum(shares[way] for shares in found) / len(found)
        print(
            f"by {way}: at least 90 % for {good} of {len(found)} questions, on average {mean:.0%}"
        )


def guide_answers(folder):
    """Read the answers of the guide of twenty-eight questions, by question id."""
    for path in sorted(folder.glob("*.txt")):
        parts = FIRST.split(path.read_text("utf-8"))
        if len(parts) > 2:
            return {
                f"dc{int(n):02}": ADVERTS.split(text)[0]
                for n, text in zip(parts[1::2], parts[2::2], strict=True)
            }
    return {}


def print_guides(judge, packs, folder):
    questions = packs["difficult-customers"]
    answers = guide_answers(folder)
    best = dict.fromkeys(WAYS, 0)
    for question in questions:
        found = {q.id: coverage(judge, answers[question.id], q) for q in questions}
        said = []
        for way, fit in WAYS.items():
            shares = {each: fit(seen) for each, seen in found.items()}
            own = shares.pop(question.id)
            rival = max(shares, key=shares.__getitem__)
            best[way] += own > shares[rival]
            said.append(f"by {way} {own:.0%}, next {rival} {shares[rival]:.0%}")
        print(f"{question.id}: {'; '.join(said)}", flush=True)
    for way, count in best.items():
        print(
            f"guide answers that fit their own rubric best, by {way}: {count} of {len(questions)}"
        )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pack")
    parser.add_argument("--rubrics", action="store_true")
    parser.add_argument("--others", type=int, default=0, help="rubrics to try, 0 for all")
    parser.add_argument("--guides", type=Path)
    chosen = parser.parse_args()
    judge, packs = wiring.judge(), whole_packs(chosen.pack)
    if chosen.rubrics:
        print_rubrics(judge, packs, chosen.others)
    elif chosen.guides:
        print_guides(judge, packs, chosen.guides)
    else:
        print_levels(judge, packs)


if __name__ == "__main__":
    main()
