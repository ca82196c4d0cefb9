"""The child process of the voice: reads one request as JSON, writes one line of JSON.

Request: {"text", "path", "voice", "rate"} or {"list": true}.
Answer: {} | {"voices": [...]} | {"error": "..."}; always the last line of standard output.
"""

from __future__ import annotations

import ctypes
import importlib.util
import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

SETTLE_SECONDS = 2.0
"""Longest wait for an order that takes a millisecond."""
FINISH_SECONDS = 15.0
"""Longest wait for the end of an utterance; the parent gives up a little later."""


def main() -> None:
    """Answer the request on standard input."""
    request = json.load(sys.stdin)
    try:
        answer = _names() if request.get("list") else _speak(**request)
    # The parent turns whatever the driver throws into one VoiceError.
    except Exception as error:  # noqa: BLE001
        answer = {"error": f"{error}".strip().partition("\n")[0] or type(error).__name__}
    sys.stdout.write("\n" + json.dumps(answer) + "\n")


def _engine() -> Any:  # noqa: ANN401 - pyttsx3 has no types
    if sys.platform == "linux":
        _provide_espeak()
    import pyttsx3

    return pyttsx3.init()


def _provide_espeak() -> None:
    """Load the packaged espeak-ng where the system has none."""
    for name in ("libespeak-ng.so.1", "libespeak.so.1"):
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return
    if importlib.util.find_spec("espeakng_loader") is None:
        return
    import espeakng_loader

    # Without its data espeak-ng ends the whole process.
    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)


def _names() -> dict[str, Any]:
    return {"voices": [voice.id for voice in _engine().getProperty("voices")]}


def _speak(text: str, path: str, voice: str, rate: int) -> dict[str, Any]:
    engine = _engine()
    errors: list[str] = []
    finished = threading.Event()
    engine.connect("finished-utterance", lambda name, completed: finished.set())  # noqa: ARG005
    engine.connect("error", lambda name, exception: errors.append(f"{exception}"))  # noqa: ARG005
    engine.setProperty("voice", _choose(engine, voice))
    if rate:
        engine.setProperty("rate", rate)
        _settle(engine)
    engine.save_to_file(text, path)
    engine.runAndWait()
    # On Linux runAndWait returns before the speech ends; the file is written just before the event.
    if not errors and not finished.wait(FINISH_SECONDS) and not Path(path).is_file():
        errors.append("the voice never finished")
    return {"error": errors[0]} if errors else {}


def _settle(engine: Any) -> None:  # noqa: ANN401
    """Have espeak-ng take its orders now: runAndWait begins by cancelling those it has not."""
    if sys.platform != "linux":
        return
    from pyttsx3.drivers import _espeak

    engine.proxy.setBusy(False)  # hands the orders on
    engine.proxy.setBusy(True)
    deadline = time.monotonic() + SETTLE_SECONDS
    while _espeak.IsPlaying() and time.monotonic() < deadline:
        time.sleep(0.001)


def _choose(engine: Any, wanted: str) -> str:  # noqa: ANN401
    """Find a voice by id or part of its name; without a wish, an English one."""
    voices = engine.getProperty("voices")
    if not wanted:
        return _english(str(engine.getProperty("voice")), [str(voice.id) for voice in voices])
    for voice in voices:
        if wanted.lower() in (str(voice.id).lower(), str(voice.name).lower()):
            return str(voice.id)
    for voice in voices:
        if wanted.lower() in f"{voice.id} {voice.name}".lower():
            return str(voice.id)
    raise LookupError(f"no voice is called {wanted!r}; `rehearse doctor --voices` lists them")


def _english(own: str, ids: list[str]) -> str:
    """Keep the system's own voice, except where espeak-ng's plain English is nicer in British."""
    return "gmw/en" if own in ("default", "") and "gmw/en" in ids else own


if __name__ == "__main__":
    main()
