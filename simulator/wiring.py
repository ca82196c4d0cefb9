"""Put the parts together. The only module that names adapters; each is imported when chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from simulator.adapters.archive import FolderArchive
    from simulator.adapters.config_file import Config
    from simulator.adapters.doctor import Doctor
    from simulator.adapters.index import SessionIndex
    from simulator.adapters.memory_archive import MemoryArchive
    from simulator.adapters.model_store import ModelStore
    from simulator.adapters.page_audio import Sound
    from simulator.adapters.places import Places
    from simulator.adapters.portaudio import SoundDevice
    from simulator.adapters.scenario_library import ScenarioLibrary
    from simulator.adapters.sound_files import SoundFile
    from simulator.core.analysis import SessionReport
    from simulator.core.coverage import Coverage
    from simulator.core.models import ModelLine
    from simulator.core.page_sound import PageSound
    from simulator.core.plan import Plan
    from simulator.core.scenario import Question, Scenario
    from simulator.core.session import Session
    from simulator.core.settings import Preferences
    from simulator.core.speech import Transcript
    from simulator.core.style import Style
    from simulator.interview.moments import Keys, Stage
    from simulator.interview.room import Manner, Room
    from simulator.ports import (
        Archive,
        Judge,
        Microphone,
        Speaker,
        SpeechDetector,
        Transcriber,
        Voice,
    )


def places() -> Places:
    """Give the folders in use."""
    from simulator.adapters.places import find_places

    return find_places()


def archive(root: Path | None = None) -> FolderArchive:
    """Open the store of sessions."""
    from simulator.adapters.archive import FolderArchive

    return FolderArchive(root or places().data / "sessions")


def private_archive() -> MemoryArchive:
    """Open an archive that is never on disk."""
    from simulator.adapters.memory_archive import MemoryArchive

    return MemoryArchive()


def keep_private(store: MemoryArchive, session: Session) -> Path:
    """Write a private session to disk after all; give its folder. Raises SessionError."""
    kept = archive()
    store.keep(session, kept)
    return kept.folder(session)


def expire_audio(days: int) -> tuple[str, ...]:
    """Delete recordings older than so many days; give their sessions. Raises SessionError."""
    from datetime import UTC, datetime

    from simulator.adapters.retention import expire_audio

    return expire_audio(archive(), days, datetime.now(UTC))


def library() -> ScenarioLibrary:
    """Open the library of scenarios."""
    from simulator.adapters.places import shipped
    from simulator.adapters.scenario_library import ScenarioLibrary

    return ScenarioLibrary(places().data / "scenarios", shipped("scenarios"))


def voice(name: str = "", rate: int = 0) -> Voice:
    """Choose the interviewer's voice."""
    from simulator.adapters.voice import SystemVoice

    return SystemVoice(name, rate)


def speaker(device: str = "") -> Speaker:
    """Choose a loudspeaker. Raises DeviceError when there is none."""
    from simulator.adapters.portaudio import find_device
    from simulator.adapters.speaker import CardSpeaker

    find_device(device, "output")
    return CardSpeaker(device)


def microphone(
    device: str = "",
    tell_loss: Callable[[float], None] = lambda seconds: None,  # noqa: ARG005
) -> Microphone:
    """Choose a microphone. Raises DeviceError when there is none."""
    from simulator.adapters.microphone import CardMicrophone
    from simulator.adapters.portaudio import find_device

    find_device(device, "input")
    return CardMicrophone(device, tell_loss)


def keyboard(*, terminal: bool) -> Keys:
    """Choose where keys come from."""
    from simulator.adapters.keyboard import Keyboard, NoKeyboard

    return Keyboard() if terminal else NoKeyboard()


def speech_detector() -> SpeechDetector:
    """Make a speech detector for one take."""
    from simulator.adapters.speech_detection import SpeechDetector as Silero

    return Silero()


def transcriber(model: str = "tiny.en", batch: int = 1) -> Transcriber:
    """Choose a recogniser; its weights are looked for when it starts.

    Offline, several chunks in a batch are faster; the transcript is the same.
    """
    from simulator.adapters.weights import find_weights
    from simulator.adapters.whisper import WhisperTranscriber

    cache = places().cache
    return WhisperTranscriber(model, lambda name: find_weights(name, cache), batch=batch)


def sound_file(path: Path) -> SoundFile:
    """Open a recording of any kind."""
    from simulator.adapters.sound_files import SoundFile

    return SoundFile(path)


def scenario(wanted: Path | str) -> Scenario:
    """Read a scenario by its id or file. Raises ScenarioError."""
    return library().load(str(wanted))


def scenario_schema() -> dict[str, Any]:
    """Give the JSON Schema of scenario files."""
    from simulator.adapters.scenario_schema import scenario_schema

    return scenario_schema()


