"""A few hundred damaged files for each loader; tests/fuzz/long_run.py tries a hundred thousand."""

import resource
import struct
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.adapters.take_files import wav_header
from tests.fuzz.targets import CORPUS, TARGETS, Loaders

TRIED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
ODD = (
    b"\x00",
    b"\xff",
    b"\xff" * 8,
    b"\x1b[2J",
    b"../",
    b"1e999",
    b"-1",
    b"[" * 200,
    b"\xe2\x80\xae",
)


@pytest.fixture(scope="module")
def loaders(tmp_path_factory):
    return Loaders(tmp_path_factory.mktemp("fuzz"))


@st.composite
def damaged(draw, target):
    """A good file with pieces cut out, doubled, overwritten or put in."""
    data = draw(
        st.sampled_from([path.read_bytes() for path in sorted((CORPUS / target).iterdir())])
    )
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        piece = draw(st.sampled_from((b"", data[start:end] * 3, *ODD)) | st.binary(max_size=8))
        data = data[:start] + piece + data[end:]
    return data


@pytest.mark.parametrize("target", TARGETS)
def test_a_good_file_is_loaded(loaders, target):
    for path in sorted((CORPUS / target).iterdir()):
        getattr(loaders, target)(path.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
@TRIED
@given(data=st.data())
def test_a_damaged_file_is_loaded_or_named(loaders, target, data):
    getattr(loaders, target)(data.draw(damaged(target)))


@pytest.mark.parametrize("target", TARGETS)
@TRIED
@given(data=st.binary(max_size=300))
def test_any_bytes_are_loaded_or_named(loaders, target, data):
    getattr(loaders, target)(data)


def header(rate=16_000, channels=1, width=2, form=1, claimed=64, held=64):
    """A WAV file that may promise anything."""
    described = struct.pack(
        "<IHHIIHH", 16, form, channels, rate, 0xFFFFFFFF & rate * channels * width,
        0xFFFF & channels * width, 8 * width,
    )  # fmt: skip
    start = b"RIFF" + struct.pack("<I", 0xFFFFFFFF & claimed + 36) + b"WAVEfmt " + described
    return start + b"data" + struct.pack("<I", claimed) + b"\x01\x02" * (held // 2)


@pytest.mark.parametrize(
    "data",
    [
        header(rate=2_000_000_000),
        header(rate=0),
        header(rate=1),
        header(channels=8),
        header(channels=64),
        header(channels=65_535),
        header(channels=0),
        header(claimed=10 * 3600 * 32_000, held=3200),
        header(claimed=0xFFFFFFFF, held=0),
        header(form=3, width=4, claimed=400, held=0) + struct.pack("<f", float("nan")) * 100,
        header(form=3, width=4, claimed=400, held=0) + struct.pack("<f", float("inf")) * 100,
        wav_header(64)[:40],
    ],
    ids=["2 GHz", "0 Hz", "1 Hz", "8 channels", "64 channels", "65535 channels", "none",
         "10 hours claimed", "4 GB claimed", "not a number", "infinite", "torn"],
)  # fmt: skip
def test_an_absurd_header_costs_no_memory_and_no_traceback(tmp_path, data):
    path = tmp_path / "absurd.wav"
    path.write_bytes(data)
    program = f"""
import resource, pathlib
from tests.fuzz.targets import Loaders
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
import av, numpy
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
Loaders(pathlib.Path({str(tmp_path)!r})).audio(pathlib.Path({str(path)!r}).read_bytes())
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) < 200  # MB above what the libraries themselves take


@pytest.mark.parametrize(
    "text",
    [
        "a = [" * 5_000,
        "a." * 50_000 + "b = 1",
        'title = "' + "x" * 3_000_000 + '"',
        "schema = " + "9" * 10_000,
        "[[questions]]\n" * 20_000,
        'title = "\x00"',
        'title = "\\u001b[2J\\u202e"',
        "x" * 5_000_000,
    ],
    ids=["deep", "long key", "long title", "digits", "many", "null", "controls", "too large"],
)
def test_a_scenario_made_to_hurt_is_named_at_once(loaders, text):
    used = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    loaders.scenario(text.encode())
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - used < 20
