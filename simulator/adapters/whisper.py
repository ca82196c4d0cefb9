"""The recogniser: faster-whisper, chunk by chunk, hearing filled pauses too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.adapters.speech_detection import SpeechDetector
from simulator.core.hearing.chunks import LONGEST, find_cut
from simulator.core.hearing.frames import FRAME, frame_levels
from simulator.core.hearing.pauses import find_silences, spans
from simulator.core.hearing.words import PROMPT, is_filled_pause
from simulator.core.speech import SAMPLE_RATE, Transcript, Word, WordKind
from simulator.errors import ModelUnavailable, TranscriptionError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from simulator.core.speech import Samples


class WhisperTranscriber:
    """Transcribe with weights from a folder; they are found and loaded when first needed."""

    def __init__(self, model: str, find: Callable[[str], Path]) -> None:
        self._name = model
        self._find = find
        self._decoder: _Decoder | None = None

    @property
    def model(self) -> str:
        """Name the weights."""
        return self._name

    def start(self) -> WhisperTranscription:
        """Begin an answer. Raises ModelUnavailable."""
        if self._decoder is None:
            self._decoder = _Decoder(self._find(self._name))
        return WhisperTranscription(self._decoder)


class WhisperTranscription:
    """Hear one answer: chunks are decoded as soon as their end is known."""

    def __init__(self, decoder: _Decoder) -> None:
        self._decoder = decoder
        self._detector = SpeechDetector()
        self._pending = np.zeros(0, np.float32)
        self._levels: list[np.ndarray] = []
        self._speech: list[np.ndarray] = []
        self._start = 0
        self._words: list[Word] = []

    def feed(self, samples: Samples) -> None:
        """Take the next samples; decode the chunks that they complete."""
        self._speech.append(self._detector.feed(samples))
        self._pending = np.concatenate([self._pending, np.asarray(samples, np.float32)])
        while len(self._pending) >= LONGEST * FRAME:
            levels = frame_levels(self._pending[: LONGEST * FRAME])
            self._hear(find_cut(levels) * FRAME)

    def finish(self) -> Transcript:
        """Decode what is left. Raises TranscriptionError."""
        total = self._start + len(self._pending)
        padding = -len(self._pending) % FRAME
        self._pending = np.pad(self._pending, (0, padding))
        self._speech.append(self._detector.feed(np.zeros(512, np.float32)))
        self._hear(len(self._pending))
        levels = np.concatenate([np.zeros(0, np.float32), *self._levels])
        silent = np.zeros(len(levels), bool)
        pauses = find_silences(levels)
        for pause in pauses:
            silent[round(pause.start * 100) : round(pause.end * 100)] = True
        return Transcript(
            words=tuple(self._words),
            pauses=pauses,
            speech=spans(~silent, shortest=1),
            duration=total / SAMPLE_RATE,
        )

    def _hear(self, length: int) -> None:
        chunk, self._pending = self._pending[:length], self._pending[length:]
        self._levels.append(frame_levels(chunk))
        probabilities = np.concatenate(self._speech)
        first, last = self._start // 512, (self._start + length) // 512
        if np.count_nonzero(probabilities[first:last] >= 0.5) >= 3:
            offset = self._start / SAMPLE_RATE
            for text, start, end in self._decoder.decode(chunk):
                kind: WordKind = "filled_pause" if is_filled_pause(text) else "word"
                self._words.append(Word(text, offset + start, offset + end, kind))
        self._start += length


class _Decoder:
    """Turn a chunk of sound into words with times."""

    def __init__(self, folder: Path) -> None:
        from faster_whisper import WhisperModel
        from faster_whisper.tokenizer import Tokenizer

        try:
            self._model = WhisperModel(
                str(folder), device="cpu", compute_type="int8", local_files_only=True
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelUnavailable(f"the model in {folder} cannot be loaded: {error}") from error
        self._tokenizer: Any = Tokenizer(
            self._model.hf_tokenizer,
            self._model.model.is_multilingual,
            task="transcribe",
            language="en",
        )

    def decode(self, chunk: Samples) -> list[tuple[str, float, float]]:
        """Give each word with its start and end in the chunk. Raises TranscriptionError."""
        try:
            segments, _ = self._model.transcribe(
                chunk,
                language="en",
                beam_size=5,
                initial_prompt=PROMPT,
                word_timestamps=True,
                condition_on_previous_text=False,
                temperature=0.0,
            )
            return [
                (word.word.strip(), float(word.start), float(max(word.start, word.end)))
                for segment in segments
                for word in segment.words or ()
            ]
        except RuntimeError as error:
            raise TranscriptionError(f"the recogniser failed: {error}") from error
