"""`rehearse interview`: record a mock interview and show its report."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator import __version__, wiring
from simulator.cli.common import choose_scenario, console, interactive, stage_for
from simulator.cli.retention import apply_retention
from simulator.core.coverage import MOST_FOLLOW_UPS
from simulator.core.history import summarise
from simulator.core.plan import Plan
from simulator.core.scenario import Question, Scenario
from simulator.core.session import Session, Settings
from simulator.errors import DeviceError, SessionError

if TYPE_CHECKING:
    from simulator.adapters.memory_archive import MemoryArchive
    from simulator.cli.stage import PlainStage, TerminalStage
    from simulator.interview.conduct import Outcome
    from simulator.interview.moments import Keys
    from simulator.ports import Archive


@click.command("interview")
@click.argument("scenario", required=False)
@click.option(
    "--answers",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Recorded answers in place of the microphone: files or a folder, in order, or named "
    "after the questions. May be given more than once.",
)
@click.option("--resume", is_flag=True, help="Go on with the last session that was broken off.")
@click.option("--private", is_flag=True, help="Keep everything in memory only; asks in the end.")
@click.option("--weakest", is_flag=True, help="Ask the questions whose rubric was heard least.")
@click.option("--question", multiple=True, help="Ask only this question (its id); repeatable.")
@click.option("--silence", help="Seconds of silence that end an answer (3 or more), or `off`.")
@click.option("--style", help="How the interviewer talks: friendly, neutral or brisk.")
@click.option(
    "--follow-ups",
    type=click.IntRange(0, 2),
    help="Most follow-up questions after an answer, about what was not heard.",
)
@click.option(
    "--realistic",
    is_flag=True,
    help="As in earnest: follow-up questions, no thinking time, no pause and no second take; "
    "silence ends an answer.",
)
@click.option("--no-think", is_flag=True, help="Leave out the thinking time.")
@click.option("--no-check", is_flag=True, help="Leave out the sound check.")
@click.option("--no-voice", is_flag=True, help="Show the questions without speaking them.")
@click.option("--input-device", help="Microphone, by number or part of its name.")
@click.option("--output-device", help="Loudspeaker, by number or part of its name.")
@click.option("--model", help="Recogniser: a name that `rehearse models` lists, or a folder.")
def command(
    scenario: str | None,
    answers: tuple[Path, ...],
    question: tuple[str, ...],
    *,
    weakest: bool,
    resume: bool,
    private: bool,
    **options: object,
) -> int:
    """Record a mock interview: the questions are spoken, you answer aloud.

    SCENARIO is the id of a pack (see `rehearse scenarios`) or a file; without it you choose.

    While you answer: Enter ends it, R repeats the question, T starts another take (both are
    kept), P pauses, S skips, Q finishes. Ctrl-C keeps everything.

    \b
    Examples:
      rehearse interview                        choose a pack and begin
      rehearse interview first-interview        eight questions for any job
      rehearse interview --realistic            follow-up questions, no second take
      rehearse interview --silence off          only Enter ends an answer
      rehearse interview my-job.toml --answers recordings/
      rehearse interview --weakest              what your history says to rehearse next
      rehearse interview --resume               go on after a break or a crash
      rehearse interview --private              nothing is written to disk
    """
    # A recording has its own end; its pauses must not cut it off, unless that is asked for.
    keep_pauses = bool(answers) and options.get("silence") is None
    plan = plan_from(options)
    if keep_pauses:
        plan = dataclasses.replace(plan, silence_seconds=None)
    if private and resume:
        raise click.UsageError("--private has nothing to go on with: leave --resume out")
    apply_retention()
    memory = wiring.private_archive() if private else None
    store = memory or wiring.archive()
    if resume:
        return run(_broken_off(scenario), plan, answers, memory)
    pack = _only(weakest_questions() if weakest else choose_scenario(scenario), question)
    if answers:
        wiring.file_ear(answers, pack)
    session = store.create(pack, settings_of(plan), "files" if answers else "microphone")
    session = dataclasses.replace(session, versions=(("rehearse", __version__),))
    return run(session, plan, answers, memory)


def run(
    session: Session,
    plan: Plan,
    answers: tuple[Path, ...] = (),
    private: MemoryArchive | None = None,
) -> int:
    """Conduct a session, then measure it and show its report; give the exit status."""
    from simulator.cli.closing import show_outcome
    from simulator.cli.private import show_private

    store = private or wiring.archive()
    stage = stage_for(console())
    keys = wiring.keyboard(terminal=interactive())
    try:
        with store.hold(session):
            outcome = _record(session, plan, answers, stage, keys, store)
    finally:
        stage.close()
    return show_private(outcome, private) if private else show_outcome(outcome)


def _record(
    session: Session,
    plan: Plan,
    answers: tuple[Path, ...],
    stage: TerminalStage | PlainStage,
    keys: Keys,
    store: Archive,
) -> Outcome:
    from simulator.interview.conduct import conduct

    ear = wiring.file_ear(answers, session.scenario) if answers else None
    if ear is None and plan.check:
        sound_check(plan, stage, keys)
    room = wiring.room(plan, stage, keys, ear, store)
    return conduct(room, wiring.manner(plan), session)


def sound_check(plan: Plan, stage: TerminalStage | PlainStage, keys: Keys) -> None:
    """Check the microphone until it is good or the candidate goes on regardless.

    Raises DeviceError when there is none, or the candidate stops here.
    """
    from simulator.interview.check import check_sound

    while True:
        microphone = wiring.microphone(plan.input_device)
        with keys.open():
            result = check_sound(microphone, wiring.speech_detector(), stage, keys)
        if result.verdict in {"good", "loud", "quiet"}:
            return
        choice = stage.ask("What now?", ("check again", "go on anyway", "stop"))
        if choice == "stop":
            raise DeviceError("stopped at the sound check; `rehearse doctor` looks further")
        if choice == "go on anyway":
            return


def plan_from(options: dict[str, object]) -> Plan:
    """Join settings and what the command line says instead. Raises click.UsageError."""
    plan = wiring.plan()
    if options.pop("realistic", False):
        plan = _realistic(plan)
    silence = options.pop("silence", None)
    if silence is not None:
        plan = dataclasses.replace(plan, silence_seconds=_silence(str(silence)))
    if options.pop("no_think", False):
        plan = dataclasses.replace(plan, think=False)
    if options.pop("no_check", False):
        plan = dataclasses.replace(plan, check=False)
    if options.pop("no_voice", False):
        plan = dataclasses.replace(plan, speak=False)
    given = {name: value for name, value in options.items() if value is not None}
    return dataclasses.replace(plan, **given)  # type: ignore[arg-type]


def _realistic(plan: Plan) -> Plan:
    return dataclasses.replace(
        plan,
        follow_ups=MOST_FOLLOW_UPS,
        silence_seconds=plan.silence_seconds or Plan().silence_seconds,
        think=False,
        retakes=False,
    )


def weakest_questions() -> Scenario:
    """Put together the questions whose latest answers showed least. Raises SessionError."""
    wanted = summarise(wiring.index().totals()).weakest
    found: dict[str, Question] = {}
    store = wiring.archive()
    for session_id in store.ids():
        if len(found) == len(wanted):
            break
        for question in store.open(session_id).scenario.questions:
            if question.id in wanted:
                found.setdefault(question.id, question)
    if not found:
        raise SessionError(
            "your history names no question to rehearse; begin with `rehearse interview`"
        )
    questions = tuple(found[name] for name in wanted if name in found)
    return Scenario("weakest", "What was heard least", questions)


def settings_of(plan: Plan) -> Settings:
    """Give what a session remembers of a plan."""
    return Settings(plan.voice, plan.rate, plan.style, plan.silence_seconds, plan.model)


def _silence(text: str) -> float | None:
    from simulator.core.endpointing import SHORTEST_SILENCE_SECONDS

    if text == "off":
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not seconds >= SHORTEST_SILENCE_SECONDS:
        least = f"{SHORTEST_SILENCE_SECONDS:g}"
        raise click.BadParameter(f"must be {least} or more, or `off`", param_hint="--silence")
    return seconds


def _only(scenario: Scenario, wanted: tuple[str, ...]) -> Scenario:
    if not wanted:
        return scenario
    known = [question.id for question in scenario.questions]
    if unknown := [name for name in wanted if name not in known]:
        message = f"{scenario.id} has no question {unknown[0]!r}; it has {', '.join(known)}"
        raise click.BadParameter(message, param_hint="--question")
    kept = tuple(question for question in scenario.questions if question.id in wanted)
    return dataclasses.replace(scenario, questions=kept)


def _broken_off(scenario: str | None) -> Session:
    """Find the newest session that is not finished. Raises SessionError."""
    store = wiring.archive()
    wanted = choose_scenario(scenario).id if scenario is not None else None
    for session_id in store.ids():
        try:
            session = store.open(session_id)
        except SessionError:
            continue
        if not session.finished and wanted in {None, session.scenario.id}:
            return session
    raise SessionError("no session was broken off; begin one with `rehearse interview`")
