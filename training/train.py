"""Train the entailment model: `python -m training.train BASE OUT`.

BASE is the folder with model.safetensors and tokenizer.json of all-MiniLM-L6-v2; OUT gets the
weights. Seeds are fixed; the pairs of one seed are always the same.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path

import torch
from tokenizers import Tokenizer

from training.fit import Fitting, fit
from training.model import start_from
from training.pairs import answer_pairs, read_topics, topic_pairs

HERE = Path(__file__).parent
SEED = 7


def held_out(path: Path) -> bool:
    """Say whether a development question is kept for calibration: every third one."""
    return int(path.stem[1:]) % 3 == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=1500.0)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    rng = random.Random(SEED)
    topics = read_topics(HERE / "topics")
    paths = sorted(p for p in (HERE / "answers" / "dev").glob("*.toml") if not held_out(p))
    pairs = [p for _ in range(options.passes) for p in topic_pairs(topics, rng)]
    pairs += [p for _ in range(options.passes) for p in answer_pairs(paths, rng)]
    stretches = sum(len(topic.stretches) for topic in topics)
    print(f"{len(topics)} topics, {stretches} stretches, {len(paths)} questions with answers")
    print(f"{len(pairs)} pairs, by label: {sorted(Counter(p.label for p in pairs).items())}")
    torch.manual_seed(SEED)
    model = start_from(options.base / "model.safetensors")
    tokenizer = Tokenizer.from_file(str(options.base / "tokenizer.json"))
    fit(model, tokenizer, pairs, Fitting(seed=SEED, budget=options.seconds))
    torch.save(model.state_dict(), options.out)


if __name__ == "__main__":
    main()
