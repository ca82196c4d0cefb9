"""`rehearse replay`: a recorded session again, heard or measured anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator import wiring
from simulator.cli.closing import show_report
from simulator.cli.common import console, interactive, measure_session
from simulator.core.clean import clean
from simulator.core.compare import changes
from simulator.core.replaying import cues
from simulator.core.shown import shown
from simulator.core.speech import SAMPLE_RATE, Audio
from simulator.errors import DeviceError, SessionError, VoiceError

if TYPE_CHECKING:
    from rich.console import Console

    from simulator.core.analysis import AnswerReport, SessionReport
    from simulator.core.replaying import Cue
    from simulator.core.session import Session
    from simulator.interview.moments import Keys
    from simulator.ports import Playback, Speaker

STYLES = {
    "word": "",
    "filler": "bold yellow",
    "uncertain": "yellow",
    "hedge": "cyan",
    "pause": "dim",
    "criterion": "green",
    "red flag": "bold red",
}
TICK_SECONDS = 0.05
KEYS = "Enter next · Q stop"


@click.command("replay")
@click.argument("session", default="last")
@click.option("--no-audio", is_flag=True, help="Play nothing; only show the report.")
@click.option(
    "--reanalyse",
    is_flag=True,
    help="Measure the kept sound again with today's analyser, and show what changed.",
)
@click.option("--model", help="Recogniser for --reanalyse; without it, the session's own.")
@click.option("--question", help="Only this question (its id).")
@click.option("--output-device", default="", help="Loudspeaker, by number or part of its name.")
def command(
    session: str,
    *,
    no_audio: bool,
    reanalyse: bool,
    model: str | None,
    question: str | None,
    output_device: str,
) -> int:
    """Hear a recorded session again, with the words as they were said and the findings marked.

    SESSION is an id, the beginning of one, `last` (the default), or a session's folder.

    \b
    Examples:
      rehearse replay                           the last session, aloud
      rehearse replay 2026-11-22 --no-audio     only its report
      rehearse replay last --reanalyse          measure it again, show what changed
    """
    root, found = open_session(session)
    folder = wiring.archive(root).folder(found)
    before = wiring.load_report(folder, found, any_version=True)
    if reanalyse:
        after = measure_session(found, model=model, root=root)
        show_report(after)
        show_changes(before, after)
        return 0
    report = wiring.load_report(folder, found) or measure_session(found, root=root)
    if no_audio or not play(found, shown(report), root, output_device, question):
        show_report(report)
    return 0


def open_session(wanted: str) -> tuple[Path | None, Session]:
    """Find a session and the folder it lies in; none for the user's own store.

    Raises SessionError.
    """
    folder = Path(wanted)
    if wanted not in {"last", "."} and folder.is_dir():
        folder = folder.absolute()
        session = wiring.open_folder(folder)
        if session.id != folder.name:
            raise SessionError(f"{folder}: holds session {session.id}; name the folder like it")
        return folder.parent, session
    return None, wiring.archive().open(wanted)


def play(
    session: Session, report: SessionReport, root: Path | None, device: str, only: str | None
) -> bool:
    """Play questions and answers aloud; False when there is nothing to hear them with."""
    screen = console()
    try:
        speaker = wiring.speaker(device)
    except DeviceError as error:
        screen.print(f"The session cannot be heard: {error}.", style="yellow", markup=False)
        return False
    keys = wiring.keyboard(terminal=interactive())
    with keys.open():
        for answer in report.answers:
            if only not in {None, answer.question.id}:
                continue
            if not _play_answer(session, answer, root, speaker, keys):
                break
    return True


def _play_answer(
    session: Session, answer: AnswerReport, root: Path | None, speaker: Speaker, keys: Keys
) -> bool:
    """Play one question and its answer; False when the listener has had enough."""
    from rich.panel import Panel
    from rich.text import Text

    screen = console()
    prompt = clean(answer.question.prompt)
    screen.print(Panel(Text(prompt, "bold"), width=min(80, screen.width)))
    try:
        question = wiring.voice(session.settings.voice, session.settings.rate).synthesise(prompt)
    except VoiceError as error:
        screen.print(f"The question cannot be spoken: {error}", style="yellow", markup=False)
    else:
        if _follow(speaker.play(question), (), screen, keys) == "q":
            return False
    samples = tuple(wiring.archive(root).audio(session, answer.take))
    return _follow(speaker.play(_join(samples)), cues(answer), screen, keys) != "q"


def _join(samples: tuple[object, ...]) -> Audio:
    import numpy as np

    return Audio(np.concatenate(samples), SAMPLE_RATE)  # type: ignore[arg-type]


def _follow(playback: Playback, shown: tuple[Cue, ...], screen: Console, keys: Keys) -> str | None:
    """Let each cue appear when it is heard; give the key that broke off."""
    from rich.text import Text

    waiting = list(shown)
    try:
        while not playback.wait(0.0):
            while waiting and waiting[0].at <= playback.position:
                cue = waiting.pop(0)
                screen.print(Text(cue.text, STYLES[cue.mark]), end=" ")
            key = keys.get(TICK_SECONDS)
            if key in {"\n", "q"}:
                return key
        for cue in waiting:
            screen.print(Text(cue.text, STYLES[cue.mark]), end=" ")
    finally:
        playback.stop()
        if shown:
            screen.print("\n")
    return None


def show_changes(before: SessionReport | None, after: SessionReport) -> None:
    """Say which measures differ from those that were kept."""
    if before is None:
        click.echo("There was no earlier analysis to compare with.")
        return
    lines = changes(before, after)
    click.echo("\nWhat changed since the earlier analysis:" if lines else "\nNothing changed.")
    for line in lines:
        click.echo(f"  {line}")
