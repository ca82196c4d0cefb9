"""What the recogniser wrote: words, filled pauses, and what it made up or left out."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.core.hearing.frames import FRAME_SECONDS
from simulator.core.hearing.pauses import runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

FILLED_PAUSE = re.compile(r"(?:u+h+m*|u+m+|e+r+m*|h+m+|m{2,}|e+h+m*|a+h+m*)\Z")
"""Spellings of the filled pauses of English: um, uh, er, erm, hmm, mm (Clark & Fox Tree 2002).
"Uh-huh" and "mm-hmm" are answers, not pauses, and don't match."""
PROMPT = "Um, uh, hmm, er, ah."
"""What makes Whisper write filled pauses down instead of leaving them out."""
NEAR_SECONDS = 0.3
"""How far from its word speech may lie: the recogniser's times are off by that much."""
LOST_SECONDS = 1.2
"""Sound without words, at a stretch, from which something was left out: three or four words."""
SECONDS_A_LETTER = 0.12
"""Twice the length of letters in slow speech; a word lasting longer hides what was left out."""
LEAST_WORD_SECONDS = 0.5
REPETITIVE = 2.4
"""Ratio of zlib compression above which text goes round in circles (Radford et al. 2022)."""
SURE = -0.75
NO_SPEECH = 0.25
"""Between whispers (at least -0.6, at most 0.2) and coughs, noise, chords (see the test)."""
PHRASE, ROUNDS = 3, 3
"""Nobody says three words three times in a row; a recogniser that has lost its place does."""
HOPELESS = -1.0
"""Mean log-probability below which a text is a guess (Radford et al. 2022)."""


@dataclass(frozen=True, slots=True)
class HeardWord:
    """Hold a word as the recogniser wrote it."""

    text: str
    start: float
    "Seconds from the start of the chunk, roughly."
    end: float
    probability: float


@dataclass(frozen=True, slots=True)
class Heard:
    """Hold what the recogniser wrote for one chunk."""

    words: tuple[HeardWord, ...]
    log_probability: float
    "Mean over the tokens."
    no_speech: float = 0.0
    "Probability that nobody speaks, as the recogniser sees it."
    language: str = ""
    "Code of a language other than English, where the recogniser knows it and is sure."

    @property
    def doubtful(self) -> bool:
        """Say whether the text goes round in circles or is a guess."""
        text = " ".join(word.text for word in self.words).encode()
        ratio = len(text) / len(zlib.compress(text)) if text else 0.0
        return ratio > REPETITIVE or self.log_probability < HOPELESS

    @property
    def turn(self) -> int | None:
        """Give the first word of a phrase that comes ``ROUNDS`` times in a row."""
        words = [bare(word.text) for word in self.words]
        return next((i for i in range(len(words)) if _goes_round(words[i:])), None)

    @property
    def sure(self) -> bool:
        """Say whether words are believed although the speech detector hears nobody.

        Whispering is; coughs, breaths, noise and chords are heard as a hesitation at most.
        """
        return self._said and self.log_probability >= SURE and self.no_speech <= NO_SPEECH

    @property
    def nobody(self) -> bool:
        """Say whether a hesitation was heard at most, and probably nobody: a cough, a hum."""
        return not self._said and self.no_speech > NO_SPEECH

    @property
    def _said(self) -> bool:
        return any(not is_filled_pause(word.text) for word in self.words)


def _goes_round(words: list[str]) -> bool:
    """Say whether these words begin with a phrase that comes ``ROUNDS`` times in a row."""
    return any(
        words[:size] * ROUNDS == words[: ROUNDS * size] and len(set(words[:size])) > 1
        for size in range(PHRASE, len(words) // ROUNDS + 1)
    )


def is_filled_pause(text: str) -> bool:
    """Say whether a word is a filled pause: um, uh, er, hmm and their spellings."""
    return FILLED_PAUSE.match(bare(text)) is not None


def bare(text: str) -> str:
    """Give a word in lower case without the punctuation around it."""
    return text.lower().strip(" .,!?;:…\"'()[]-–—")


def lost_seconds(words: Iterable[HeardWord], audible: NDArray[np.bool_]) -> float:
    """Give the seconds of sound in the worst stretch without words."""
    bare_of_words = np.ones(len(audible), bool)
    for word in words:
        longest = max(LEAST_WORD_SECONDS, SECONDS_A_LETTER * len(word.text))
        end = min(word.end, word.start + longest) + NEAR_SECONDS
        first = max(0, round((word.start - NEAR_SECONDS) / FRAME_SECONDS))
        bare_of_words[first : round(end / FRAME_SECONDS)] = False
    sounding = [int(audible[first:last].sum()) for first, last in runs(bare_of_words)]
    return max(sounding, default=0) * FRAME_SECONDS


def drop_invented(words: Sequence[HeardWord], audible: NDArray[np.bool_]) -> tuple[HeardWord, ...]:
    """Leave out the words where nothing is heard, up to the words before and after."""
    befores = [0.0, *(word.end for word in words[:-1])]
    afters = [*(word.start for word in words[1:]), len(audible) * FRAME_SECONDS]
    return tuple(
        word
        for word, before, after in zip(words, befores, afters, strict=False)
        if _sounds(audible, word.start - NEAR_SECONDS, word.end + NEAR_SECONDS)
        or _sounds(audible, before + NEAR_SECONDS, after - NEAR_SECONDS)
    )


def _sounds(audible: NDArray[np.bool_], start: float, end: float) -> bool:
    first, last = max(0, round(start / FRAME_SECONDS)), max(0, round(end / FRAME_SECONDS))
    return bool(audible[first:last].any())
