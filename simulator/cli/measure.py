"""`rehearse measure`: the measures of any recordings."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator import wiring
from simulator.core.fillers import find_fillers
from simulator.core.pacing import measure_pacing
from simulator.errors import AudioError

if TYPE_CHECKING:
    from simulator.core.speech import Transcript
    from simulator.ports import Transcriber

BATCH = 8
"""Chunks decoded at once: more brings nothing on a few cores."""


@click.command("measure")
@click.argument("audio", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line per file.")
@click.option("--model", default="tiny.en", show_default=True, help="A model's name or folder.")
def command(audio: tuple[Path, ...], model: str, *, as_json: bool) -> int:
    """Measure any recordings: pace, pauses, fillers.

    WAV, FLAC, MP3, OGG, M4A, WebM; any rate, channels and length.

    \b
    Examples:
      rehearse measure answer.flac
      rehearse measure recordings/*.m4a --json
    """
    transcriber = wiring.transcriber(model, batch=BATCH)
    status = 0
    for path in audio:
        try:
            transcript = _hear(transcriber, path)
        except AudioError as error:
            click.echo(f"rehearse: {error}", err=True)
            status = 1
            continue
        click.echo(_as_json(path, transcript) if as_json else _as_text(path, transcript))
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


def _as_json(path: Path, transcript: Transcript) -> str:
    pacing = measure_pacing(transcript)
    measured: dict[str, Any] = {
        "file": str(path),
        "duration": transcript.duration,
        "transcript": transcript.text,
        "words": [
            {"text": w.text, "start": w.start, "end": w.end, "kind": w.kind}
            for w in transcript.words
        ],
        "fillers": [
            {
                "text": f.text,
                "start": f.start,
                "end": f.end,
                "kind": f.kind,
                "certainty": f.certainty,
            }
            for f in find_fillers(transcript)
        ],
        "pauses": [{"start": p.start, "end": p.end} for p in transcript.pauses],
        "pacing": dataclasses.asdict(pacing),
        "notes": list(transcript.notes),
    }
    return json.dumps(measured, ensure_ascii=False)


def _as_text(path: Path, transcript: Transcript) -> str:
    pacing = measure_pacing(transcript)
    fillers = find_fillers(transcript)
    return (
        f"{path}: {pacing.words} words in {pacing.duration:.1f} s, "
        f"{pacing.speech_rate:.0f} words a minute, {pacing.pauses} pauses, {len(fillers)} fillers"
    )
