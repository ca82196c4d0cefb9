"""The interview from the first question to the last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from simulator.core.coverage import follow_ups
from simulator.core.session import Take
from simulator.errors import DeviceError, TranscriptionError
from simulator.interview.hearing import HearingThread
from simulator.interview.listening import Heard, listen, take_name
from simulator.interview.moments import (
    Answered,
    Asking,
    Command,
    Finished,
    Notice,
    Says,
    Thinking,
    pressed,
)
from simulator.interview.speaking import Mouth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.core.coverage import Coverage, CriterionFinding
    from simulator.core.scenario import Question
    from simulator.core.session import Session
    from simulator.core.speech import Transcript
    from simulator.interview.room import Manner, Room

TICK_SECONDS = 0.25
"""The countdown of the thinking time moves four times a second."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Hold a session and what was already understood of it while it was spoken."""

    session: Session
    transcripts: tuple[tuple[str, Transcript], ...] = ()
    "Audio file of a take, and its transcript."
    coverages: tuple[tuple[str, Coverage], ...] = ()
    "Audio file of a take, and the judge's word."
    interrupted: bool = False


def conduct(room: Room, manner: Manner, session: Session) -> Outcome:
    """Ask every question that has no answer yet; a session that was broken off goes on.

    Raises SessionError when the disk takes no more; what was recorded stays.
    """
    interview = _Interview(room, manner, session)
    try:
        _hold(interview)
        return interview.outcome()
    except BaseException:
        interview.cancel()  # a thread that still waits for sound would never end
        raise
    finally:
        interview.hearing.close()


def _hold(interview: _Interview) -> None:
    with interview.room.keys.open():
        try:
            interview.run()
        except KeyboardInterrupt:
            interview.interrupted = True
            interview.cancel()
        finally:
            interview.mouth.rest()


