"""Fit the judge's rules: `python -m training.calibrate FOLDER…`.

Each folder holds labelled answers (rubric.toml, rubric-answers.jsonl) that the model was not
trained on; of those in training/answers only the questions held out. The thresholds come from
predictions on questions left out of the fit, one after another.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.adapters.embeddings import MiniLmEncoder
from simulator.adapters.entailment import CrossEncoder
from simulator.adapters.judge import RULES, RubricJudge, Rules
from simulator.adapters.scenario_files import load_scenario
from simulator.core.scenario import Question
from simulator.core.verdict import Rule, believed, features

LEARNT_WHOLE = ("beside", "meant")
"""Folders of answers that the model learns from, all of them."""
LEARNT = ("dev", "more", "wide", *LEARNT_WHOLE)
"""Folders of answers that the model learns from, but for the questions held out."""
RIDGE = 10.0
"""Weight of the squared size of the standardised weights."""
STEPS = tuple(np.arange(0.2, 0.9, 0.01))
WEIGHTS = {"offtopic": 3.0, "negated": 3.0}
"""In the fit: ticks of off-topic answers and denials mislead most."""
FALSE_TICKS = 0.15
"""Most false ticks, as a share, in answers of any style that shows nothing."""
AS_GOOD = 0.01
"""F1 that is hardly a difference between thresholds: the highest of them quotes best."""
IN_OTHER_WORDS = 0.77
"""Least share of what strong answers show in other words that is to be found, if possible."""
ACCUSED_RIGHTLY = 0.8
"""Least share of right ones among the red flags raised. Few were written outside denials, and
those are told casually: with a higher share they are missed."""


@dataclass(frozen=True, slots=True)
class Case:
    """Hold one rubric item of one answer."""

    question: str
    style: str
    flag: bool
    shown: bool
    features: tuple[float, ...]


def held_out(path: Path) -> bool:
    """Say whether a question is kept from the model, for calibration: mostly every third one."""
    return path.parent.name not in LEARNT_WHOLE and int(path.stem[1:]) % 3 == 0


def read_cases(folders: list[Path]) -> list[Case]:
    """Describe every item of every answer."""
    read = [_labelled(path) for folder in folders for path in sorted(folder.glob("*.toml"))]
    known = [each for each in read if each]
    blank = Rule((), 0.0, 0.5, 0.5)
    judge = RubricJudge(MiniLmEncoder(), CrossEncoder(), Rules(blank, blank))
    return [c for question, answers in known for a in answers for c in _cases(judge, question, a)]


def _labelled(path: Path) -> tuple[Question, list[dict]] | None:
    """Read a question and its answers; none for a question that the model was trained on."""
    if path.parent.name in LEARNT and not held_out(path):
        return None
    texts = [p.read_text("utf-8") for p in sorted(path.parent.glob(f"{path.stem[:3]}*.jsonl"))]
    answers = [json.loads(line) for text in texts for line in text.splitlines()]
    return load_scenario(path).questions[0], answers


def _cases(judge: RubricJudge, question: Question, answer: dict) -> list[Case]:
    evidence = judge.weigh(tuple(answer["transcript"].split()), question)
    cases = []
    items = (*question.criteria, *question.red_flags)
    for place, (item, numbers) in enumerate(zip(items, features(evidence), strict=True)):
        flag = place >= len(question.criteria)
        shown = item.id in answer["red_flags" if flag else "covered"]
        cases.append(Case(question.id, answer["style"], flag, shown, numbers))
    return cases


def logistic(cases: list[Case]) -> tuple[NDArray, float]:
    """Fit by Newton's method on standardised features; give weights on the raw ones."""
    x, y = np.array([c.features for c in cases]), np.array([c.shown for c in cases], float)
    heed = np.array([1.0 if c.flag else WEIGHTS.get(c.style, 1.0) for c in cases])
    mean, spread = x.mean(0), x.std(0) + 1e-6
    z = np.column_stack([(x - mean) / spread, np.ones(len(x))])
    beta, ridge = np.zeros(z.shape[1]), np.full(z.shape[1], RIDGE)
    ridge[-1] = 1e-6
    for _ in range(30):
        p = 1 / (1 + np.exp(-z @ beta))
        slope = z.T @ (heed * (p - y)) + ridge * beta
        beta -= np.linalg.solve((z * (heed * p * (1 - p))[:, None]).T @ z + np.diag(ridge), slope)
    weights = beta[:-1] / spread
    return weights, float(beta[-1] - weights @ mean)