def styles() -> tuple[Style, ...]:
    """Read the interviewer's styles. Raises ScenarioError."""
    return library().styles()


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
    from simulator.errors import DeviceError, ModelUnavailable
    from simulator.interview.moments import Notice
    from simulator.interview.room import Room

    card = CardEar(plan.input_device, stage) if ear is None else None
    hears: Callable[[Question], Microphone] = card or ear  # type: ignore[assignment]
    loud: Speaker | None = None
    if plan.speak:
        try:
            loud = speaker(plan.output_device)
        except DeviceError as error:
            stage.show(Notice(f"The questions cannot be heard: {error}."))
    hearer: Transcriber | None = transcriber(plan.model)
    try:
        check_weights(plan.model)
    except ModelUnavailable as error:
        stage.show(Notice(f"Answers are recorded, but not transcribed yet: {error}"))
        hearer = None
    return Room(
        voice=voice(plan.voice, plan.rate),
        speaker=loud,
        ear=hears,
        microphones=microphone_names if card else tuple,
        choose_microphone=card.choose if card else lambda name: None,  # noqa: ARG005
        detector=speech_detector,
        archive=store or archive(),
        stage=stage,
        keys=keys,
        transcriber=hearer,
        judge=_answer_judge() if plan.follow_ups and hearer is not None else None,
    )


def _answer_judge() -> Callable[[Transcript, Question], Coverage | None]:
    """Judge answers while the interview runs, for its follow-up questions."""
    from simulator.review import judge_answer

    chosen = judge()
    return lambda transcript, question: judge_answer(question, transcript, chosen)[0]


class CardEar:
    """The microphone for every question, until another one is chosen."""

    def __init__(self, device: str, stage: Stage) -> None:
        self._device, self._stage = device, stage
        self._chosen = microphone(device, self._tell_loss)

    def __call__(self, question: Question) -> Microphone:
        """Give the microphone."""
        del question
        return self._chosen

    def choose(self, device: str) -> None:
        """Look for the devices anew; hear through this one, or the same. Raises DeviceError."""
        from simulator.adapters.portaudio import refresh

        refresh()
        self._chosen = microphone(device or self._device, self._tell_loss)
        self._device = device or self._device

    def _tell_loss(self, seconds: float) -> None:
        from simulator.interview.moments import Notice

        text = f"{seconds:.1f} s of sound never arrived: close other programs, or check the cable."
        self._stage.show(Notice(text))


def microphone_names() -> tuple[str, ...]:
    """List the microphones there are now; none without a sound system."""
    from simulator.adapters.portaudio import list_devices, refresh
    from simulator.errors import DeviceError

    try:
        refresh()
        return tuple(device.name for device in list_devices() if device.inputs)
    except DeviceError:
        return ()


def check_weights(model: str) -> Path:
    """Find a recogniser's weights. Raises ModelUnavailable."""
    from simulator.adapters.weights import find_weights

    return find_weights(model, places().cache)


def save_report(folder: Path, report: SessionReport) -> None:
    """Keep what was measured beside the session. Raises SessionError."""
    from simulator.adapters.analysis_files import save_report

    save_report(folder, report)


def load_report(
    folder: Path, session: Session, *, any_version: bool = False
) -> SessionReport | None:
    """Give what was measured before, where it is still true."""
    from simulator.adapters.analysis_files import load_report

    return load_report(folder, session, any_version=any_version)


def file_ear(answers: tuple[Path, ...], scenario: Scenario) -> Callable[[Question], Microphone]:
    """Let recorded answers stand in for the microphone. Raises AudioError."""
    from simulator.adapters.answer_files import FileMicrophone, match_answers
    from simulator.errors import AudioError

    files = match_answers(answers, scenario)

    def ear(question: Question) -> Microphone:
        if question.id not in files:
            raise AudioError(f"there is no recording for question {question.id}")
        return FileMicrophone(files[question.id])

    return ear


def judge() -> Judge:
    """Choose the judge of rubrics. Raises JudgeError."""
    from simulator.adapters.embeddings import MiniLmEncoder
    from simulator.adapters.entailment import CrossEncoder
    from simulator.adapters.judge import RubricJudge, load_rules

    return RubricJudge(MiniLmEncoder(), CrossEncoder(), load_rules())


def phrase_cosine(scenario: Scenario) -> Callable[[str, str], float]:
    """Compare a scenario's evidence phrases by their meaning. Raises JudgeError."""
    from simulator.adapters.embeddings import MiniLmEncoder
    from simulator.core.rubric_checks import phrases

    texts = phrases(scenario)
    vectors = dict(zip(texts, MiniLmEncoder().encode(texts), strict=True))
    return lambda one, other: float(vectors[one] @ vectors[other])


