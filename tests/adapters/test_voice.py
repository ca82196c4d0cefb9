"""The interviewer's voice: real speech, heard and understood, and every way in which it fails."""

import os
import textwrap

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import wiring
from simulator.adapters import voice as voice_module
from simulator.adapters.speaker import CardSpeaker
from simulator.adapters.voice import CHUNK_CHARACTERS, SystemVoice, split_text
from simulator.errors import VoiceError
from tests.virtual_card import wait_until

QUESTION = "Please tell me about a time when you helped someone."


@pytest.fixture(scope="module", autouse=True)
def _speaks():
    """Skip where there is no voice at all."""
    try:
        SystemVoice().names()
    except VoiceError as error:
        pytest.skip(f"no voice on this machine: {error}")


@pytest.fixture
def child(tmp_path, monkeypatch):
    """Put something else in the place of the voice's child process."""

    def put(source):
        (tmp_path / "other_child.py").write_text(textwrap.dedent(source), "utf-8")
        monkeypatch.setattr(voice_module, "CHILD", "other_child")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    return put


@pytest.fixture
def hide(tmp_path, monkeypatch):
    """Hide libraries whose path has one of some words in it from every child process."""

    def put(*words):
        (tmp_path / "sitecustomize.py").write_text(HIDE.format(words=words), "utf-8")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    return put


HIDE = """
import ctypes, pathlib
class Blind(ctypes.CDLL):
    def __init__(self, name, *rest, **more):
        loaded = "espeakng_loader" in pathlib.Path("/proc/self/maps").read_text()
        if not loaded and any(word in str(name) for word in {words!r}):
            raise OSError(f"{{name}}: cannot open shared object file")
        super().__init__(name, *rest, **more)
ctypes.CDLL = ctypes.cdll._dlltype = Blind
"""
SYSTEM = ("libespeak-ng.so.1", "libespeak.so.1")


def words_of(audio_at_16_khz):
    transcription = wiring.transcriber("tiny.en").start()
    transcription.feed(audio_at_16_khz)
    return {word.text.lower().strip(".,?!") for word in transcription.finish().words}


@pytest.mark.card
@pytest.mark.weights
@pytest.mark.xdist_group("card")
def test_the_voice_is_heard_on_the_speaker_and_understood(card, home, tmp_path):
    with card.heard(tmp_path / "heard"):
        playback = CardSpeaker().play(SystemVoice().synthesise(QUESTION))
        wait_until(lambda: playback.wait(0.5), "the end of the question")
    heard = np.fromfile(tmp_path / "heard", np.int16).astype(np.float32) / 32_768
    asked = set(QUESTION.lower().strip(".").split())
    # The smallest recogniser makes "help" of espeak-ng's "helped".
    assert len(asked & words_of(heard)) >= 0.8 * len(asked)


def test_speech_is_mono_and_audible():
    audio = SystemVoice().synthesise(QUESTION)
    assert audio.samples.ndim == 1
    assert 1.0 < audio.duration < 5.0
    assert 0.05 < np.abs(audio.samples).max() <= 1.0


def test_every_utterance_is_whole():
    # pyttsx3 in one process loses utterances after the first.
    lengths = {len(SystemVoice().synthesise(QUESTION).samples) for _ in range(3)}
    assert len(lengths) == 1


def test_a_faster_voice_needs_less_time():
    slow, fast = (SystemVoice(rate=rate).synthesise(QUESTION).duration for rate in (120, 240))
    assert fast < 0.7 * slow


def test_a_voice_is_chosen_by_part_of_its_name():
    names = SystemVoice().names()
    german = next((name for name in names if name.endswith("/de")), None)
    if german is None:
        pytest.skip("no German voice to tell from the English one")
    plain = SystemVoice().synthesise(QUESTION).samples
    other = SystemVoice(voice="german").synthesise(QUESTION).samples
    assert len(plain) != len(other) or not np.array_equal(plain, other)


def test_an_unknown_voice_is_named():
    with pytest.raises(VoiceError, match="no voice is called 'Nobody'; `rehearse doctor --voices`"):
        SystemVoice(voice="Nobody").synthesise(QUESTION)


