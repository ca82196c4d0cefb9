"""Fit the cross-encoder to weighted pairs: length buckets, bf16 autocast, frozen embeddings."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional

from training.model import CrossEncoder

MAX_TOKENS = 192
"""Premise, hypothesis and the three marks."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold one lesson."""

    premise: str
    hypothesis: str
    label: int
    "0 entailed, 1 neutral, 2 contradicted, 3 not entailed (neutral or contradicted)."
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Fitting:
    """Hold how to fit."""

    rate: float = 1e-4
    batch: int = 32
    seed: int = 7
    budget: float = 1500.0
    "Seconds of the processor; the rate falls to zero over the pairs or this time, the earlier."


def encode(tokenizer: Tokenizer, pairs: list[tuple[str, str]]) -> dict[str, torch.Tensor]:
    """Encode premises and hypotheses as one padded batch."""
    tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
    tokenizer.enable_padding(pad_to_multiple_of=8)  # few shapes, few kernels to compile
    encodings = tokenizer.encode_batch(pairs)
    return {
        "input_ids": torch.tensor([e.ids for e in encodings]),
        "attention_mask": torch.tensor([e.attention_mask for e in encodings]),
        "token_type_ids": torch.tensor([e.type_ids for e in encodings]),
    }


@torch.no_grad()
def shown(
    model: CrossEncoder, tokenizer: Tokenizer, pairs: list[tuple[str, str]], size: int = 64
) -> NDArray[np.float32]:
    """Give how likely each premise shows its hypothesis, 0-1."""
    model.eval()
    sure = np.zeros(len(pairs), dtype=np.float32)
    order = sorted(range(len(pairs)), key=lambda place: len("".join(pairs[place])))
    for start in range(0, len(order), size):
        places = order[start : start + size]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = model(**encode(tokenizer, [pairs[place] for place in places]))
        sure[places] = functional.softmax(logits.float(), dim=1)[:, 0].numpy()
    return sure


def loss_of(logits: torch.Tensor, labels: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Weigh cross-entropy; for label 3 only "not entailed" is known."""
    logs = functional.log_softmax(logits.float(), dim=1)
    known = functional.nll_loss(logs, labels.clamp(max=2), reduction="none")
    loose = -torch.logsumexp(logs[:, 1:], dim=1)
    losses = torch.where(labels == 3, loose, known)
    return (losses * weights).sum() / weights.sum()


def batches(pairs: list[Pair], size: int, rng: random.Random) -> list[list[Pair]]:
    """Shuffle, then put pairs of like length together."""
    pairs = rng.sample(pairs, len(pairs))
    made = []
    for start in range(0, len(pairs), size * 50):
        block = sorted(
            pairs[start : start + size * 50], key=lambda p: len(p.premise + p.hypothesis)
        )
        made += [block[i : i + size] for i in range(0, len(block), size)]
    rng.shuffle(made)
    return made


def fit(model: CrossEncoder, tokenizer: Tokenizer, pairs: list[Pair], how: Fitting) -> None:
    """Fit in place, one pass over the pairs."""
    torch.manual_seed(how.seed)
    plan = batches(pairs, how.batch, random.Random(how.seed))
    for part in (model.words, model.positions, model.segments):
        part.requires_grad_(False)
    trained = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=how.rate, weight_decay=0.01, fused=True)
    model.train()
    began, total = time.process_time(), 0.0
    for step, batch in enumerate(plan):
        done = max(step / len(plan), (time.process_time() - began) / how.budget)
        if done >= 1:
            print("out of time")
            break
        for group in optimiser.param_groups:
            group["lr"] = how.rate * min(1.0, (step + 1) / 100) * max(0.02, 1 - done)
        inputs = encode(tokenizer, [(p.premise, p.hypothesis) for p in batch])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = model(**inputs)
        labels = torch.tensor([p.label for p in batch])
        loss = loss_of(logits, labels, torch.tensor([p.weight for p in batch]))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        total += loss.item()
        if step % 100 == 99:
            spent = time.process_time() - began
            rate = (step + 1) * how.batch / spent
            print(f"{step + 1}/{len(plan)} loss {total / 100:.3f} {rate:.0f} pairs/s", flush=True)
            total = 0.0
    model.eval()
