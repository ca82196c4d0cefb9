"""The architecture, held: imports point strictly down, heavy libraries load late."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "simulator"
LAYERS = (
    ("cli", "__main__"),
    ("wiring",),
    ("adapters", "interview", "review", "report", "testing"),
    ("ports",),
    ("core",),
    ("errors",),
)
HEAVY = ("numpy", "faster_whisper", "ctranslate2", "onnxruntime", "sounddevice", "pyttsx3", "rich")


def modules() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def level(dotted: str) -> tuple[int, str] | None:
    parts = dotted.split(".")
    if parts[-1] == "__init__":
        parts.pop()
    if parts[0] != "simulator" or len(parts) == 1:
        return None
    for index, layer in enumerate(LAYERS):
        if parts[1] in layer:
            return index, parts[1]
    raise AssertionError(f"{dotted} belongs to no layer: add it to one, or to another module")


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative imports hide the direction"
            if node.module == "simulator":
                parts = {alias.name for alias in node.names} - {"__version__"}
                names.update(f"simulator.{part}" for part in parts)
            else:
                names.add(node.module)
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_down(path):
    here = level(".".join(("simulator", *path.relative_to(ROOT).with_suffix("").parts)))
    if here is None or path.name == "__init__.py" and path.parent == ROOT:
        return
    for name in imported(path):
        there = level(name)
        if there is None:
            continue
        below, same = there[0] > here[0], there[1] == here[1] or there[0] == here[0] == 0
        assert below or same, f"{path.relative_to(ROOT)} imports {name}"


def test_the_command_line_loads_nothing_heavy():
    code = f"import sys, simulator.cli; print([m for m in {HEAVY!r} if m in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
