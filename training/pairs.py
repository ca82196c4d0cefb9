"""Lessons for the entailment model, made from hand-written topics.

A topic file holds, line by line: `# topic`; `N phrase | name | phrase …` (a criterion), `rN …` (a
red flag); then stretches of speech: `+1,r2 text` shows these; `~1 text` comes near and does not;
`!1 text` denies; `- text` shows nothing.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from simulator.core.stretches import WORDS_AROUND, bare, marked, meaningful
from simulator.core.verdict import MOST_PHRASES, joint
from training.fit import Pair

ENTAILED, NEUTRAL, CONTRADICTED, NOT_ENTAILED = 0, 1, 2, 3
Item = tuple[str, tuple[str, ...]]
"""Name and phrases of a criterion or red flag."""
OPENINGS = ("", "", "well", "so", "and", "then", "first of all", "in that case", "um so", "and uh")
"""How a plain sentence begins."""
MARKED = 0.4
"""Share of the stretches that are taught once more, marked between others."""
LONGEST = 48
"""Words of a premise, as in simulator.core.stretches."""
_LINE = re.compile(r"^(?:(?P<mark>[+~!])(?P<keys>r?\d+(?:,\s*r?\d+)*)|(?P<none>-)) +(?P<text>.+)$")
_ITEM = re.compile(r"^(?P<key>r?\d+) +(?P<phrases>.+)$")


@dataclass(slots=True)
class Topic:
    """Hold one topic: its rubric and its stretches."""

    name: str
    items: dict[str, Item] = field(default_factory=dict)
    "Name and phrases of each criterion (1, 2 …) and red flag (r1 …)."
    stretches: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)
    "Mark (+ ~ ! -), keys, text."


def read_topics(folder: Path) -> list[Topic]:
    """Read all topic files."""
    topics: list[Topic] = []
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.startswith("# "):
                topics.append(Topic(line[2:].strip()))
            elif match := _LINE.match(line):
                keys = tuple(re.findall(r"r?\d+", match["keys"] or ""))
                topics[-1].stretches.append((match["mark"] or "-", keys, match["text"]))
            elif match := _ITEM.match(line):
                first, *rest = (part.strip() for part in match["phrases"].split("|"))
                name, *others = rest or [first]
                topics[-1].items[match["key"]] = (name, (first, *others))
            elif line.strip():
                raise ValueError(f"{path}:{number}: unknown line: {line:.60}")
    return topics


def hypothesis(item: Item, rng: random.Random) -> str:
    """Say what is looked for: a phrase, the name, or the name with phrases.

    More than a few phrases tell different stories, so none of them stands alone.
    """
    name, phrases = item
    if len(phrases) > MOST_PHRASES:
        return told_by_others(item, rng)
    draw = rng.random()
    if draw < 0.35:
        return rng.choice(phrases)
    if draw < 0.47:
        return name
    count = rng.choice((1, 2, 2, 2, 3))
    return joint(name, tuple(rng.sample(phrases, min(count, len(phrases)))))


def told_by_others(item: Item, rng: random.Random) -> str:
    """Say what is looked for by examples, each from another story."""
    name, phrases = item
    if rng.random() < 0.1:
        return name
    return joint(name, tuple(rng.sample(phrases, rng.choice((2, 2, 3)))))


def spoken(text: str, rng: random.Random) -> str:
    """Give a text as a recogniser might, cleaned as the judge cleans it."""
    words = tuple(text.split())
    words = tuple(words[i] for i in meaningful(words))
    if rng.random() < 0.45:
        words = tuple(bare(word) for word in words)
    if rng.random() < 0.15 and len(words) > 8:
        gone = rng.randrange(len(words))
        words = words[:gone] + words[gone + 1 :]
    return " ".join(words)


def in_context(text: str, other: str, rng: random.Random) -> str:
    """Put part of another text before or after, as a window's edges do."""
    words, room = other.split(), LONGEST - len(text.split())
    count = min(room, rng.randint(4, 22), len(words))
    if count < 3:
        return text
    after = rng.random() < 0.5
    return f"{text} {' '.join(words[:count])}" if after else f"{' '.join(words[-count:])} {text}"


