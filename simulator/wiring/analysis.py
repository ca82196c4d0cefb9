"""The recogniser, its weights and the judge of rubrics."""

from __future__ import annotations

import dataclasses
import os
import time
from typing import TYPE_CHECKING

from simulator.wiring.content import demo_answers, library
from simulator.wiring.sound import sound_file
from simulator.wiring.store import places, preferences

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from simulator.adapters.model_store import ModelStore
    from simulator.core.decoding import Decoding
    from simulator.core.models import ModelLine
    from simulator.ports import Judge, Transcriber

LIVE_SECONDS, LIVE_RUNS = 20, 3
"""Speech of one chunk, decoded so many times: the quickest counts."""
OFFLINE_SECONDS = 180
"""Speech of eight chunks: two batches of four."""


def transcriber(
    model: str = "tiny.en", batch: int = 0, *, eager: bool = False, how: Decoding | None = None
) -> Transcriber:
    """Choose a recogniser; its weights are looked for when it starts.

    Live, an eager one is done soonest. It uses the cores as was measured here, or as is usual; a
    ``batch`` decodes so many chunks at once. The transcript is the same.
    """
    from simulator.adapters.weights import find_weights
    from simulator.adapters.whisper import WhisperTranscriber

    cache = places().cache
    how = how or model_store().decoding(model, live=eager)
    if batch:
        how = dataclasses.replace(how, batch=batch)
    return WhisperTranscriber(model, lambda name: find_weights(name, cache), how, eager=eager)


def check_weights(model: str) -> Path:
    """Find a recogniser's weights. Raises ModelUnavailable."""
    from simulator.adapters.weights import find_weights

    return find_weights(model, places().cache)


def judge() -> Judge:
    """Choose the judge of rubrics. Raises JudgeError and ConfigError."""
    chosen = preferences()
    if chosen.judge_server:
        from simulator.adapters.chat_judge import ChatJudge

        return ChatJudge(chosen.judge_server, chosen.judge_model, chosen.judge_remote)
    from simulator.adapters.embeddings import MiniLmEncoder
    from simulator.adapters.entailment import CrossEncoder
    from simulator.adapters.judge import RubricJudge, load_rules

    return RubricJudge(MiniLmEncoder(), CrossEncoder(), load_rules())


def model_store() -> ModelStore:
    """Open the store of recogniser models."""
    from simulator.adapters.model_store import ModelStore

    return ModelStore(places().cache)


def measure_model(name: str) -> ModelLine:
    """Time a model on a recorded answer. Raises ModelUnavailable and AudioError."""
    hearer = transcriber(name)
    hearer.start().finish()  # Loading is not measured.
    sound = sound_file(demo_answers(library().load("taster"), "strong")[0])

    def transcribe() -> float:
        transcription = hearer.start()
        for block in sound:
            transcription.feed(block)
        return transcription.finish().duration

    return model_store().measure(name, transcribe)


def tune_model(name: str, tell: Callable[[bool, Decoding, float], None]) -> None:
    """Find out how a model is decoded soonest on this machine, and remember it.

    ``tell`` is called with whether it was live, how, and the seconds for a second of sound. Raises
    ModelUnavailable and AudioError.
    """
    from simulator.core.decoding import soonest, worth_trying

    chosen = []
    for live, shapes in zip((True, False), worth_trying(os.cpu_count() or 1), strict=True):
        trials = []
        for how in shapes:
            trials.append((how, time_decoding(name, how, live=live)))
            tell(live, *trials[-1])
        chosen.append(soonest(trials))
    model_store().keep_tuning(name, *chosen)


def time_decoding(name: str, how: Decoding, *, live: bool) -> float:
    """Give the seconds that a second of speech takes. Raises ModelUnavailable and AudioError."""
    import numpy as np

    from simulator.core.speech import SAMPLE_RATE

    sound = np.concatenate(list(sound_file(demo_answers(library().load("taster"), "strong")[0])))
    sound = np.resize(sound, (LIVE_SECONDS if live else OFFLINE_SECONDS) * SAMPLE_RATE)
    hearer = transcriber(name, eager=live, how=how)
    hearer.start().finish()  # Loading is not measured.
    times = []
    for _ in range(LIVE_RUNS if live else 1):
        start = time.perf_counter()
        transcription = hearer.start()
        transcription.feed(sound)
        transcription.finish()
        times.append(time.perf_counter() - start)
    return min(times) * SAMPLE_RATE / len(sound)


def find_download(name: str) -> tuple[str, int]:
    """Give a model's repository and its bytes; asks the network. Raises ModelUnavailable."""
    from simulator.adapters.model_store import HuggingFace, known_repositories
    from simulator.errors import ModelUnavailable

    known = known_repositories()
    if name not in known:
        raise ModelUnavailable(f"no model to download is called {name!r}: {', '.join(known)}")
    return known[name], HuggingFace().size(known[name])


def download(name: str, repository: str) -> Path:
    """Fetch a model from the network. Raises ModelUnavailable."""
    from simulator.adapters.model_store import HuggingFace

    return model_store().download(name, repository, HuggingFace())
