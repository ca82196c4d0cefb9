"""Whisper's network: chunks of sound in, words with rough times out."""

from __future__ import annotations

import mmap
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.core.decoding import PRECISION
from simulator.core.hearing.frames import FRAME
from simulator.core.hearing.words import PROMPT, Heard, HeardWord
from simulator.errors import ModelUnavailable, TranscriptionError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from simulator.core.decoding import Decoding
    from simulator.core.hearing.chunks import Chunk

LEAST_WINDOW = 2_000
"""Frames that the encoder sees at least: 20 s. It was trained on 30 s; in windows just longer than
the chunk the figures of `benchmarks/hearing.py` hardly differ, and its work is that much less. In
windows of 15 s and less it says the end of a chunk twice."""
SPARE = 60
"""Frames of the encoder's window after the chunk, at least."""
WINDOW_STEP = 50
"""Windows are whole halves of a second long, so that few lengths occur."""
SURE = 0.9
"""Probability from which a language other than English is believed: accents must not count."""
BEAM = 5
"""Hypotheses followed at once: faster-whisper's own default."""
LONGEST_TEXT = 448
"""Tokens that Whisper's decoder holds, prompt included (Radford et al. 2022)."""
ROOM = 2
"""Times the weights' size that loading them takes at the least: as they are, and in eight bits."""


class WhisperDecoder:
    """Hold the loaded weights."""

    def __init__(self, folder: Path, how: Decoding) -> None:
        """Load weights. Raises ModelUnavailable."""
        from faster_whisper import WhisperModel
        from faster_whisper.tokenizer import Tokenizer
        from faster_whisper.transcribe import get_suppressed_tokens

        try:
            _require_room(folder, (folder / "model.bin").stat().st_size)
            self._model: Any = _load(WhisperModel, folder, how)
        except (RuntimeError, ValueError, OSError, MemoryError) as error:
            raise ModelUnavailable(f"the model in {folder} cannot be loaded: {error}") from error
        self._tokenizer: Any = Tokenizer(
            self._model.hf_tokenizer,
            self._model.model.is_multilingual,
            task="transcribe",
            language="en",
        )
        tokenizer = self._tokenizer
        prompt = tokenizer.encode(f" {PROMPT}")
        start = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
        self._prompt = [tokenizer.sot_prev, *prompt, *start]
        self._suppressed = list(get_suppressed_tokens(tokenizer, [-1]))

    def decode(self, chunks: Sequence[Chunk]) -> list[Heard]:
        """Decode each chunk by itself, all at once. Raises TranscriptionError."""
        if not chunks:
            return []
        try:
            return self._decode(chunks)
        except (RuntimeError, ValueError) as error:
            raise TranscriptionError(f"the recogniser failed: {error}") from error
        except MemoryError as error:
            raise TranscriptionError("the recogniser ran out of memory; close others") from error

    def _decode(self, chunks: Sequence[Chunk]) -> list[Heard]:
        """Decode what needs windows of one length together: a chunk's must not depend on others."""
        alike: dict[int, list[int]] = {}
        for place, chunk in enumerate(chunks):
            alike.setdefault(_window(chunk), []).append(place)
        heard: dict[int, Heard] = {}
        for window, places in alike.items():
            found = self._decode_alike([chunks[place] for place in places], window)
            heard.update(zip(places, found, strict=True))
        return [heard[place] for place in range(len(chunks))]

    def _decode_alike(self, chunks: Sequence[Chunk], window: int) -> list[Heard]:
        encoded = self._model.encode(np.stack([self._features(chunk, window) for chunk in chunks]))
        results = self._model.model.generate(
            encoded,
            [self._prompt] * len(chunks),
            beam_size=BEAM,
            max_length=LONGEST_TEXT,
            suppress_blank=True,
            suppress_tokens=self._suppressed,
            return_scores=True,
            return_no_speech_prob=True,
        )
        end = self._tokenizer.eot
        tokens = [[t for t in result.sequences_ids[0] if t < end] for result in results]
        languages = self._languages(encoded, len(chunks))
        words = self._align(encoded, tokens, [len(c.samples) // FRAME for c in chunks])
        return [
            Heard(found, _mean(result), float(result.no_speech_prob), language)
            for found, result, language in zip(words, results, languages, strict=True)
        ]

    def _languages(self, encoded: Any, count: int) -> list[str]:  # noqa: ANN401 - as below
        """Name the language of each chunk that is surely not English."""
        if not self._model.model.is_multilingual:
            return [""] * count
        best = [ranked[0] for ranked in self._model.model.detect_language(encoded)]
        names = [(token.strip("<|>"), sure) for token, sure in best]
        return [name if name != "en" and sure >= SURE else "" for name, sure in names]

    def _features(self, chunk: Chunk, window: int) -> np.ndarray[Any, Any]:
        features = self._model.feature_extractor(chunk.samples)[:, :window]
        missing = window - features.shape[1]
        return np.pad(features, ((0, 0), (0, missing))).astype(np.float32)

    def _align(
        self,
        encoded: Any,  # noqa: ANN401 - CTranslate2's array
        tokens: list[list[int]],
        frames: list[int],
    ) -> list[tuple[HeardWord, ...]]:
        from faster_whisper.transcribe import merge_punctuations

        said = [some or self._tokenizer.encode(" .") for some in tokens]
        aligned = self._model.find_alignment(self._tokenizer, said, encoded, frames)
        found: list[tuple[HeardWord, ...]] = []
        for words, some in zip(aligned, tokens, strict=True):
            merge_punctuations(words, "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、")
            found.append(_words(words) if some else ())
        return found


def _window(chunk: Chunk) -> int:
    """Give the frames of the encoder's window."""
    wanted = -(-(len(chunk.samples) // FRAME + SPARE) // WINDOW_STEP) * WINDOW_STEP
    return max(LEAST_WINDOW, wanted)


def _require_room(folder: Path, size: int) -> None:
    """Ask for the memory beforehand: C++ that runs out of it may take the whole program down.

    Raises ModelUnavailable.
    """
    try:
        mmap.mmap(-1, ROOM * size).close()  # never written to, so it costs nothing
    except (OSError, MemoryError) as error:
        message = f"too little memory to load the model in {folder}; close other programs"
        raise ModelUnavailable(message) from error


def _load(whisper: Any, folder: Path, how: Decoding) -> Any:  # noqa: ANN401 - faster-whisper's
    options = {
        "compute_type": PRECISION,
        "cpu_threads": how.threads,
        "num_workers": how.workers,
    }
    try:
        return whisper(str(folder), device="auto", **options)
    except (RuntimeError, ValueError):
        # CUDA that is there but cannot be used: the processor can.
        return whisper(str(folder), device="cpu", **options)


def _mean(result: Any) -> float:  # noqa: ANN401 - CTranslate2's result
    length = len(result.sequences_ids[0])
    return float(result.scores[0]) * length / (length + 1)


def _words(aligned: list[dict[str, Any]]) -> tuple[HeardWord, ...]:
    return tuple(
        HeardWord(
            word["word"].strip(),
            float(word["start"]),
            float(max(word["start"], word["end"])),
            float(word["probability"]),
        )
        for word in aligned
        if any(letter.isalnum() for letter in word["word"])
    )
