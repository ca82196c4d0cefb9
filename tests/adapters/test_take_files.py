"""The sound of a take survives whatever happens while it is written."""

import stat
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulator.adapters.take_files import (
    HEADER_BYTES,
    TakeFile,
    compress,
    read_take,
    take_seconds,
    to_pcm,
)
from simulator.errors import SessionError

SIXTEEN_BITS = st.integers(-32_768, 32_767)


def samples_of(numbers):
    return np.asarray(numbers, np.int16).astype(np.float32) / np.float32(32_768)


def numbers_in(path):
    blocks = list(read_take(path))
    joined = np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
    return np.round(joined * 32_768).astype(np.int16)


def write(path, numbers, close=True):
    file = TakeFile(path)
    file.write(samples_of(numbers))
    return file.close() if close else file


@given(arrays(np.int16, st.integers(1, 400), elements=SIXTEEN_BITS))
def test_sixteen_bit_samples_come_back_bit_for_bit(tmp_path_factory, numbers):
    path = tmp_path_factory.mktemp("take") / "1.wav"
    assert write(path, numbers) == len(numbers) / 16_000
    assert (numbers_in(path) == numbers).all()


@given(arrays(np.float32, st.integers(1, 50), elements=st.floats(-1, 1, width=32)))
def test_any_sample_is_kept_to_half_a_step(samples):
    kept = np.frombuffer(to_pcm(samples), "<i2") / 32_768
    # The greatest positive sample has no place of its own in sixteen bits.
    assert np.abs(kept - np.minimum(samples, 32_767 / 32_768)).max() <= 0.5 / 32_768


def test_louder_than_full_scale_is_clipped_not_wrapped():
    assert np.frombuffer(to_pcm(np.array([1.5, -1.5], np.float32)), "<i2").tolist() == [
        32_767,
        -32_768,
    ]


@pytest.mark.parametrize("closed", [True, False])
@given(data=st.data())
def test_a_file_cut_anywhere_is_read_up_to_the_cut(tmp_path_factory, closed, data):
    path = tmp_path_factory.mktemp("take") / "1.wav"
    numbers = np.arange(1, 101)
    file = write(path, numbers, close=False)
    if closed:
        file.close()
    whole = path.read_bytes()
    file.close()
    cut = data.draw(st.integers(HEADER_BYTES - 3, len(whole)))
    path.write_bytes(whole[:cut])
    left = max(0, cut - HEADER_BYTES) // 2
    assert numbers_in(path).tolist() == list(range(1, left + 1))
    assert take_seconds(path) == left / 16_000


@pytest.mark.parametrize("cut", range(HEADER_BYTES - 3))
def test_a_file_without_a_whole_header_holds_nothing_and_says_so(tmp_path, cut):
    path = tmp_path / "1.wav"
    write(path, [1, 2, 3])
    path.write_bytes(path.read_bytes()[:cut])
    assert take_seconds(path) == 0.0
    with pytest.raises(SessionError, match=r"1\.wav: the recording cannot be read"):
        numbers_in(path)


def test_every_write_is_in_the_file_at_once(tmp_path):
    file = TakeFile(tmp_path / "1.wav")
    for done in range(1, 6):
        file.write(samples_of([done] * 512))
        assert take_seconds(tmp_path / "1.wav") == done * 512 / 16_000
    assert file.close() == 5 * 512 / 16_000


def test_closing_twice_does_no_harm(tmp_path):
    file = write(tmp_path / "1.wav", [1, 2], close=False)
    assert file.close() == file.close() == 2 / 16_000


def test_a_take_is_never_written_over_another(tmp_path):
    write(tmp_path / "1.wav", [7])
    with pytest.raises(SessionError, match=r"1\.wav: cannot record: File exists"):
        TakeFile(tmp_path / "1.wav")
    assert numbers_in(tmp_path / "1.wav").tolist() == [7]


def test_only_the_owner_may_read_a_take(tmp_path):
    write(tmp_path / "1.wav", [1])
    compress(tmp_path / "1.wav")
    for name in ("1.wav", "1.flac"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a file's size")
def test_a_full_disk_keeps_what_was_written(tmp_path):
    code = f"""
import resource, numpy as np
from simulator.adapters.take_files import TakeFile
from simulator.errors import SessionError
resource.setrlimit(resource.RLIMIT_FSIZE, (2001, 2001))
file = TakeFile(__import__("pathlib").Path({str(tmp_path / "1.wav")!r}))
try:
    for _ in range(100):
        file.write(np.full(100, 0.5, np.float32))
except SessionError as error:
    print(error)
print(file.close())
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    message, seconds = done.stdout.splitlines()
    assert "1.wav: the recording stopped: File too large; free some space" in message
    # 2001 bytes less the header are 978 samples and half a one.
    assert float(seconds) == 978 / 16_000
    assert numbers_in(tmp_path / "1.wav").tolist() == [16_384] * 978


def test_flac_holds_the_same_samples(tmp_path):
    numbers = np.random.default_rng(5).integers(-32_768, 32_768, 40_000)
    write(tmp_path / "1.wav", numbers)
    smaller = compress(tmp_path / "1.wav")
    assert smaller.name == "1.flac"
    assert (numbers_in(smaller) == numbers).all()
    assert (tmp_path / "1.wav").is_file()


def test_a_damaged_take_is_not_compressed(tmp_path):
    (tmp_path / "1.wav").write_bytes(b"RIFF")
    with pytest.raises(SessionError, match=r"1\.wav: the recording cannot be read"):
        compress(tmp_path / "1.wav")
    assert [path.name for path in tmp_path.iterdir()] == ["1.wav"]
