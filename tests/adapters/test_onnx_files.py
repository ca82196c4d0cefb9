"""What goes wrong inside onnxruntime is said in our words, as one kind of error."""

import hashlib

import pytest

from simulator.adapters.embeddings import TOKENIZER
from simulator.adapters.onnx_files import in_batches, load_tokenizer, open_session
from simulator.errors import JudgeError


def test_weights_that_are_no_model_are_an_error_of_ours(tmp_path):
    path = tmp_path / "model.onnx"
    path.write_bytes(b"no model")
    with pytest.raises(JudgeError, match=r"model\.onnx: weights cannot be loaded"):
        open_session(path, hashlib.sha256(b"no model").hexdigest())


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("[1] : FAIL : std::bad_alloc")])
def test_memory_that_gives_out_while_reading_is_said(error):
    def run(inputs):
        raise error

    with pytest.raises(JudgeError, match="the judge failed: out of memory"):
        list(in_batches(load_tokenizer(TOKENIZER, 8), ["I paid"], 1, run))
