"""Lessons for the entailment model, made from labelled answers: what was said in its own context.

An answer tells which words show an item ("evidence"), and which come near and do not ("near").
Where an item has phrases from other stories as well, these stand in its hypothesis now and then:
rubrics made for any job hold such phrases.
Wrong stretches are drawn from those nearest to the item by their embedding, since these are what
the judge reads at run time.
"""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.core.stretches import Stretch, around, bare, marked, meaningful, stretches, units
from simulator.core.verdict import MOST_PHRASES, joint
from training.fit import Pair
from training.pairs import ENTAILED, NOT_ENTAILED, Item, hypothesis, spoken, told_by_others

Encode = Callable[[tuple[str, ...]], NDArray[np.float32]]
Weigh = Callable[[list[tuple[str, str]]], NDArray[np.float32]]
"""Give how likely each premise shows its hypothesis."""
NEAREST = 8
"""Stretches that a wrong one is drawn from; the judge reads about as many with each item."""
MISTAKEN = 3
"""Stretches that a wrong one is drawn from once a model has said which it takes for right."""
ELSEWHERE = 0.4
"""Share of the lessons whose hypothesis tells other stories, where an item has such phrases."""


@dataclass(frozen=True, slots=True)
class Told:
    """Hold one labelled answer with its stretches and how near they are to each item."""

    answer: dict
    items: dict[str, Item]
    flags: frozenset[str]
    elsewhere: dict[str, tuple[str, ...]]
    "Phrases of items from other stories."
    windows: tuple[Stretch, ...]
    vectors: NDArray[np.float32]
    nearest: dict[str, list[int]]
    "Places of the windows, the nearest first."
    mistaken: dict[str, list[int]] | None = None
    "Of the nearest, the places that a model takes for right, the surest first."

    @property
    def rubric(self) -> dict[str, Item]:
        """Give the items with all their phrases."""
        return {
            key: (name, (*phrases, *self.elsewhere.get(key, ())))
            for key, (name, phrases) in self.items.items()
        }


def read_answers(paths: list[Path], encode: Encode, others: Path) -> list[Told]:
    """Read labelled answers, given their rubrics' files and that of phrases from other stories."""
    told: list[Told] = []
    elsewhere = json.loads(others.read_text("utf-8"))
    for path in paths:
        question = tomllib.loads(path.read_text("utf-8"))["questions"][0]
        parts = (*question["criteria"], *question.get("red_flags", ()))
        items = {p["id"]: (p["name"], tuple(p["evidence"])) for p in parts}
        flags = frozenset(p["id"] for p in question.get("red_flags", ()))
        strange = {k: tuple(v) for k, v in elsewhere.get(path.stem[:3], {}).items()}
        answers = path.with_name(f"{path.stem}-answers.jsonl").read_text("utf-8").splitlines()
        for line in answers:
            answer = json.loads(line)
            words = tuple(answer["transcript"].split())
            windows = stretches(words)
            vectors = _vectors(windows, units(words), encode)
            nearest = {key: _nearest(item, vectors, encode) for key, item in items.items()}
            told.append(Told(answer, items, flags, strange, windows, vectors, nearest))
    return told


def _vectors(
    windows: tuple[Stretch, ...], parts: tuple[Stretch, ...], encode: Encode
) -> NDArray[np.float32]:
    """Give each window the direction of the sum of its units: near enough, and soon done."""
    lengths = np.array([[part.last - part.first + 1] for part in parts])
    weighed = encode(tuple(part.text for part in parts)) * lengths
    inside = [[w.first <= p.first and p.last <= w.last for p in parts] for w in windows]
    sums = np.array(inside, dtype=np.float32) @ weighed
    return sums / np.linalg.norm(sums, axis=1, keepdims=True)


def _nearest(item: Item, vectors: NDArray[np.float32], encode: Encode) -> list[int]:
    near = (vectors @ encode(item[1]).T).max(axis=1)
    return [int(place) for place in np.argsort(-near)]


