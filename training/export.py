"""Export weights (of several the mean) as int8: `python -m training.export WEIGHTS… MODEL.onnx`."""

from __future__ import annotations

import argparse
import hashlib
import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.model import CrossEncoder, mean

INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def export(weights: list[Path], out: Path) -> None:
    """Write the model with dynamic batch and length, then quantise its matrices."""
    model = CrossEncoder()
    model.load_state_dict(mean([torch.load(path) for path in weights]))
    model.eval()
    full = out.with_suffix(".fp32.onnx")
    example = torch.ones((2, 8), dtype=torch.int64)
    axes = {name: {0: "batch", 1: "length"} for name in INPUTS}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model,
            (example, example, torch.zeros_like(example)),
            str(full),
            input_names=list(INPUTS),
            output_names=["logits"],
            dynamic_axes=axes | {"logits": {0: "batch"}},
            opset_version=17,
            dynamo=False,
        )
    quantize_dynamic(full, out, weight_type=QuantType.QInt8, per_channel=True)
    full.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    export(options.weights, options.out)
    content = options.out.read_bytes()
    print(f"{options.out}: {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main()
