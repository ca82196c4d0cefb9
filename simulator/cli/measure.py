"""`rehearse measure`: the measures of any recordings."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator import wiring
from simulator.core.analysis import is_english, measure_words
from simulator.core.pace_curve import pace_curve
from simulator.core.pacing import measure_pacing
from simulator.core.remarks import remarks
from simulator.core.wording import count
from simulator.errors import AudioError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.core.analysis import Words
    from simulator.core.measuring import Measuring
    from simulator.core.speech import Transcript
    from simulator.ports import Transcriber

METRIC_OF = {"pace": "pace", "pacing": "pace", "long_pauses": "pauses"}
"""Measures that go by another name in the output."""


@click.command("measure")
@click.argument("audio", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line per file.")
@click.option("--model", default="tiny.en", show_default=True, help="A model's name or folder.")
def command(audio: tuple[Path, ...], model: str, *, as_json: bool) -> int:
    """Measure any recordings: pace, pauses, fillers, repetitions, hedges.

    WAV, FLAC, MP3, OGG, M4A, WebM; any rate, channels and length.

    \b
    Examples:
      rehearse measure answer.flac
      rehearse measure recordings/*.m4a --json
    """
    wanted = wiring.measuring()
    transcriber = wiring.transcriber(model)
    write = _as_json if as_json else _as_text
    status = 0
    for path in audio:
        try:
            transcript = _hear(transcriber, path)
        except AudioError as error:
            click.echo(f"rehearse: {error}", err=True)
            status = 1
            continue
        click.echo(write(path, transcript, wanted))
    return status


def _hear(transcriber: Transcriber, path: Path) -> Transcript:
    transcription = transcriber.start()
    sound = wiring.sound_file(path)
    for block in sound:
        transcription.feed(block)
    transcript = transcription.finish()
    if not sound.truncated:
        return transcript
    return dataclasses.replace(transcript, notes=(*transcript.notes, "truncated file"))


def _as_json(path: Path, transcript: Transcript, wanted: Measuring) -> str:
    heard = measure_words(transcript, wanted)
    extremes = heard.extremes or (None, None)
    measured: dict[str, Any] = {
        "file": str(path),
        "duration": transcript.duration,
        "language": transcript.language,
        "transcript": transcript.text,
        "words": _each(transcript.words, "text", "start", "end", "kind"),
        "fillers": _each(heard.fillers, "text", "start", "end", "kind", "certainty"),
        "pauses": _each(transcript.pauses, "start", "end"),
        "pacing": dataclasses.asdict(measure_pacing(transcript)),
        "repetitions": _each(heard.repetitions, "text", "start", "end", "kind"),
        "hedges": _each(heard.hedges, "text", "start", "end"),
        "crutches": _each(heard.crutches, "text", "start", "end"),
        "habits": _each(heard.habits, "text", "times"),
        "pace": {
            "curve": [dataclasses.asdict(point) for point in pace_curve(transcript)],
            "fastest": extremes[0] and dataclasses.asdict(extremes[0]),
            "slowest": extremes[1] and dataclasses.asdict(extremes[1]),
        },
        "long_pauses": _each(heard.long_pauses, "start", "end", "before"),
        "voice": _voice(transcript),
        "notes": [*transcript.notes, *heard.notes],
    }
    kept = {key: value for key, value in measured.items() if not wanted.off or _kept(key, wanted)}
    return json.dumps(kept, ensure_ascii=False)


def _voice(transcript: Transcript) -> dict[str, Any] | None:
    voice = transcript.voice
    if voice is None:
        return None
    judged = {name: getattr(voice, name) for name in ("above_noise_db", "noisy", "monotone")}
    return {**dataclasses.asdict(voice), **judged}


def _kept(key: str, wanted: Measuring) -> bool:
    """Say whether a key belongs to no measure that is switched off."""
    return METRIC_OF.get(key, key) not in wanted.off


def _each(found: Iterable[object], *names: str) -> list[dict[str, Any]]:
    return [{name: getattr(one, name) for name in names} for one in found]


def _as_text(path: Path, transcript: Transcript, wanted: Measuring) -> str:
    heard = measure_words(transcript, wanted)
    notes = (*remarks(transcript.notes), *heard.notes)
    lines = [f"{path}: {_summary(transcript, heard, wanted)}"]
    return "\n  Note: ".join([*lines, *notes])


def _summary(transcript: Transcript, heard: Words, wanted: Measuring) -> str:
    pacing = measure_pacing(transcript)
    if not pacing.words and not heard.fillers:
        return f"no speech in {pacing.duration:.1f} s"
    parts = {
        "pace": f"{pacing.speech_rate:.0f} words a minute",
        "pauses": count(pacing.pauses, "pause"),
        "fillers": count(len(heard.fillers), "filler"),
        "repetitions": count(len(heard.repetitions), "repetition"),
        "hedges": count(len(heard.hedges), "hedge"),
    }
    absent = set(wanted.off)
    if not is_english(transcript):
        absent |= {"fillers", "repetitions", "hedges"}
    shown = ", ".join(text for metric, text in parts.items() if metric not in absent)
    spoken = f"{count(pacing.words, 'word')} in {pacing.duration:.1f} s"
    return f"{spoken}, {shown}" if shown else spoken