def mined(told: list[Told], weigh: Weigh) -> list[Told]:
    """Let a model that goes on learning say which stretches it would be misled by."""
    asked = [
        (one.windows[place].text, joint(item[0], item[1][:MOST_PHRASES]))
        for one in told
        for key, item in one.items.items()
        for place in one.nearest[key][:NEAREST]
    ]
    sure = iter(weigh(asked).tolist())
    return [replace(one, mistaken=_surest(one, sure)) for one in told]


def _surest(one: Told, sure: Iterator[float]) -> dict[str, list[int]]:
    found = {}
    for key in one.items:
        near = one.nearest[key][:NEAREST]
        weighed = sorted(zip(near, [next(sure) for _ in near], strict=True), key=lambda x: -x[1])
        found[key] = [place for place, _ in weighed]
    return found


def answer_pairs(told: list[Told], rng: random.Random, encode: Encode) -> list[Pair]:
    """Make one pass of lessons over labelled answers."""
    pairs: list[Pair] = []
    for one in told:
        for key in one.items:
            if key in one.answer.get("evidence", {}):
                for _ in range(2 if key in one.flags else 1):
                    pairs += _shown(one, key, rng)
                pairs += _rivals(one, key, rng)
            elif key not in one.answer["covered"] and key not in one.answer["red_flags"]:
                pairs += _not_shown(one, key, rng)
            pairs += _near_misses(one, key, rng)
        pairs += _strangers(one, rng.choice(told), rng, encode)
    return pairs


def _lesson(
    one: Told, window: Stretch, key: str, rng: random.Random, told: tuple[int, float]
) -> Pair:
    return Pair(spoken(window.text, rng), _looked_for(one, key, rng), *told)


def _looked_for(one: Told, key: str, rng: random.Random) -> str:
    others = one.elsewhere.get(key, ())
    if others and rng.random() < ELSEWHERE:
        return told_by_others((one.items[key][0], others), rng)
    return hypothesis(one.items[key], rng)


def _holding(one: Told, place: range) -> list[Stretch]:
    """Give the windows that hold most of these words."""
    return [w for w in one.windows if len(_common(w, place)) >= 0.75 * len(place)]


def _common(window: Stretch, place: range) -> range:
    return range(max(window.first, place.start), min(window.last + 1, place.stop))


def _shown(one: Told, key: str, rng: random.Random) -> list[Pair]:
    """Teach that windows around the evidence show it, and that those away from it hardly do."""
    place = _place(one.answer, one.answer["evidence"][key])
    holding = _holding(one, place)
    drawn = rng.sample(holding, min(len(holding), 3))
    pairs = [_lesson(one, w, key, rng, (ENTAILED, 1.0)) for w in drawn]
    near = [one.windows[i] for i in one.nearest[key]]
    away = [w for w in near if not _common(w, place)][:NEAREST]
    far = rng.sample(away, min(len(away), 1))
    return pairs + [_lesson(one, w, key, rng, (NOT_ENTAILED, 0.4)) for w in far]


def _not_shown(one: Told, key: str, rng: random.Random) -> list[Pair]:
    """Teach that what is nearest to an item which isn't shown does not show it."""
    near = one.mistaken[key][:MISTAKEN] if one.mistaken else one.nearest[key][:NEAREST]
    drawn = rng.sample(near, min(len(near), 2)) + [rng.randrange(len(one.windows))]
    weight = 0.7 if key in one.answer["partial"] else 1.0
    return [_lesson(one, one.windows[i], key, rng, (NOT_ENTAILED, weight)) for i in drawn]


def _near_misses(one: Told, key: str, rng: random.Random) -> list[Pair]:
    """Teach that what comes near an item does not show it."""
    pairs: list[Pair] = []
    for text in one.answer.get("near", {}).get(key, ()):
        place = _place(one.answer, text)
        shown = one.answer["evidence"].get(key)
        proof = _place(one.answer, shown) if shown else range(0)
        clear = [w for w in _holding(one, place) if not _common(w, proof)]
        drawn = rng.sample(clear, min(len(clear), 2))
        pairs += [_lesson(one, w, key, rng, (NOT_ENTAILED, 1.0)) for w in drawn]
    return pairs


