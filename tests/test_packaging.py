"""What is installed: pinned, declared, permissive where it says so, and complete."""

import ast
import importlib.metadata
import re
import runpy
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)", re.MULTILINE)


def pins(*files):
    """Every version that a name is pinned to: there may be one for each Python."""
    found = {}
    for file in files:
        for match in PIN.finditer((ROOT / file).read_text("utf-8")):
            found.setdefault(match["name"], set()).add(match["version"])
    return found


def declared(lines):
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize(
    ("files", "lines"),
    [
        (["constraints.txt"], PROJECT["dependencies"]),
        (["constraints.txt", "constraints-dev.txt"], PROJECT["optional-dependencies"]["dev"]),
    ],
)
def test_every_requirement_is_pinned_within_its_range(files, lines):
    pinned = pins(*files)
    for requirement in declared(lines):
        versions = pinned.get(canonicalize_name(requirement.name))
        assert versions, f"{requirement.name} is not pinned: run `make constraints`"
        outside = [v for v in versions if v not in requirement.specifier]
        assert not outside, f"{requirement} does not admit {outside}: run `make constraints`"


@pytest.mark.parametrize("file", ["constraints.txt", "constraints-dev.txt"])
def test_every_pin_has_hashes_and_none_an_address(file):
    text = (ROOT / file).read_text("utf-8")
    assert "://" not in text
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert len(blocks) == sum(map(len, pins(file).values()))
    assert all("--hash=sha256:" in block for block in blocks)


def test_both_files_of_pins_agree():
    one, other = pins("constraints.txt"), pins("constraints-dev.txt")
    assert {name: other[name] for name in one.keys() & other.keys()} == {
        name: one[name] for name in one.keys() & other.keys()
    }


@pytest.mark.parametrize(
    ("folder", "lines"),
    [
        ("simulator", PROJECT["dependencies"]),
        ("tests", PROJECT["dependencies"] + EXTRAS["dev"] + EXTRAS["fuzz"]),
    ],
)
def test_everything_imported_is_declared(folder, lines):
    owners = importlib.metadata.packages_distributions()
    known = {canonicalize_name(requirement.name) for requirement in declared(lines)}
    own = {"simulator", *(path.name for path in ROOT.iterdir() if path.is_dir())}
    for path in sorted((ROOT / folder).rglob("*.py")):
        for name in imported(path) - sys.stdlib_module_names - own:
            distributions = {canonicalize_name(owner) for owner in owners.get(name, [name])}
            assert distributions & known, f"{path.relative_to(ROOT)} imports {name}: not declared"


def imported(path):
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


@pytest.fixture(scope="module")
def script():
    return runpy.run_path(str(ROOT / "scripts" / "dependencies.py"))


def test_nothing_copyleft_is_installed_but_what_the_page_explains(script):
    if sys.platform != "linux":
        pytest.skip("the page lists the packages of Linux")
    copyleft = {name for name in script["installed"]() if script["COPYLEFT"].search(
        script["licence"](name)
    )}  # fmt: skip
    assert copyleft == script["KNOWN_COPYLEFT"]
    explained = script["HEAD"].partition("## Packages")[0]
    assert all(f"`{name}`" in explained for name in copyleft)


def test_every_package_says_its_licence(script):
    assert [name for name in script["installed"]() if not script["licence"](name)] == []


def test_the_page_of_dependencies_is_current(script):
    if sys.platform != "linux" or sys.version_info[:2] != (3, 11):
        pytest.skip("the page is made on Linux with Python 3.11")
    pinned = pins("constraints.txt")
    other = [
        name
        for name in script["installed"]()
        if importlib.metadata.version(name) not in pinned.get(name, ())
    ]
    if other:
        pytest.skip(f"not the pinned versions here: {', '.join(other)}")
    written = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    assert written == script["page"](), "run scripts/dependencies.py"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel as pip would, without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    code = f"import hatchling.build; print(hatchling.build.build_wheel({str(folder)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder / done.stdout.split()[-1]


def test_the_wheel_holds_what_runs_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for folder in ("scenarios", "audio_fixtures"):
        shipped = [p for p in (ROOT / folder).rglob("*") if p.is_file() and p.suffix != ".py"]
        for path in shipped:
            assert f"simulator/data/{path.relative_to(ROOT)}" in names
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"simulator"}
    assert not [name for name in names if "__pycache__" in name]


def test_the_wheel_offers_the_same_scenarios_far_from_the_repository(wheel, tmp_path, home):
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    here, there = scenarios_listed(ROOT), scenarios_listed(tmp_path / "site")
    assert "first-interview" in there
    assert here == there


def scenarios_listed(folder):
    done = subprocess.run(
        [sys.executable, "-m", "simulator", "scenarios"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
