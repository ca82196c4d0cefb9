"""One take: the answer goes to disk while it is spoken, until a key, a silence or the limit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from simulator.core.endpointing import SPEECH_PROBABILITY, Endpointing
from simulator.core.levels import FLOOR_DB, level_db
from simulator.core.speech import SAMPLE_RATE
from simulator.errors import DeviceError, SessionError, TranscriptionError
from simulator.interview.hearing import Hearer
from simulator.interview.moments import Command, Listening, pressed

if TYPE_CHECKING:
    from simulator.core.scenario import Question
    from simulator.core.session import Session, Take, TakeEnd
    from simulator.core.speech import Samples
    from simulator.interview.hearing import HearingThread, LiveHearing
    from simulator.interview.room import Manner, Room
    from simulator.interview.speaking import Mouth
    from simulator.ports import SpeechDetector, TakeWriter

SHOW_SECONDS = 0.1
"""The meter and the clock move ten times a second."""
EARLIEST_END_SECONDS = 1.0
"""An Enter meant for the thinking time, pressed as it ends, must not end the answer."""
HOLD_OFF_SECONDS = 0.3
"""After the interviewer's voice the room still rings."""


@dataclass(slots=True)
class Ear:
    """Follow one take. Mutable, owned by one loop."""

    question: Question
    take: Take
    end: Endpointing
    detector: SpeechDetector
    writer: TakeWriter
    live: LiveHearing | None
    retakes: bool = True
    "It may be paused and taken again."
    paused: bool = False
    deaf: float = 0.0
    "Seconds of sound still to be dropped."
    level: float = FLOOR_DB
    shown: float = 0.0
    speaking: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """Hold one take that is over."""

    session: Session
    take: Take
    live: LiveHearing | None
    command: Command | None = None
    "What the candidate asked for, beyond ending the answer."
    lost: str = ""
    "Why the microphone was lost."


def listen(
    room: Room,
    manner: Manner,
    mouth: Mouth,
    session: Session,
    take: Take,
    *,
    hearing: HearingThread,
) -> Heard:
    """Record one take; whatever happens, what was said is kept.

    Raises SessionError when the disk takes no more, and KeyboardInterrupt after the take is safe.
    """
    question = session.scenario.question(take.question_id)
    session = session.with_take(take)
    room.archive.save(session)
    detector = room.detector()
    writer = room.archive.record(session, take)
    live = _live(room, question, hearing)
    limit = manner.time_limit_factor * question.answer_seconds[1]
    end = Endpointing(manner.silence_limit, limit)
    ear = Ear(question, take, end, detector, writer, live, manner.retakes)
    lost = ""
    try:
        try:
            ended_by, command = _follow(room, mouth, ear)
        except DeviceError as error:
            ended_by, command, lost = "device lost", None, str(error)
        session, take = _close(room, session, ear, ended_by)
    except BaseException:
        # Ctrl-C, a full disk, no memory: whatever ended it, what was said is kept.
        _abandon(room, session, ear)
        raise
    return Heard(session, take, live, command, lost)


def _live(room: Room, question: Question, hearing: HearingThread) -> LiveHearing | None:
    if room.transcriber is None:
        return None
    hearer = Hearer(
        transcriber=room.transcriber,
        judge=partial(room.judge, question=question),
        read_ahead=partial(room.read_ahead, question=question),
        give_way=room.give_way,
    )
    return hearing.begin(hearer)


def _abandon(room: Room, session: Session, ear: Ear) -> None:
    try:
        _close(room, session, ear, "interrupted")
    except SessionError:
        pass  # The reason to stop is told; the take's length is found when the session is opened.
    finally:
        if ear.live is not None:
            ear.live.cancel()


def _close(room: Room, session: Session, ear: Ear, ended_by: TakeEnd) -> tuple[Session, Take]:
    take = replace(ear.take, ended_by=ended_by, duration=ear.writer.close())
    session = session.with_take(take)
    room.archive.save(session)
    return session, take


def _follow(room: Room, mouth: Mouth, ear: Ear) -> tuple[TakeEnd, Command | None]:
    with room.ear(ear.question).listen() as blocks:
        try:
            for samples in blocks:
                # Disk first: a slow screen or a busy machine must not hold up what was said.
                kept = _keep(ear, samples, deaf=mouth.repeating())
                command = _obey(room, mouth, ear)
                if command is not None:
                    return _reason(command), command
                _hear(ear, kept)
                _show(room, ear)
                if (verdict := ear.end.verdict) is not None:
                    return verdict, None
        finally:
            mouth.hush()  # while the ear is open: PortAudio wants one thing at a time
    return "end of file", None


def _obey(room: Room, mouth: Mouth, ear: Ear) -> Command | None:
    """Do what a key wants; give the command when it ends the take."""
    command = pressed(room.keys, 0.0)
    if command in {Command.RETAKE, Command.PAUSE} and not ear.retakes:
        return None
    if command is Command.END and ear.end.elapsed < EARLIEST_END_SECONDS:
        return None
    if command is Command.PAUSE:
        ear.paused = not ear.paused
    if command is Command.REPEAT:
        mouth.repeat()
    return None if command in {Command.PAUSE, Command.REPEAT} else command


def _reason(command: Command) -> TakeEnd:
    if command is Command.SKIP:
        return "skipped"
    return "finished early" if command is Command.FINISH else "key"


def _keep(ear: Ear, samples: Samples, *, deaf: bool) -> Samples:
    """Write a block, but for what is heard in a pause or while the question is repeated.

    What is written is decoded, sample for sample, the block in which a key ends the answer too.
    """
    ear.level = level_db(samples)
    ear.shown += len(samples) / SAMPLE_RATE
    if deaf:
        ear.deaf = HOLD_OFF_SECONDS
        return samples[:0]
    dropped = len(samples) if ear.paused else round(ear.deaf * SAMPLE_RATE)
    ear.deaf = max(0.0, ear.deaf - len(samples) / SAMPLE_RATE)
    kept = samples[dropped:]
    if len(kept):
        ear.writer.write(kept)
        if ear.live is not None:
            ear.live.feed(kept)
    return kept


def _hear(ear: Ear, kept: Samples) -> None:
    """Follow what was kept: whether somebody speaks."""
    if not len(kept):
        return
    try:
        found = [probability >= SPEECH_PROBABILITY for probability in ear.detector.feed(kept)]
    except TranscriptionError:
        found = [True]  # no memory, say: a key or the time ends the answer, not a silence
    windows = found or [ear.speaking]
    for ear.speaking in windows:
        ear.end = ear.end.hear(len(kept) / SAMPLE_RATE / len(windows), speaking=ear.speaking)


def _show(room: Room, ear: Ear) -> None:
    if ear.shown < SHOW_SECONDS:
        return
    ear.shown = 0.0
    end = ear.end
    silence = end.silence if end.speech else 0.0
    room.stage.show(
        Listening(
            ear.question, ear.take, end.elapsed, ear.level,
            silence, end.silence_limit, end.time_limit, ear.paused, ear.retakes,
        )
    )  # fmt: skip


def take_name(question: Question, number: int, follow_up: str | None = None) -> str:
    """Name the file of a take; ids are kept out of it where they could mean a path."""
    safe = "".join(c if c.isalnum() or c in "-_" else "-" for c in question.id)[:60]
    middle = f"-{''.join(c if c.isalnum() else '-' for c in follow_up)[:40]}" if follow_up else ""
    return f"takes/{safe}{middle}-{number}.wav"