def _rivals(one: Told, key: str, rng: random.Random) -> list[Pair]:
    """Teach that the words which show one item don't show the others: one quote, one tick."""
    answer, place = one.answer, _place(one.answer, one.answer["evidence"][key])
    tight = [w for w in one.windows if len(_common(w, place)) == len(place)]
    tight = sorted(tight, key=lambda w: w.last - w.first)[:2]
    pairs: list[Pair] = []
    for other in rng.sample(list(one.items), 5):
        told = answer["evidence"].get(other)
        listed = other in answer["covered"] or other in answer["red_flags"]
        if other == key or not tight or (listed and not told):
            continue
        window = rng.choice(tight)
        if told and _common(window, _place(answer, told)):
            continue
        weight = 0.6 if other in answer["partial"] else 1.0
        pairs.append(_lesson(one, window, other, rng, (NOT_ENTAILED, weight)))
    return pairs


def context_pairs(told: list[Told], rng: random.Random) -> list[Pair]:
    """Make one pass of lessons over labelled answers in which a stretch is marked in its context.

    The marked words count: what was said around them says how they were meant.
    """
    pairs: list[Pair] = []
    for one in told:
        for key in one.items:
            for window, label, weight in _marked_windows(one, key, rng):
                premise = _in_its_place(one, window, rng)
                pairs.append(Pair(premise, _looked_for(one, key, rng), label, weight))
    return pairs


def _marked_windows(
    one: Told, key: str, rng: random.Random
) -> Iterator[tuple[Stretch, int, float]]:
    """Give windows to be marked, those that a model takes for right, with label and weight."""
    answer, order = one.answer, one.mistaken[key] if one.mistaken else one.nearest[key]
    likely = [one.windows[place] for place in order[:NEAREST]]
    listed = key in answer["covered"] or key in answer["red_flags"]
    shown = answer.get("evidence", {}).get(key)
    proof = _place(answer, shown) if shown else range(0)
    if shown:
        right = _holding(one, proof)
        taken = [w for w in likely if w in right] or right
        for window in rng.sample(taken, min(len(taken), 3 if key in one.flags else 2)):
            yield window, ENTAILED, 1.0
        away = [w for w in likely if not _common(w, proof)][:MISTAKEN]
        for window in rng.sample(away, min(len(away), 1)):
            yield window, NOT_ENTAILED, 0.6
    elif not listed:
        wrong = likely[:MISTAKEN]
        for window in rng.sample(wrong, min(len(wrong), 2)):
            yield window, NOT_ENTAILED, 0.7 if key in answer["partial"] else 1.0
    for text in answer.get("near", {}).get(key, ()):
        clear = [w for w in _holding(one, _place(answer, text)) if not _common(w, proof)]
        for window in rng.sample(clear, min(len(clear), 1)):
            yield window, NOT_ENTAILED, 1.0


def _in_its_place(one: Told, window: Stretch, rng: random.Random) -> str:
    words = tuple(one.answer["transcript"].split())
    before, after = around(window, words, meaningful(words))
    parts = (before, window.text, after)
    if rng.random() < 0.45:
        parts = tuple(" ".join(bare(word) for word in part.split()) for part in parts)
    return marked(*parts)


def _strangers(one: Told, other: Told, rng: random.Random, encode: Encode) -> list[Pair]:
    """Teach that an answer to another question hardly shows anything of this one's rubric."""
    if other.items == one.items or one.answer["style"] == "negated":
        return []
    pairs: list[Pair] = []
    for key in rng.sample(list(other.items), 3):
        near = _nearest(other.items[key], one.vectors, encode)[:3]
        window = one.windows[rng.choice(near)]
        said = hypothesis(other.items[key], rng)
        wide = len(other.items[key][1]) > MOST_PHRASES  # any story may show it after all
        weight = 0.2 if wide else 0.5
        pairs.append(Pair(spoken(window.text, rng), said, NOT_ENTAILED, weight))
    return pairs


def _place(answer: dict, shown: str) -> range:
    """Give the positions of the words labelled."""
    first = len(answer["transcript"][: answer["transcript"].index(shown)].split())
    return range(first, first + len(shown.split()))
