"""The documents and the product's own advice name only what exists."""

import ast
import re
import shlex
from pathlib import Path

import click
import pytest

from simulator.cli import rehearse

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/README.md")],
    key=lambda path: path.relative_to(ROOT),
)
CODE = sorted((ROOT / "simulator").rglob("*.py"))
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
TOPS = {path.name for path in ROOT.iterdir()} | {"shared"}


def name_of(path):
    return str(path.relative_to(ROOT))


def code_in(text):
    """Every piece of code of a page: spans in backticks, and the lines of blocks."""
    blocks = re.findall(r"^```[a-z]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    outside = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    # What follows two spaces explains the call.
    lines = [
        line.strip().removeprefix("$ ").partition("  ")[0]
        for block in blocks
        for line in block.splitlines()
    ]
    return lines + [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", outside)]


def advice_in(path):
    """Every span in backticks of the texts of a module: errors, hints, docstrings and help."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (" ".join(s.split()) for s in re.findall(r"`([^`]+)`", node.value))
            yield from (
                line.strip().partition("  ")[0]
                for line in node.value.splitlines()
                if re.match(r"\s+rehearse [a-z]", line)
            )


def fault_of(code):
    """Say what is wrong with a call of the product, nothing when it could be made."""
    try:
        words = shlex.split(code, comments=True)
    except ValueError as error:
        return str(error)
    command, context = rehearse, click.Context(rehearse)
    for word in words[1:]:
        if word.startswith("-") and len(word) > 1:
            option = word.partition("=")[0]
            if option not in options(command, context):
                return f"{command.name} has no option {option}"
        elif isinstance(command, click.Group):
            found = command.get_command(context, word)
            if found is None:
                return None if word.isupper() or word == "…" else f"no command {word}"
            command, context = found, click.Context(found, parent=context)
    return None


def options(command, context):
    params = command.get_params(context)
    return {name for param in params for name in (*param.opts, *param.secondary_opts)}


def is_call(code):
    return re.match(r"rehearse( |$)", code) is not None


def faults(codes):
    calls = [code for code in codes if is_call(code)]
    return [f"`{call}`: {fault}" for call in calls if (fault := fault_of(call))]


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_names_only_commands_that_exist(path):
    assert faults(code_in(path.read_text("utf-8"))) == []


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_the_product_advises_only_what_can_be_done(path):
    assert faults(advice_in(path)) == []


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_names_only_targets_of_make_that_exist(path):
    codes = code_in(path.read_text("utf-8"))
    named = {word for code in codes if re.match(r"make( |$)", code) for word in code.split()[1:]}
    assert {word for word in named if word.islower() and "=" not in word} - TARGETS == set()


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_names_only_files_that_exist(path):
    text = path.read_text("utf-8")
    # A link is relative to its page; a name in backticks to the repository or to its page, but
    # the fixtures' page names files of those from whom they come.
    linked = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    local = [link for link in linked if link and "://" not in link and link[0] != "<"]
    missing = [link for link in local if not (path.parent / link).exists()]
    for code in code_in(text) if path.parent.name != "audio_fixtures" else ():
        if re.fullmatch(r"[\w.-]+(/[\w.-]+)*/?", code) and code.split("/")[0] in TOPS:
            missing += [code] * (not (ROOT / code).exists() and not (path.parent / code).exists())
    assert missing == []


def test_a_wrong_call_is_found():
    # The tests above are worth nothing if they cannot fail.
    assert fault_of("rehearse sing") == "no command sing"
    assert fault_of("rehearse measure a.wav --loud") == "measure has no option --loud"
    assert fault_of("rehearse measure a.wav --json") is None
    assert fault_of("rehearse --help") is None
