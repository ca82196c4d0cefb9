"""An interview's parts, put together."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from simulator.wiring.analysis import check_weights, judge, transcriber
from simulator.wiring.content import library
from simulator.wiring.sound import CardEar, microphone_names, speaker, speech_detector, voice
from simulator.wiring.store import archive, preferences

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.core.coverage import Coverage
    from simulator.core.plan import Plan
    from simulator.core.scenario import Question
    from simulator.core.speech import Transcript
    from simulator.interview.moments import Keys, Stage
    from simulator.interview.room import Manner, Room
    from simulator.ports import Archive, Judge, Microphone, Speaker, Transcriber


def manner(plan: Plan) -> Manner:
    """Turn a plan into the interviewer's manner. Raises ConfigError for an unknown style."""
    from simulator.errors import ConfigError
    from simulator.interview.room import Manner

    known = {style.id: style for style in library().styles()}
    if plan.style not in known:
        raise ConfigError(f"no interviewer style is called {plan.style!r}: {', '.join(known)}")
    return Manner(
        style=known[plan.style],
        silence_limit=plan.silence_seconds,
        think=plan.think,
        follow_ups=plan.follow_ups,
        retakes=plan.retakes,
    )


def room(
    plan: Plan,
    stage: Stage,
    keys: Keys,
    ear: Callable[[Question], Microphone] | None = None,
    store: Archive | None = None,
) -> Room:
    """Put an interview's parts together; without a loudspeaker the questions are only read.

    Raises DeviceError when there is no microphone, and none of ``ear``.
    """
    from simulator.adapters.priority import give_way
    from simulator.interview.room import Room

    card = CardEar(plan.input_device, stage) if ear is None else None
    hears: Callable[[Question], Microphone] = card or ear  # type: ignore[assignment]
    judging = AnswerJudge()
    return Room(
        speaker=_speaker(plan, stage),
        transcriber=_transcriber(plan, stage),
        voice=voice(plan.voice, plan.rate),
        ear=hears,
        microphones=microphone_names if card else tuple,
        choose_microphone=card.choose if card else lambda name: None,  # noqa: ARG005
        detector=speech_detector,
        archive=store or archive(),
        stage=stage,
        keys=keys,
        judge=judging,
        read_ahead=judging.read_ahead,
        give_way=give_way,
    )


def _speaker(plan: Plan, stage: Stage) -> Speaker | None:
    """Open the loudspeaker that is to speak; without one the questions are only read."""
    from simulator.errors import DeviceError
    from simulator.interview.moments import Notice

    try:
        return speaker(plan.output_device) if plan.speak else None
    except DeviceError as error:
        stage.show(Notice(f"The questions cannot be heard: {error}."))
        return None


def _transcriber(plan: Plan, stage: Stage) -> Transcriber | None:
    """Begin to load the recogniser; without its weights answers are only recorded."""
    from simulator.errors import ModelUnavailable
    from simulator.interview.moments import Notice

    hearer = transcriber(plan.model, eager=True)
    try:
        check_weights(plan.model)
    except ModelUnavailable as error:
        stage.show(Notice(f"Answers are recorded, but not transcribed yet: {error}"))
        return None
    return hearer


class AnswerJudge:
    """Judge answers while the interview runs; loaded with the first of them."""

    def __init__(self) -> None:
        self._loading = threading.Lock()
        self._chosen: Judge | None = None
        self._reads_ahead = not preferences().judge_server
        "Our own model remembers what it read; a server would only be asked more often."

    def read_ahead(self, words: tuple[str, ...], question: Question) -> None:
        """Read what was said so far; the question itself where nothing was, to get ready."""
        if self._reads_ahead:
            self._judged(words or tuple(question.prompt.split()), question)

    def __call__(self, transcript: Transcript, question: Question) -> Coverage | None:
        """Judge one answer; none when that cannot be done, and the review says why."""
        return self._judged(tuple(word.text for word in transcript.words), question)

    def _judged(self, words: tuple[str, ...], question: Question) -> Coverage | None:
        from simulator.errors import JudgeError

        if not question.criteria:
            return None
        try:
            with self._loading:
                self._chosen = self._chosen or judge()
            return self._chosen.judge(words, question)
        except JudgeError:
            return None