def phrase_pairs(rubrics: Iterable[Mapping[str, Item]], rng: random.Random) -> list[Pair]:
    """Make one pass of lessons in which a phrase is said: who says so plainly, shows the item.

    Written stretches show things in other words, and what shares a phrase's words often does not:
    without these lessons a model learns to mistrust plain words.
    """
    pairs: list[Pair] = []
    for items in rubrics:
        said = {key: rng.choice(phrases) for key, (_, phrases) in items.items()}
        for key in items:
            others = rng.sample([k for k in items if k != key], min(len(items) - 1, 3))
            shown = [key]
            if rng.randrange(2) and others:
                shown.append(others.pop())
            premise = spoken(" ".join(f"{rng.choice(OPENINGS)} {said[k]}" for k in shown), rng)
            pairs += [Pair(premise, _by_the_rest(items[k], said[k], rng), ENTAILED) for k in shown]
            pairs += [Pair(premise, hypothesis(items[k], rng), NOT_ENTAILED, 0.6) for k in others]
    return pairs


def _by_the_rest(item: Item, said: str, rng: random.Random) -> str:
    """Say what is looked for, mostly without the phrase that was said."""
    name, phrases = item
    rest = tuple(phrase for phrase in phrases if phrase != said)
    return hypothesis((name, rest if rest and rng.random() < 0.7 else phrases), rng)


def topic_pairs(topics: list[Topic], rng: random.Random) -> list[Pair]:
    """Make one pass of lessons over all stretches."""
    pairs: list[Pair] = []
    for topic in topics:
        idle = [text for mark, _, text in topic.stretches if mark == "-"]
        for mark, keys, text in topic.stretches:
            premise = spoken(text, rng)
            if idle and rng.random() < 0.35:
                premise = in_context(premise, spoken(rng.choice(idle), rng), rng)
            pairs += _lessons(topic, mark, keys, premise, rng)
            if rng.random() < 0.4:
                stranger = rng.choice(topics)
                if stranger is not topic:
                    item = rng.choice(list(stranger.items.values()))
                    pairs.append(Pair(premise, hypothesis(item, rng), NEUTRAL))
    return pairs


def marked_pairs(topics: list[Topic], rng: random.Random) -> list[Pair]:
    """Make lessons in which a stretch is marked between others: what they show isn't its own."""
    pairs: list[Pair] = []
    for topic in topics:
        for mark, keys, text in topic.stretches:
            known = [key for key in keys if key in topic.items]
            if rng.random() >= MARKED:
                continue
            rest = [each for each in topic.stretches if each[2] != text]
            beside = rng.sample(rest, min(len(rest), 2))
            said = [" ".join(spoken(each[2], rng).split()[:WORDS_AROUND]) for each in beside]
            edges = [*said, "", ""] if rng.random() < 0.8 else ["", "", ""]  # noqa: PLR2004
            premise = marked(edges[0], spoken(text, rng), edges[1])
            label = {"+": ENTAILED, "~": NEUTRAL, "!": CONTRADICTED}.get(mark, NEUTRAL)
            if known:
                item = topic.items[rng.choice(known)]
                pairs.append(Pair(premise, hypothesis(item, rng), label))
            around = [k for each in beside for k in each[1] if k in topic.items and k not in keys]
            others = around or [k for k in topic.items if k not in keys]
            if any(key.startswith("r") for key in keys):
                others = [k for k in others if k.startswith("r")]  # it may well show a criterion
            if others:
                item = topic.items[rng.choice(others)]
                pairs.append(Pair(premise, hypothesis(item, rng), NOT_ENTAILED))
    return pairs


def _lessons(
    topic: Topic, mark: str, keys: tuple[str, ...], premise: str, rng: random.Random
) -> list[Pair]:
    label = {"+": ENTAILED, "~": NEUTRAL, "!": CONTRADICTED}.get(mark, NEUTRAL)
    known = [key for key in keys if key in topic.items]
    made = [
        Pair(premise, hypothesis(topic.items[key], rng), label)
        for key in known
        for _ in range(5 if key.startswith("r") else 2)  # red flags are few and hard
    ]
    criteria = [k for k in topic.items if k not in keys and not k.startswith("r")]
    flags = [k for k in topic.items if k not in keys and k.startswith("r")]
    on_flag = any(key.startswith("r") for key in keys)
    others = rng.sample(criteria, min(len(criteria), {"+": 4, "-": 3}.get(mark, 1)))
    if mark == "~" and on_flag:
        others = []  # such a text may well show a criterion
    if mark != "!" and flags and rng.random() < 0.7:
        others.append(rng.choice(flags))
    told = NEUTRAL if mark in "+-" and not on_flag else NOT_ENTAILED
    made += [Pair(premise, hypothesis(topic.items[key], rng), told) for key in others]
    return made
