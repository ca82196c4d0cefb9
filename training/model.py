"""The small BERT that judges a stretch of speech against a hypothesis.

Six layers, 384 wide, 12 heads: the shape of all-MiniLM-L6-v2 (Apache-2.0), whose weights it
starts from. The head reads the first token and the mean over all tokens.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

LAYERS, WIDTH, HEADS, INNER, VOCABULARY, POSITIONS = 6, 384, 12, 1536, 30522, 512
CLASSES = 3
"""Entailed, neutral, contradicted."""


class Layer(nn.Module):
    """Attend, then transform: post-norm, as BERT does."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.value, self.out = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.widen, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm_attention = nn.LayerNorm(WIDTH, eps=1e-12)
        self.norm_output = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Transform (batch, length, width); the mask is added to the scores."""
        batch, length, _ = x.shape
        shape = (batch, length, HEADS, WIDTH // HEADS)
        q, k, v = (
            part(x).view(shape).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        # Written out: on a processor the fused kernel's backward pass takes thrice as long.
        scores = q @ k.transpose(2, 3) / (WIDTH // HEADS) ** 0.5 + mask
        heads = torch.softmax(scores, dim=3).to(v.dtype) @ v
        joined = heads.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm_attention(x + self.out(joined))
        inner = self.narrow(functional.gelu(self.widen(x)))
        return self.norm_output(x + inner)


class CrossEncoder(nn.Module):
    """Read premise and hypothesis together; give three logits."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.segments = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.dense = nn.Linear(2 * WIDTH, WIDTH)
        self.classify = nn.Linear(WIDTH, CLASSES)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Give (batch, classes)."""
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        x = self.words(input_ids) + self.positions(places) + self.segments(token_type_ids)
        x = self.dropout(self.norm(x))
        mask = (1.0 - attention_mask[:, None, None, :].to(x.dtype)) * -10_000.0
        for layer in self.layers:
            x = layer(x, mask)
        weights = attention_mask[:, :, None].to(x.dtype)
        mean = (x * weights).sum(1) / weights.sum(1)
        pooled = torch.tanh(self.dense(self.dropout(torch.cat((x[:, 0], mean), dim=1))))
        return self.classify(self.dropout(pooled))


def start_from(path: Path, dropout: float = 0.1) -> CrossEncoder:
    """Load the sentence encoder's weights into a new cross-encoder; the head starts at random."""
    model = CrossEncoder(dropout)
    base = load_file(path)
    names = {
        "words.weight": "embeddings.word_embeddings.weight",
        "positions.weight": "embeddings.position_embeddings.weight",
        "segments.weight": "embeddings.token_type_embeddings.weight",
        "norm.weight": "embeddings.LayerNorm.weight",
        "norm.bias": "embeddings.LayerNorm.bias",
    }
    parts = {
        "query": "attention.self.query", "key": "attention.self.key",
        "value": "attention.self.value", "out": "attention.output.dense",
        "norm_attention": "attention.output.LayerNorm", "widen": "intermediate.dense",
        "narrow": "output.dense", "norm_output": "output.LayerNorm",
    }  # fmt: skip
    for index in range(LAYERS):
        for ours, theirs in parts.items():
            for kind in ("weight", "bias"):
                there = f"encoder.layer.{index}.{theirs}.{kind}"
                names[f"layers.{index}.{ours}.{kind}"] = there
    state = model.state_dict()
    state.update({ours: base[theirs] for ours, theirs in names.items()})
    model.load_state_dict(state)
    return model


def mean(weights: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """Average the weights of several models that began as one."""
    return {name: torch.stack([each[name] for each in weights]).mean(dim=0) for name in weights[0]}
