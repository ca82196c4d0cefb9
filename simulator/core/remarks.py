"""What the notes on a recording mean, in words for people."""

from __future__ import annotations

REMARKS = {
    "silent": "the recording is silent: is the microphone muted, or is this another file?",
    "no speech": "nobody speaks in it: what sounds is noise, or a voice lost in noise",
    "clipped": "clipped: it was recorded too loud, and words in the loud parts may be misheard",
    "noisy": "noisy: the noise comes close to the voice, and soft words and pauses may be misheard",
    "truncated file": "truncated: the file breaks off, and what follows cannot be measured",
}
"""For each note of a `Transcript` what it means for the reader."""


def remark(note: str) -> str:
    """Say what a note means; an unknown one speaks for itself."""
    return REMARKS.get(note, note)


def remarks(notes: tuple[str, ...]) -> tuple[str, ...]:
    """Say what all notes mean; of a silent recording it goes without saying that nobody speaks."""
    return tuple(remark(n) for n in notes if n != "no speech" or "silent" not in notes)


def other_language(language: str) -> str:
    """Say what is left out where English isn't spoken, or cannot be told from something else."""
    left_out = "fillers, repetitions and phrases are left out"
    if language == "und":
        return f"hardly a word was understood, so it may not be English: {left_out}"
    return f"not in English ({language}): {left_out}"
