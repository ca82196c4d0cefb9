"""Print where the processor's time goes while a recording is measured.

    python benchmarks/parts.py [--minutes 5]

One chunk after the other on one thread, so that each part's time is its own: what runs inside the
recogniser's network, and what around it.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from memory import make

from simulator import wiring
from simulator.adapters.whisper_decoder import WhisperDecoder
from simulator.core.analysis import measure_words
from simulator.core.decoding import Decoding

if TYPE_CHECKING:
    from collections.abc import Callable

KERNELS = ("network: encoder", "network: decoder, beam of 5", "network: times of words")

AROUND = "levels, pitch, speech detection, cutting, fillers"


class Clock:
    """Add up the processor's seconds by part."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def watch(self, owner: Any, name: str, part: str) -> None:
        """Time a method from now on."""
        method: Callable[..., Any] = getattr(owner, name)

        def timed(*arguments: Any, **options: Any) -> Any:
            start = time.process_time()
            try:
                return method(*arguments, **options)
            finally:
                self.spent[part] = self.spent.get(part, 0.0) + time.process_time() - start

        setattr(owner, name, timed)


class AtOnce(Executor):
    """Do a job where it is handed over: side by side, no part's time would be its own."""

    def submit(self, job: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:
        """Do it."""
        done: Future[Any] = Future()
        done.set_result(job(*arguments, **options))
        return done


class Network:
    """Stand before the network, so that its calls can be timed."""

    def __init__(self, model: Any) -> None:
        self.model = model

    def __getattr__(self, name: str) -> Any:
        return getattr(self.model, name)

    def generate(self, *arguments: Any, **options: Any) -> Any:
        """Decode."""
        return self.model.generate(*arguments, **options)

    def align(self, *arguments: Any, **options: Any) -> Any:
        """Find when each token was said."""
        return self.model.align(*arguments, **options)


def watched(clock: Clock, transcriber: Any) -> Any:
    """Begin a transcription of which every part is timed."""
    transcription = transcriber.start()
    transcription._line._pool = AtOnce()  # noqa: SLF001 - the parts are not public
    model = transcriber._decoder._model  # noqa: SLF001 - the parts are not public
    model.model = Network(model.model)
    clock.watch(model, "encode", KERNELS[0])
    clock.watch(model.model, "generate", KERNELS[1])
    clock.watch(model.model, "align", KERNELS[2])
    clock.watch(WhisperDecoder, "_features", "spectrum of the sound")
    return transcription


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    minutes = parser.parse_args().minutes
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.wav"
        make(path, minutes)
        sound = np.concatenate(list(wiring.sound_file(path)))
    transcription = watched(clock, wiring.transcriber(eager=True, how=Decoding()))
    start = time.process_time()
    for first in range(0, len(sound), 65_536):
        transcription.feed(sound[first : first + 65_536])
    transcript = transcription.finish()
    heard = time.process_time() - start
    measure_words(transcript, wiring.measuring())
    whole = time.process_time() - start
    clock.spent[AROUND] = heard - sum(clock.spent.values())
    clock.spent["measures of the words"] = whole - heard
    for part, seconds in sorted(clock.spent.items(), key=lambda item: -item[1]):
        print(f"{part:50} {seconds:6.1f} s  {seconds / whole:4.0%}")
    kernels = sum(clock.spent[part] for part in KERNELS)
    print(f"{'all':50} {whole:6.1f} s, {kernels / whole:.0%} of it inside the network")


if __name__ == "__main__":
    main()