def plan() -> Plan:
    """Give the settings of the next interview. Raises ConfigError."""
    from simulator.core.plan import Plan

    chosen = preferences()
    return Plan(
        style=chosen.interview_style,
        silence_seconds=chosen.interview_silence_seconds,
        think=chosen.interview_think,
        check=chosen.interview_sound_check,
        voice=chosen.voice_name,
        rate=chosen.voice_rate,
        input_device=chosen.devices_input,
        output_device=chosen.devices_output,
        model=chosen.recogniser_model,
        follow_ups=chosen.interview_follow_ups,
    )


def model_store() -> ModelStore:
    """Open the store of recogniser models."""
    from simulator.adapters.model_store import ModelStore

    return ModelStore(places().cache)


def measure_model(name: str) -> ModelLine:
    """Time a model on a recorded answer. Raises ModelUnavailable and AudioError."""
    hearer = transcriber(name)
    hearer.start().finish()  # Loading is not measured.
    sound = sound_file(demo_answers(library().load("taster"), "strong")[0])

    def transcribe() -> float:
        transcription = hearer.start()
        for block in sound:
            transcription.feed(block)
        return transcription.finish().duration

    return model_store().measure(name, transcribe)


def find_download(name: str) -> tuple[str, int]:
    """Give a model's repository and its bytes; asks the network. Raises ModelUnavailable."""
    from simulator.adapters.model_store import HuggingFace, known_repositories
    from simulator.errors import ModelUnavailable

    known = known_repositories()
    if name not in known:
        raise ModelUnavailable(f"no model to download is called {name!r}: {', '.join(known)}")
    return known[name], HuggingFace().size(known[name])


def download(name: str, repository: str) -> Path:
    """Fetch a model from the network. Raises ModelUnavailable."""
    from simulator.adapters.model_store import HuggingFace

    return model_store().download(name, repository, HuggingFace())


def doctor() -> Doctor:
    """Prepare the checks of this machine; bad settings are a finding, not an error."""
    from simulator.adapters.doctor import Doctor
    from simulator.core.plan import Plan
    from simulator.errors import ConfigError

    try:
        chosen = plan()
    except ConfigError:
        chosen = Plan()
    return Doctor(places(), chosen, judge, preferences)


def voice_names() -> tuple[str, ...]:
    """List the interviewer's voices. Raises VoiceError."""
    from simulator.adapters.voice import SystemVoice

    return SystemVoice().names()


def devices() -> tuple[SoundDevice, ...]:
    """List the sound devices. Raises DeviceError."""
    from simulator.adapters.portaudio import list_devices

    return list_devices()


def index() -> SessionIndex:
    """Open the index of all sessions; it looks for changes by itself."""
    from simulator.adapters.index import SessionIndex

    return SessionIndex(places().cache / "sessions.sqlite", archive().root)


def export_session(session_id: str, target: Path, *, audio: bool = True) -> None:
    """Write a session to one zip file. Raises SessionError."""
    from simulator.adapters.session_zip import export_session

    export_session(archive().root / session_id, target, audio=audio)


def import_session(source: Path) -> Session:
    """Take in a session from a zip file. Raises SessionError."""
    from simulator.adapters.session_zip import import_session

    return import_session(source, archive().root)


def config() -> Config:
    """Open the user's settings."""
    import os

    from simulator.adapters.config_file import FILE, Config

    return Config(places().config / FILE, os.environ)


def preferences() -> Preferences:
    """Give the settings in force. Raises ConfigError."""
    return config().preferences()


def demo_answers(scenario: Scenario, candidate: str) -> tuple[Path, ...]:
    """Give the shipped recordings of one candidate, a question each. Raises AudioError."""
    from simulator.adapters.places import shipped
    from simulator.errors import AudioError

    folder = shipped("audio_fixtures")
    paths = tuple(folder / f"{q.id}-{candidate}" / "answer.flac" for q in scenario.questions)
    if missing := [path for path in paths if not path.is_file()]:
        raise AudioError(f"{missing[0]}: the demo's recording is missing; install Rehearse again")
    return paths


def open_folder(folder: Path) -> Session:
    """Read a session's folder, wherever it lies. Raises SessionError."""
    from simulator.adapters.archive import load_session

    return load_session(folder)


def page_sounds(
    session: Session, report: SessionReport, store: FolderArchive, sound: Sound
) -> dict[str, PageSound]:
    """Prepare the takes of a report for a page. Raises SessionError and UnreadableAudio."""
    from functools import partial

    from simulator.adapters.page_audio import page_sound

    if session.audio_deleted:
        return {}
    folder = store.folder(session)
    return {
        take.audio: page_sound(
            partial(store.audio, session, take), take.duration, folder / take.audio, sound
        )
        for take in (answer.take for answer in report.answers)
    }


def write_report(path: Path, text: str) -> None:
    """Write a report, whole or not at all. Raises SessionError."""
    from simulator.adapters.report_file import write_report

    write_report(path, text)


def open_page(path: Path) -> bool:
    """Show a page in the default browser; False when there is none."""
    from simulator.adapters.report_file import open_page

    return open_page(path)
