"""Write the corpus: one small sound file of each kind that a loader must open."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import msgspec
import numpy as np
import soundfile

from simulator.testing import a_report
from tests.fuzz.targets import CORPUS

SCENARIO = """\
schema = 1
id = "small"
title = "A small pack"

[[questions]]
id = "first"
prompt = "How did it end?"
kind = "behavioural"
answer_seconds = [20, 90]

[[questions.criteria]]
id = "result"
name = "Says how it ended"
weight = 2.0
evidence = ["in the end they stayed", "it was paid back"]

[[questions.red_flags]]
id = "blames"
name = "Blames the customer"
evidence = ["it was her own fault"]

[[questions.model_answers]]
level = "basic"
text = "I stayed calm and it was sorted out."
note = "No detail."
"""
SITTING = """\
schema = 1
id = "seat"
title = "A seat"
[sitting]
of = "difficult-customers"
questions = ["dc01"]
"""
CONFIG = """\
# mine
[interview]
style = "friendly"
silence_seconds = "off"
[pace]
speech_wpm = [100, 165]
[retention]
audio = "30d"
[fillers]
add = ["so to speak"]
"""


def main() -> None:
    """Write every file."""
    session = replace(a_report().session, id="2026-03-02-0930-abcd")
    described = msgspec.json.encode(session)
    put("scenario/pack.toml", SCENARIO.encode())
    put("scenario/sitting.toml", SITTING.encode())
    put("config/config.toml", CONFIG.encode())
    put("session/session.json", described)
    put("packed/session.zip", packed(session.id, described))
    tone = (0.3 * np.sin(np.arange(1600) / 10)).astype(np.float32)
    for kind, form, subtype in (
        ("wav", "WAV", "PCM_16"), ("float", "WAV", "FLOAT"), ("flac", "FLAC", "PCM_16"),
        ("ogg", "OGG", "VORBIS"), ("aiff", "AIFF", "PCM_16"),
    ):  # fmt: skip
        written = io.BytesIO()
        soundfile.write(written, tone, 16_000, subtype=subtype, format=form)
        put(f"audio/tone.{kind}", written.getvalue())


def packed(name: str, described: bytes) -> bytes:
    """Give a session's zip file."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}/session.json", described)
        archive.writestr(f"{name}/takes/angry-customer-1.wav", b"RIFF" * 20)
    return written.getvalue()


def put(name: str, data: bytes) -> None:
    """Write one file of the corpus."""
    path = CORPUS / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


if __name__ == "__main__":
    main()
