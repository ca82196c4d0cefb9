"""`rehearse score`: judge a written answer against a question's rubric."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator import wiring
from simulator.errors import ScenarioError, SessionError

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.core.coverage import Coverage, Quote
    from simulator.core.scenario import Question

MARKS = {"covered": "✓", "maybe": "?", "missing": "–", "raised": "!", "clear": " "}


@click.command("score")
@click.option(
    "--scenario",
    "path",
    required=True,
    type=click.Path(path_type=Path),
    help="Id of a pack, or a scenario file.",
)
@click.option("--question", "question_id", help="Id of the question; one is enough to omit it.")
@click.option("--transcript", required=True, help="Text file of the answer, or - for stdin.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(path: Path, question_id: str | None, transcript: str, as_json: bool) -> None:  # noqa: FBT001
    """Judge a written answer: which criteria it shows, each with the words that prove it.

    \b
    Examples:
      rehearse score --scenario taster --question dc01 --transcript answer.txt
      pbpaste | rehearse score --scenario my-job.toml --transcript - --json
    """
    question = _question(path, question_id)
    text = _read(transcript)
    spans = tuple(match.span() for match in re.finditer(r"\S+", text))
    words = tuple(text[start:end] for start, end in spans)
    coverage = wiring.judge().judge(words, question)

    def verbatim(quote: Quote | None) -> str | None:
        return None if quote is None else text[spans[quote.first][0] : spans[quote.last][1]]

    found = as_dict(question.id, coverage, verbatim)
    click.echo(json.dumps(found, indent=2, ensure_ascii=False) if as_json else _page(found))


def as_dict(
    question_id: str, coverage: Coverage, verbatim: Callable[[Quote | None], str | None]
) -> dict[str, Any]:
    """Give the judgement as the documented JSON document."""
    return {
        "question": question_id,
        "criteria": [
            {
                "id": finding.id,
                "status": finding.status,
                "score": round(finding.score, 4),
                "quote": verbatim(finding.quote),
            }
            for finding in coverage.criteria
        ],
        "red_flags": [
            {"id": finding.id, "status": finding.status, "quote": verbatim(finding.quote)}
            for finding in coverage.red_flags
        ],
        "coverage": round(coverage.weighted, 4),
    }


def _question(path: Path, question_id: str | None) -> Question:
    scenario = wiring.scenario(path)
    ids = ", ".join(question.id for question in scenario.questions)
    if question_id is None and len(scenario.questions) > 1:
        raise ScenarioError(f"{path}: holds several questions: choose one with --question: {ids}")
    try:
        return scenario.question(question_id or scenario.questions[0].id)
    except KeyError as error:
        raise ScenarioError(f"{path}: no question {question_id!r}: known are {ids}") from error


def _read(transcript: str) -> str:
    try:
        with click.open_file(transcript, encoding="utf-8") as file:
            return str(file.read())
    except OSError as error:
        raise SessionError(f"{transcript}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SessionError(f"{transcript}: not UTF-8 text (byte {error.start})") from error


def _page(found: dict[str, Any]) -> str:
    lines = [f"Covered, by weight: {found['coverage']:.0%}"]
    for item in (*found["criteria"], *found["red_flags"]):
        quote = f": “{item['quote']}”" if item["quote"] else ""
        lines.append(f"{MARKS[item['status']]} {item['id']} ({item['status']}){quote}")
    return "\n".join(lines)
