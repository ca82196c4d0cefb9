"""A session goes out and comes in whole; a hostile zip file writes nothing."""

import io
import json
import stat
import zipfile

import pytest

from simulator.adapters import session_zip
from simulator.adapters.analysis_files import save_report
from simulator.adapters.archive import FolderArchive
from simulator.adapters.session_zip import export_session, import_session
from simulator.errors import SessionError
from simulator.testing import a_report

ID = "2026-03-02-0930-abcd"


@pytest.fixture
def archive(tmp_path):
    return FolderArchive(tmp_path / "sessions")


@pytest.fixture
def there(tmp_path):
    (tmp_path / "there").mkdir()
    return tmp_path / "there"


def record(archive):
    report = a_report()
    archive.save(report.session)
    folder = archive.folder(report.session)
    for take in report.session.takes:
        (folder / take.audio).write_bytes(take.audio.encode())
    save_report(folder, report)
    return folder


def exported(archive, tmp_path, **options):
    target = tmp_path / "out.zip"
    export_session(record(archive), target, **options)
    return target


def zipped(path, *files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return path


def session_json(archive, **changes):
    found = json.loads((record(archive) / "session.json").read_text("utf-8"))
    return json.dumps(found | changes)


def test_a_session_survives_the_journey(archive, there, tmp_path):
    session = import_session(exported(archive, tmp_path), there)
    assert session == a_report().session
    before = {p.relative_to(archive.root): p for p in archive.root.rglob("*") if p.is_file()}
    after = {p.relative_to(there): p for p in there.rglob("*") if p.is_file()}
    assert before.keys() == after.keys()
    assert all(path.read_bytes() == after[name].read_bytes() for name, path in before.items())
    assert {stat.S_IMODE(path.stat().st_mode) for path in after.values()} == {0o600}
    assert stat.S_IMODE((there / ID).stat().st_mode) == 0o700


def test_the_recordings_may_stay_at_home(archive, there, tmp_path):
    import_session(exported(archive, tmp_path, audio=False), there)
    assert list((there / ID / "takes").iterdir()) == []


def test_the_lock_and_hidden_files_stay_at_home(archive, tmp_path):
    folder = record(archive)
    (folder / "lock").write_text("", "utf-8")
    (folder / "takes" / ".half.new").write_text("", "utf-8")
    export_session(folder, tmp_path / "out.zip")
    names = zipfile.ZipFile(tmp_path / "out.zip").namelist()
    assert not [name for name in names if "lock" in name or "half" in name]


def test_nothing_is_written_over(archive, there, tmp_path):
    path = exported(archive, tmp_path)
    with pytest.raises(SessionError, match="is there already"):
        export_session(archive.root / ID, path)
    import_session(path, there)
    with pytest.raises(SessionError, match=f"session {ID} is here already"):
        import_session(path, there)


@pytest.mark.parametrize(
    "name",
    [
        "../escaped.txt",
        "/etc/escaped",
        f"{ID}/../../escaped",
        f"{ID}/takes/../../escaped",
        f"{ID}\\takes\\escaped",
        f"{ID}/takes/.hidden",
        f"{ID}/lock",
        "C:/escaped",
        f"{ID}/takes/deep/er.flac",
        f"{ID}/takes/a\nb",
    ],
)
def test_a_name_that_is_no_sessions_file_is_refused(archive, there, tmp_path, name):
    path = zipped(tmp_path / "x.zip", (f"{ID}/session.json", session_json(archive)), (name, "x"))
    with pytest.raises(SessionError, match="which is no session's file"):
        import_session(path, there)
    assert list(there.iterdir()) == []
    assert not (tmp_path / "escaped").exists()


def test_a_link_is_refused(archive, there, tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(f"{ID}/session.json", session_json(archive))
        link = zipfile.ZipInfo(f"{ID}/takes/link.flac")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(link, "/etc/passwd")
    with pytest.raises(SessionError, match="which is no session's file"):
        import_session(path, there)


def test_a_take_that_points_outside_is_refused(archive, there, tmp_path):
    take = {"question_id": "q", "number": 1, "audio": "../../secret.wav", "ended_by": "key"}
    path = zipped(tmp_path / "x.zip", (f"{ID}/session.json", session_json(archive, takes=[take])))
    with pytest.raises(SessionError, match="a take lies outside the session"):
        import_session(path, there)
    assert list(there.iterdir()) == []


def test_a_bomb_is_stopped_while_it_unpacks(archive, there, tmp_path, monkeypatch):
    monkeypatch.setattr(session_zip, "RATIO_FROM", 1_000_000)
    path = zipped(
        tmp_path / "x.zip",
        (f"{ID}/session.json", session_json(archive)),
        (f"{ID}/takes/bomb.flac", bytes(20_000_000)),
    )
    with pytest.raises(SessionError, match="unpacks to far more than a session's size"):
        import_session(path, there)
    assert list(there.iterdir()) == []


def test_too_many_files_are_refused(there, tmp_path):
    path = zipped(tmp_path / "x.zip", *((f"{ID}/takes/{n}", "") for n in range(5001)))
    with pytest.raises(SessionError, match="more than 5000 files"):
        import_session(path, there)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], "holds no session"),
        ([("a/session.json", "{}"), ("b/session.json", "{}")], "holds several sessions"),
        ([(f"{ID}/takes/a.wav", ""), (f"{ID}/takes/A.wav", "")], "holds a name twice"),
        ([(f"{ID}/takes/a.wav", "")], "holds no session.json"),
        ([(f"{ID}/session.json", '{"schema": 1}')], "damaged"),
    ],
)
def test_what_is_no_session_is_refused(there, tmp_path, files, said):
    with pytest.raises(SessionError, match=said):
        import_session(zipped(tmp_path / "x.zip", *files), there)
    assert list(there.iterdir()) == []


def test_a_session_under_another_name_is_refused(archive, there, tmp_path):
    path = zipped(tmp_path / "x.zip", ("another/session.json", session_json(archive)))
    with pytest.raises(SessionError, match="its folder is another, its session"):
        import_session(path, there)


def test_a_torn_file_is_one_sentence(archive, there, tmp_path):
    whole = exported(archive, tmp_path).read_bytes()
    torn = tmp_path / "torn.zip"
    for data in (b"", b"PK", whole[: len(whole) // 2], b"text" * 100):
        torn.write_bytes(data)
        with pytest.raises(SessionError, match=r"torn\.zip: no session's zip file"):
            import_session(torn, there)
    assert list(there.iterdir()) == []


def test_flipped_bytes_are_noticed(archive, there, tmp_path):
    data = bytearray(exported(archive, tmp_path).read_bytes())
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        start = packed.getinfo(f"{ID}/session.json").header_offset + 120
    data[start : start + 4] = bytes(byte ^ 0xFF for byte in data[start : start + 4])
    path = tmp_path / "flipped.zip"
    path.write_bytes(data)
    with pytest.raises(SessionError, match="no session's zip file"):
        import_session(path, there)
    assert list(there.iterdir()) == []