def left_out(cases: list[Case]) -> NDArray:
    """Predict each question with a rule fitted to the others."""
    names, out = np.array([c.question for c in cases]), np.zeros(len(cases))
    for name in sorted(set(names)):
        weights, bias = logistic([c for c in cases if c.question != name])
        here = np.flatnonzero(names == name)
        x = np.array([cases[i].features for i in here])
        out[here] = 1 / (1 + np.exp(-(x @ weights + bias)))
    return out


def f1(y: NDArray, ticked: NDArray) -> float:
    """Give the harmonic mean of precision and recall, 0 when nothing is right."""
    right = float((y & ticked).sum())
    return 2 * right / (y.sum() + ticked.sum()) if right else 0.0


def threshold(cases: list[Case], p: NDArray) -> float:
    """Choose the highest threshold of about the best F1 that keeps false ticks rare."""
    y, style = np.array([c.shown for c in cases]), np.array([c.style for c in cases])
    quiet = [~y & (style == s) for s in ("stuffed", "offtopic")]
    allowed = [t for t in STEPS if all((p[q] >= t).mean() <= FALSE_TICKS for q in quiet if q.any())]
    told = y & (style == "strong")
    reached = {t: f1(y, p >= t) for t in allowed or [0.9]}
    good = [t for t in reached if reached[t] >= max(reached.values()) - AS_GOOD]
    return float(max((t for t in good if (p[told] >= t).mean() >= IN_OTHER_WORDS), default=good[0]))


def flag_threshold(cases: list[Case], p: NDArray) -> float:
    """Choose the lowest threshold from which the red flags raised are mostly right."""
    y = np.array([c.shown for c in cases])
    right = [t for t in STEPS if (p >= t).any() and y[p >= t].mean() >= ACCUSED_RIGHTLY]
    return float(min(right or [0.9]))


def rule(cases: list[Case], *, flags: bool) -> dict[str, object]:
    """Fit one rule and print how it does on questions left out."""
    p = left_out(cases)
    if not flags:
        p = np.array([believed(one, c.features) for one, c in zip(p, cases, strict=True)])
    y = np.array([c.shown for c in cases])
    start = (flag_threshold if flags else threshold)(cases, p)
    print(f"{'red flags' if flags else 'criteria'}: {len(cases)} cases, {y.sum()} shown, ", end="")
    print(f"threshold {start:.2f}, F1 {f1(y, p >= start):.3f} on questions left out")
    for style in sorted({c.style for c in cases}):
        here = np.array([c.style == style for c in cases])
        wrong, right = (p >= start)[here & ~y], (p >= start)[here & y]
        recall = f"{right.mean():.2f}" if right.size else "–"
        print(f"  {style:9} false ticks {wrong.sum()}/{wrong.size}, recall {recall}")
    weights, bias = logistic(cases)
    return {
        "weights": [round(float(w), 6) for w in weights],
        "bias": round(bias, 6),
        "covered": round(start, 2),
        "maybe": round(start * 0.5, 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    cases = read_cases(parser.parse_args().folders)
    found = {
        "criteria": rule([c for c in cases if not c.flag], flags=False),
        "flags": rule([c for c in cases if c.flag], flags=True),
    }
    RULES.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(f"wrote {RULES.name}")


if __name__ == "__main__":
    main()
