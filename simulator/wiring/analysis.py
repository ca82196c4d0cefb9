"""The recogniser, its weights and the judge of rubrics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.wiring.content import demo_answers, library
from simulator.wiring.sound import sound_file
from simulator.wiring.store import places, preferences

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.adapters.model_store import ModelStore
    from simulator.core.models import ModelLine
    from simulator.ports import Judge, Transcriber


def transcriber(model: str = "tiny.en", batch: int = 1, *, eager: bool = False) -> Transcriber:
    """Choose a recogniser; its weights are looked for when it starts.

    Offline, several chunks in a batch are faster; live, an eager one is done sooner. The transcript
    is the same.
    """
    from simulator.adapters.weights import find_weights
    from simulator.adapters.whisper import WhisperTranscriber

    cache = places().cache
    return WhisperTranscriber(
        model, lambda name: find_weights(name, cache), batch=batch, eager=eager
    )


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
