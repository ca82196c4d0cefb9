"""Nothing leaves the machine: a whole demo, and what is done with it later, without a network."""

import os
import shutil
import subprocess
import sys

import pytest

REFUSE = """
import os, socket

def refuse(*arguments, **named):
    with open(os.environ["ASKED"], "a") as file:
        print(arguments, named, file=file)
    raise OSError(101, "Network is unreachable")

class Refusing(socket.socket):
    def connect(self, address):
        return super().connect(address) if self.family == socket.AF_UNIX else refuse(address)

    def connect_ex(self, address):
        return super().connect_ex(address) if self.family == socket.AF_UNIX else refuse(address)

    def sendto(self, *arguments):
        return refuse(*arguments)

socket.socket = socket.SocketType = Refusing
socket.getaddrinfo = socket.gethostbyname = socket.create_connection = refuse
"""
LATER = (
    ("replay", "--no-audio", "--reanalyse"),
    ("report", "--format", "html", "-o", "report.html"),
    ("report", "--format", "json"),
    ("scenarios",),
)


@pytest.fixture(scope="module")
def offline(tmp_path_factory):
    """A folder with the product's home, and Python's sockets made to refuse and to tell."""
    folder = tmp_path_factory.mktemp("offline")
    (folder / "sitecustomize.py").write_text(REFUSE, "utf-8")
    return folder


# Libraries that report their use keep still where they think that they are being tested.
TEST_SIGNS = ("CI", "GITHUB_ACTIONS", "ORT_RUNNING_UNIT_TESTS", "ORT_DISABLE_TELEMETRY")


def run(folder, *arguments):
    env = {
        **{name: value for name, value in os.environ.items() if name not in TEST_SIGNS},
        "REHEARSE_HOME": str(folder / "home"),
        "PYTHONPATH": str(folder),
        "ASKED": str(folder / "asked"),
        "PULSE_SERVER": f"unix:{folder}/no-server",
    }
    return subprocess.run(
        [*traced(folder), sys.executable, "-m", "simulator", *arguments],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def traced(folder):
    """Watch the system calls too, where that can be done: libraries in C ask no Python socket."""
    watch = ["strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg"]
    if not can_trace():
        return []
    return [*watch, "-A", "-o", str(folder / "calls")]


def can_trace():
    if shutil.which("strace") is None:
        return False
    tried = ["strace", "-f", "--seccomp-bpf", "-e", "trace=connect", "true"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


def went_out(folder):
    """List what was asked of Python's sockets, and the calls with an address of the Internet."""
    asked, calls = lines_of(folder / "asked"), lines_of(folder / "calls")
    return asked + [call for call in calls if "AF_INET" in call]


def lines_of(path):
    return path.read_text("utf-8").splitlines() if path.exists() else []


@pytest.fixture(scope="module")
def demo(offline):
    return run(offline, "demo")


@pytest.mark.slow
@pytest.mark.weights
@pytest.mark.xdist_group("offline")
def test_a_whole_demo_asks_no_network(offline, demo):
    assert demo.returncode == 0, demo.stderr
    assert "Kept in" in demo.stdout
    assert went_out(offline) == []


@pytest.mark.slow
@pytest.mark.weights
@pytest.mark.xdist_group("offline")
@pytest.mark.parametrize("arguments", LATER, ids=" ".join)
def test_what_is_done_with_it_later_asks_none_either(offline, demo, arguments):
    done = run(offline, *arguments)
    assert done.returncode == 0, done.stderr
    assert went_out(offline) == []


@pytest.mark.parametrize(
    "code", ["s.connect(a)", "socket.create_connection(a)", "s.sendto(b'', a)"]
)
def test_a_connection_would_be_noticed(tmp_path, code):
    # The tests above are worth nothing if they cannot fail.
    (tmp_path / "sitecustomize.py").write_text(REFUSE, "utf-8")
    program = f"import socket; s, a = socket.socket(), ('127.0.0.1', 9); {code}"
    env = {**os.environ, "PYTHONPATH": str(tmp_path), "ASKED": str(tmp_path / "asked")}
    done = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, text=True, check=False
    )
    assert "Network is unreachable" in done.stderr
    assert len(went_out(tmp_path)) == 1


@pytest.mark.skipif(not can_trace(), reason="no strace that may trace here")
def test_a_connection_in_c_would_be_noticed(tmp_path):
    program = "import _socket; _socket.socket().connect_ex(('127.0.0.1', 9))"
    subprocess.run([*traced(tmp_path), sys.executable, "-c", program], check=True)
    assert "AF_INET" in " ".join(went_out(tmp_path))
