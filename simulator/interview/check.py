"""The sound check: whether the microphone is there and hears somebody speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.core.endpointing import SPEECH_PROBABILITY
from simulator.core.levels import CLIPPED, FLOOR_DB, SoundCheck, judge_sound, level_db
from simulator.core.speech import SAMPLE_RATE
from simulator.interview.moments import Checked, Checking, pressed

if TYPE_CHECKING:
    from simulator.interview.moments import Keys, Stage
    from simulator.ports import Microphone, SpeechDetector

ENOUGH_SECONDS = 1.0
"""So much speech proves that the microphone hears."""
LONGEST_SECONDS = 10.0
SHOW_SECONDS = 0.1


def check_sound(
    microphone: Microphone, detector: SpeechDetector, stage: Stage, keys: Keys
) -> SoundCheck:
    """Listen until there was a second of speech, a key is pressed or ten seconds have passed.

    Raises DeviceError.
    """
    peak, speech, clipped, elapsed, shown, zeros = FLOOR_DB, 0.0, 0, 0.0, 0.0, True
    with microphone.listen() as blocks:
        for samples in blocks:
            seconds = len(samples) / SAMPLE_RATE
            elapsed, shown = elapsed + seconds, shown + seconds
            loud = level_db(samples)
            peak, zeros = max(peak, loud), zeros and not samples.any()
            clipped += int((abs(samples) >= CLIPPED).sum())
            speech += sum(
                512 / SAMPLE_RATE for p in detector.feed(samples) if p >= SPEECH_PROBABILITY
            )
            if shown >= SHOW_SECONDS:
                shown = 0.0
                stage.show(Checking(loud, speech))
            if speech >= ENOUGH_SECONDS or elapsed >= LONGEST_SECONDS or pressed(keys, 0.0):
                break
    result = judge_sound(peak, speech, clipped, zeros=zeros)
    stage.show(Checked(result))
    return result
