"""Print how well filler phrases, repetitions and hedges are told from words with a meaning.

python benchmarks/fillers.py [--faults]

The sentences were written and labelled by hand beside the rules: they show what the rules do, not
how they fare on other people's speech.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.core.labelled import DEFAULT, LISTED, Tally, compare, sentences, together


def line(name: str, tally: Tally) -> str:
    marked = tally.hit + len(tally.missed)
    return f"{name:<34}{marked:>7}{tally.precision:>11.2f}{tally.recall:>8.2f}"


def show(title: str, tallies: dict[str, Tally]) -> None:
    print(f"\n{title:<34}{'marked':>7}{'precision':>11}{'recall':>8}")
    for name, tally in tallies.items():
        print(line(name, tally))
    print(line("counted by default", together(tallies[name] for name in DEFAULT)))
    print(line("when a user lists them", together(tallies[n] for n in LISTED if n in tallies)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--faults", action="store_true", help="print every sentence told wrongly")
    faults = parser.parse_args().faults
    told = sentences()
    print(f"{len(told)} sentences")
    tallies = compare(told)
    show("as punctuated", tallies)
    show("without punctuation", compare(told, punctuated=False))
    for name, tally in tallies.items() if faults else ():
        for text in tally.missed:
            print(f"{name}: missed: {text}")
        for text in tally.false:
            print(f"{name}: false: {text}")


if __name__ == "__main__":
    main()