@pytest.mark.parametrize("rate", [-5, 1, 5_000, 10**12])
def test_a_rate_that_nobody_can_speak_is_refused(rate):
    with pytest.raises(VoiceError, match=f"rate {rate} is beyond the voice: between 80 and"):
        SystemVoice(rate=rate).synthesise(QUESTION)


@pytest.mark.parametrize("text", ["", "  \n\t"])
def test_nothing_to_say_is_said_to_be_so(text):
    with pytest.raises(VoiceError, match="the text is empty"):
        SystemVoice().synthesise(text)


@pytest.mark.parametrize("text", ["-v", "<speak>&amp;", "Où? ¿Qué? 日本 🙂 yes", "100 % \\ \"'"])
def test_any_text_can_be_spoken(text):
    assert SystemVoice().synthesise(text).duration > 0.2


def test_a_long_text_is_spoken_to_its_end():
    sentence = "I would like to hear about your last position, please. "
    one = SystemVoice().synthesise(sentence).duration
    text = sentence * (5_000 // len(sentence))
    assert len(list(split_text(text))) == 4
    assert SystemVoice().synthesise(text).duration == pytest.approx(
        one * text.count("please"), rel=0.15
    )


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=200).map(
    lambda piece: piece * 40
))  # fmt: skip
def test_cutting_a_text_loses_no_word(text):
    pieces = list(split_text(text))
    assert all(0 < len(piece) <= CHUNK_CHARACTERS for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_text_is_cut_between_sentences():
    text = " ".join(["One two three four five."] * 100)
    assert all(piece.endswith("five.") for piece in split_text(text))


def test_a_sentence_without_end_is_cut_between_words():
    words = [f"word{number}" for number in range(600)]
    assert " ".join(split_text(" ".join(words))).split() == words


def test_a_child_that_hangs_is_given_up(child):
    child("import time; time.sleep(600)")
    with pytest.raises(VoiceError, match=r"the voice did not answer within 0\.5 s"):
        SystemVoice(time_limit=0.5).synthesise(QUESTION)


def test_a_child_that_is_killed_is_noticed(child):
    child("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(VoiceError, match="the voice's process ended with status -9"):
        SystemVoice().synthesise(QUESTION)


def test_a_child_that_writes_nothing_is_noticed(child):
    child("print('{}')")
    with pytest.raises(VoiceError, match="the voice wrote no sound that can be read"):
        SystemVoice().synthesise(QUESTION)


@pytest.mark.parametrize("answer", ["[]", "7", "null", '"error"', "not JSON", ""])
def test_a_child_that_answers_nonsense_is_noticed(child, answer):
    child(f"print({answer!r})")
    with pytest.raises(VoiceError, match="the voice's process ended with status 0"):
        SystemVoice().synthesise(QUESTION)


def test_a_child_that_writes_silence_is_noticed(child):
    child("""
        import json, sys, wave
        with wave.open(json.load(sys.stdin)["path"], "wb") as file:
            file.setparams((1, 2, 22050, 0, "NONE", ""))
            file.writeframes(bytes(2000))
        print("{}")
    """)
    with pytest.raises(VoiceError, match="the voice wrote only silence"):
        SystemVoice().synthesise(QUESTION)


@pytest.mark.skipif(not os.path.exists("/proc/self/maps"), reason="Linux only")  # noqa: PTH110
def test_without_a_library_of_the_system_the_packaged_one_speaks(hide):
    hide(*SYSTEM)
    assert SystemVoice().synthesise(QUESTION).duration > 1.0


@pytest.mark.skipif(not os.path.exists("/proc/self/maps"), reason="Linux only")  # noqa: PTH110
def test_without_any_library_the_missing_one_is_named(hide):
    hide("espeak")
    with pytest.raises(VoiceError, match=r"eSpeak|espeak"):
        SystemVoice().synthesise(QUESTION)


def test_no_file_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    SystemVoice().synthesise(QUESTION)
    assert list(tmp_path.iterdir()) == []