class _Interview:
    """Carry the state of one interview. Owned by one thread."""

    def __init__(self, room: Room, manner: Manner, session: Session) -> None:
        self.room, self.manner, self.session = room, manner, session
        self.mouth = Mouth(room.voice, room.speaker, room.stage, room.keys)
        self.hearing = HearingThread()
        self.heard: list[Heard] = []
        self.interrupted = False

    def run(self) -> None:
        scenario, style = self.session.scenario, self.manner.style
        todo = [q for q in scenario.questions if self.session.answer_to(q.id) is None]
        total = len(scenario.questions)
        if len(todo) == total:
            self.mouth.foresee([question.prompt for question in todo[:1]])
            self._say(style.line("introduction", scenario.id, title=scenario.title, count=total))
        for question in todo:
            number = scenario.questions.index(question) + 1
            if self._question(question, number, total) is Command.FINISH:
                break
            if question is not todo[-1]:
                self._say(self._bridge(question))
        else:
            self._say(style.line("closing", scenario.id))
        self.session = replace(self.session, finished=True)
        self.room.archive.save(self.session)
        self.room.stage.show(Finished(self.session))

    def _say(self, text: str) -> None:
        if text.strip():
            self.room.stage.show(Says(text.strip()))
            self.mouth.say(text.strip())

    def _bridge(self, question: Question) -> str:
        style = self.manner.style
        thanks = style.line("acknowledgement", question.id)
        return f"{thanks} {style.line('next', question.id)}".strip()

    def _soon(self, question: Question) -> Iterator[str]:
        """Give what may be said after a question, so that its voice is there at once."""
        if self.manner.follow_ups and self.room.transcriber is not None:
            for criterion in question.criteria:
                if criterion.follow_up:
                    yield self._probing(question, criterion.id, criterion.follow_up)
        yield self._bridge(question)
        questions = self.session.scenario.questions
        yield from (after.prompt for after in questions[questions.index(question) + 1 :][:1])

    def _question(self, question: Question, number: int, total: int) -> Command | None:
        """Ask one question until it has an answer, is skipped or the interview ends."""
        while True:
            command = self._ask(question, number, total)
            if command in {Command.SKIP, Command.FINISH}:
                return command
            asked_at = self.room.clock()
            if command is not Command.END and self.manner.think:
                command = self._think(question)
                if command is Command.REPEAT:
                    continue
                if command in {Command.SKIP, Command.FINISH}:
                    return command
                asked_at = self.room.clock()
            return self._answer(question, asked_at)

    def _ask(self, question: Question, number: int, total: int) -> Command | None:
        self.room.stage.show(Asking(question, number, total, question.prompt))
        self.mouth.prepare(question.prompt)
        self.mouth.foresee(self._soon(question))
        command: Command | None = Command.REPEAT
        while command is Command.REPEAT:
            command = self.mouth.say(question.prompt)
        return command

    def _think(self, question: Question) -> Command | None:
        end = self.room.clock() + question.think_seconds
        while (left := end - self.room.clock()) > 0:
            self.room.stage.show(Thinking(question, left))
            command = pressed(self.room.keys, min(left, TICK_SECONDS))
            if command is not None:
                return command
        return None

    def _answer(
        self, question: Question, asked_at: float, follow_up: str | None = None
    ) -> Command | None:
        """Record takes until one stands; give SKIP or FINISH when asked for."""
        while True:
            heard = self._take(question, asked_at, follow_up)
            if heard.lost:
                if not self._recover(heard.lost):
                    return Command.FINISH
            elif heard.command is not Command.RETAKE:
                if heard.command in {Command.SKIP, Command.FINISH}:
                    return heard.command
                return None if follow_up else self._follow_up(question, heard)
            asked_at = self.room.clock()

    def _follow_up(self, question: Question, heard: Heard) -> Command | None:
        """Ask about the most valuable criteria that were not heard, one at a time."""
        coverage = self._judged(heard)
        asked: set[str] = set()
        while coverage is not None and len(asked) < self.manner.follow_ups:
            open_ones = [f for f in follow_ups(coverage) if f.id not in asked]
            if not open_ones:
                break
            asked.add(open_ones[0].id)
            command = self._probe(question, open_ones[0])
            if command is not None:
                return command if command is Command.FINISH else None
            more = self._judged(self.heard[-1])
            coverage = coverage.with_prompted(more) if more is not None else None
        return None

    def _probing(self, question: Question, criterion: str, follow_up: str) -> str:
        lead = self.manner.style.line("follow_up", f"{question.id} {criterion}")
        return f"{lead} {follow_up}".strip()

    def _probe(self, question: Question, finding: CriterionFinding) -> Command | None:
        text = self._probing(question, finding.id, finding.follow_up)
        number = self.session.scenario.questions.index(question) + 1
        total = len(self.session.scenario.questions)
        self.room.stage.show(Asking(question, number, total, text, follow_up=True))
        command = self.mouth.say(text)
        if command in {Command.SKIP, Command.FINISH}:
            return command
        return self._answer(question, self.room.clock(), finding.id)

    def _judged(self, heard: Heard) -> Coverage | None:
        if heard.live is None or not self.manner.follow_ups:
            return None
        return heard.live.coverage()

    def _take(self, question: Question, asked_at: float, follow_up: str | None) -> Heard:
        number = 1 + max((t.number for t in self.session.takes_of(question.id)), default=0)
        take = Take(
            question_id=question.id,
            number=number,
            audio=take_name(question, number, follow_up),
            ended_by="recording",
            follow_up_of=follow_up,
            answer_offset=max(0.0, self.room.clock() - asked_at),
            started=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        self.session = self.session.with_take(take)
        heard = listen(self.room, self.manner, self.mouth, self.session, take, hearing=self.hearing)
        self.session = heard.session
        self.heard.append(heard)
        if heard.live is not None:
            heard.live.end()
            if self.hearing.behind and not self.manner.follow_ups:
                heard.live.cancel()
        self.room.stage.show(Answered(question, heard.take))
        return heard

    def _recover(self, reason: str) -> bool:
        """Let the candidate go on after the microphone was lost."""
        self.room.stage.show(Notice(f"Your answer so far is kept, but {reason}."))
        while True:
            others = tuple(f"use {name}" for name in self.room.microphones())
            choice = self.room.stage.ask("Go on?", ("try again", *others, "finish here"))
            if choice == "finish here":
                return False
            try:
                name = choice.removeprefix("use ") if choice in others else ""
                self.room.choose_microphone(name)
            except DeviceError as error:
                self.room.stage.show(Notice(f"{error}"))
            else:
                return True

    def cancel(self) -> None:
        for heard in self.heard:
            if heard.live is not None:
                heard.live.cancel()

    def outcome(self) -> Outcome:
        """Gather what was decoded meanwhile; the review decodes the rest."""
        transcripts, coverages = [], []
        for heard in self.heard:
            if heard.live is None or heard.live.cancelled:
                continue
            try:
                transcripts.append((heard.take.audio, heard.live.finish()))
            except TranscriptionError as error:
                self.room.stage.show(Notice(f"One answer could not be transcribed yet: {error}"))
            if (coverage := heard.live.coverage()) is not None:
                coverages.append((heard.take.audio, coverage))
        return Outcome(self.session, tuple(transcripts), tuple(coverages), self.interrupted)
