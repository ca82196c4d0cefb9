"""Train the entailment model: `python -m training.train BASE OUT`, then with `--start OUT`.

BASE is the folder with model.safetensors and tokenizer.json of all-MiniLM-L6-v2; OUT gets the
weights. The pairs of one seed are always the same. With a time limit the result depends on the
machine; training/README.md says what the shipped weights were trained with.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from functools import cache
from pathlib import Path

import torch
from tokenizers import Tokenizer

from simulator.adapters.embeddings import MiniLmEncoder
from training.answer_pairs import answer_pairs, context_pairs, mined, read_answers
from training.calibrate import LEARNT, held_out
from training.fit import Fitting, fit, shown
from training.model import mean, start_from
from training.pairs import marked_pairs, phrase_pairs, read_topics, topic_pairs

HERE = Path(__file__).parent
SEED = 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--topic-passes", type=int, default=3)
    parser.add_argument("--answer-passes", type=int, default=3)
    parser.add_argument("--phrase-passes", type=int, default=2)
    parser.add_argument("--context-passes", type=int, default=0)
    parser.add_argument(
        "--share", type=float, default=1.0, help="of the lessons without context, drawn at random"
    )
    parser.add_argument(
        "--start", type=Path, nargs="+", help="weights to go on from; of several, their mean"
    )
    parser.add_argument("--mine", action="store_true", help="teach what these weights mistake")
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=1500.0)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    model = start_from(options.base / "model.safetensors")
    tokenizer = Tokenizer.from_file(str(options.base / "tokenizer.json"))
    if options.start:
        model.load_state_dict(mean([torch.load(path) for path in options.start]))
    rng = random.Random(options.seed)
    topics = read_topics(HERE / "topics")
    folders = [HERE / "answers" / name for name in LEARNT]
    paths = sorted(p for f in folders for p in f.glob("*.toml") if not held_out(p))
    pairs = [p for _ in range(options.topic_passes) for p in topic_pairs(topics, rng)]
    encode = cache(MiniLmEncoder().encode)
    told = read_answers(paths, encode, HERE / "answers" / "elsewhere.json")
    if options.mine:
        told = mined(told, lambda asked: shown(model, tokenizer, asked))
    pairs += [p for _ in range(options.answer_passes) for p in answer_pairs(told, rng, encode)]
    asked = {id(one.items): one.rubric for one in told}
    rubrics = [*(topic.items for topic in topics), *asked.values()]
    pairs += [p for _ in range(options.phrase_passes) for p in phrase_pairs(rubrics, rng)]
    pairs = rng.sample(pairs, round(options.share * len(pairs)))
    for _ in range(options.context_passes):
        pairs += context_pairs(told, rng) + marked_pairs(topics, rng)
    stretches = sum(len(topic.stretches) for topic in topics)
    print(f"{len(topics)} topics, {stretches} stretches, {len(paths)} questions with answers")
    print(f"{len(pairs)} pairs, by label: {sorted(Counter(p.label for p in pairs).items())}")
    how = Fitting(rate=options.rate, seed=options.seed, budget=options.seconds)
    fit(model, tokenizer, pairs, how)
    torch.save(model.state_dict(), options.out)


if __name__ == "__main__":
    main()
