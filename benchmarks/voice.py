"""Print level, noise, pitch and its spread for recordings of natural speech.

python benchmarks/voice.py FILES... [--noise DB]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from simulator import wiring
from simulator.core.speech import SAMPLE_RATE


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--noise", type=float, help="dBFS of white noise to add")
    chosen = parser.parse_args()
    transcriber = wiring.transcriber(batch=8)
    print(f"{'recording':<26}{'speech':>8}{'noise':>8}{'clip':>6}{'voiced':>8}{'Hz':>6}{'st':>6}")
    for path in chosen.files:
        hearing = transcriber.start()
        sound = np.concatenate(list(wiring.sound_file(path)))
        if chosen.noise is not None:
            generator = np.random.default_rng(0)
            noise = generator.normal(0, 10 ** (chosen.noise / 20), len(sound))
            sound = (sound + noise).astype(np.float32)
        hearing.feed(sound)
        heard = hearing.finish()
        voice = heard.voice
        if voice is None:
            print(f"{path.stem:<26}  no speech in {len(sound) / SAMPLE_RATE:.0f} s")
            continue
        noise_db = "" if voice.noise_db is None else f"{voice.noise_db:.0f}"
        hertz = "" if voice.pitch_hz is None else f"{voice.pitch_hz:.0f}"
        spread = "" if voice.pitch_spread is None else f"{voice.pitch_spread:.2f}"
        marks = [mark for mark in ("noisy", "monotone") if getattr(voice, mark)]
        print(
            f"{path.stem:<26}{voice.speech_db:>8.0f}{noise_db:>8}{voice.clipped:>6}"
            f"{voice.voiced_seconds:>8.1f}{hertz:>6}{spread:>6}  {' '.join(marks)}"
        )


if __name__ == "__main__":
    main()
