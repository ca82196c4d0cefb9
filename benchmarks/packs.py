"""Print how the judge sees the packs' own model answers.

    python benchmarks/packs.py [--pack ID] [--rubrics] [--guides FOLDER]

For every question: the weighted coverage of its basic, solid and exceptional answer, and the red
flags that they raise. With --rubrics, each exceptional answer is held against the rubrics of all
questions, and the share of the others that it fits worse is printed. With --guides, the answers
of the interview guides in FOLDER (not shipped) are held against the rubrics of their pack.
"""

import argparse
import re
from pathlib import Path

from simulator import wiring
from simulator.core.rubric_checks import LEVELS, check_answers

FIRST = re.compile(r"^Q (\d+)\. .*$", re.MULTILINE)


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


def best_fits(judge, text, own, others):
    """Give the share of the other rubrics that an answer fits worse than its own."""
    at_home = coverage(judge, text, own).weighted
    away = [coverage(judge, text, other).weighted for other in others if other is not own]
    return sum(other < at_home for other in away) / len(away) if away else 1.0


def print_rubrics(judge, packs):
    questions = [question for members in packs.values() for question in members]
    shares = []
    for question in questions:
        answer = next(a for a in question.model_answers if a.level == LEVELS[-1])
        shares.append(best_fits(judge, answer.text, question, questions))
        print(f"{question.id:<26}fits its own rubric better than {shares[-1]:.0%} of the others")
    good = sum(share >= 0.9 for share in shares)
    print(f"at least 90 %: {good} of {len(shares)} questions")


def guide_answers(folder):
    """Read the answers of the guide of twenty-eight questions, by question id."""
    for path in sorted(folder.glob("*.txt")):
        parts = FIRST.split(path.read_text("utf-8"))
        if len(parts) > 2:
            return {
                f"dc{int(n):02}": text for n, text in zip(parts[1::2], parts[2::2], strict=True)
            }
    return {}


def print_guides(judge, packs, folder):
    questions = packs["difficult-customers"]
    answers = guide_answers(folder)
    best = 0
    for question in questions:
        shares = {q.id: coverage(judge, answers[question.id], q).weighted for q in questions}
        first = max(shares.values()) == shares[question.id] > 0
        best += first
        nearest = max(shares, key=shares.__getitem__)
        mark = "own" if first else f"{nearest} at {shares[nearest]:.0%}"
        print(f"{question.id}: own rubric {shares[question.id]:.0%}, best {mark}")
    print(f"guide answers that fit their own rubric best: {best} of {len(questions)}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pack")
    parser.add_argument("--rubrics", action="store_true")
    parser.add_argument("--guides", type=Path)
    chosen = parser.parse_args()
    judge, packs = wiring.judge(), whole_packs(chosen.pack)
    if chosen.rubrics:
        print_rubrics(judge, packs)
    elif chosen.guides:
        print_guides(judge, packs, chosen.guides)
    else:
        print_levels(judge, packs)


if __name__ == "__main__":
    main()
