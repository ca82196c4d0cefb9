"""`rehearse scenarios`: list, show, check and begin question packs."""

from __future__ import annotations

import dataclasses
import json
import textwrap
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator import wiring
from simulator.cli.columns import columns
from simulator.cli.common import progress_line
from simulator.core.clean import clean
from simulator.errors import JudgeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.core.coverage import Coverage
    from simulator.core.scenario import Question, Scenario
    from simulator.ports import Judge

WIDTH = 88


@click.group("scenarios", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(context: click.Context, *, as_json: bool) -> None:
    """List the question packs that there are.

    Your own lie in a folder that is read beside the shipped ones: `rehearse scenarios path`.

    \b
    Examples:
      rehearse scenarios                          list them
      rehearse scenarios show first-interview     its questions and what they look for
      rehearse scenarios new my-job.toml          a commented pack to begin with
      rehearse scenarios check my-job.toml --strict
    """
    if context.invoked_subcommand is not None:
        return
    packs = wiring.library().packs()
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(p) for p in packs], indent=2, ensure_ascii=False))
        return
    rows = [("ID", "QUESTIONS", "TITLE", "")]
    for pack in packs:
        note = pack.fault or (f"from {pack.sitting_of}" if pack.sitting_of else "")
        if pack.origin == "own":
            note = f"yours; {note}" if note else "yours"
        rows.append((pack.id, str(pack.questions or "-"), pack.title or "-", note))
    click.echo(columns(rows))


@command.command("show")
@click.argument("scenario")
@click.option("--question", "question_id", help="Show only this question.")
@click.option("--answers", is_flag=True, help="Show the model answers too: better after your own.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, model answers included.")
def show(scenario: str, question_id: str | None, *, answers: bool, as_json: bool) -> None:
    """Show a pack: each question, why it is asked, how to prepare and what a good answer shows.

    SCENARIO is an id or a file.

    \b
    Examples:
      rehearse scenarios show taster
      rehearse scenarios show difficult-customers --question dc05 --answers
    """
    pack = wiring.scenario(scenario)
    chosen = _choose(pack, question_id)
    if as_json:
        pack = dataclasses.replace(pack, questions=chosen)
        click.echo(json.dumps(dataclasses.asdict(pack), indent=2, ensure_ascii=False))
        return
    about = ", ".join(part for part in (pack.role, pack.function) if part)
    click.echo(clean(f"{pack.title} ({pack.id}){': ' + about if about else ''}"))
    for question in chosen:
        click.echo("\n" + "\n".join(_page(question, answers=answers)))


@command.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Also look for rubrics that cannot be trusted.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line per file.")
def check(files: tuple[Path, ...], *, strict: bool, as_json: bool) -> int:
    """Check scenario files: every fault with its line; exit status 1 when there is one.

    --strict is for authors. It finds evidence phrases that are too alike, criteria that overlap,
    prompts too long for one breath, missing parts, and model answers that the judge does not
    grade as they are named (a rubric that the basic answer already satisfies, say).

    \b
    Examples:
      rehearse scenarios check my-job.toml
      rehearse scenarios check packs/*.toml --strict
    """
    status = 0
    for path in files:
        pack, faults = wiring.library().check(path)
        if pack is not None and strict:
            faults = tuple(_weaknesses(pack))
        if faults:
            status = 1
        if as_json:
            found = {"file": str(path), "ok": not faults, "faults": faults}
            click.echo(json.dumps(found, ensure_ascii=False))
        else:
            for fault in faults:
                click.echo(f"{path}: {clean(fault)}")
            if not faults and pack is not None:
                click.echo(f"{path}: good, {_count(len(pack.questions), 'question')}")
    return status


@command.command("new")
@click.argument("file", type=click.Path(path_type=Path))
def new(file: Path) -> None:
    """Write a commented pack to begin with; it passes `check --strict` as it is.

    \b
    Example:
      rehearse scenarios new my-job.toml
    """
    wiring.library().write_template(file)
    named = f'"{file}"' if " " in str(file) else file
    click.echo(f"{file}: written. Edit it, then: rehearse scenarios check {named} --strict")


@command.command("schema")
def schema() -> None:
    """Print the JSON Schema of scenario files, with which editors complete and check them.

    \b
    Example:
      rehearse scenarios schema > scenario.schema.json
    """
    click.echo(json.dumps(wiring.scenario_schema(), indent=2, ensure_ascii=False))


@command.command("path")
def path() -> None:
    """Print the folder for packs of your own."""
    click.echo(wiring.library().own)


def _choose(pack: Scenario, question_id: str | None) -> tuple[Question, ...]:
    if question_id is None:
        return pack.questions
    try:
        return (pack.question(question_id),)
    except KeyError as error:
        known = ", ".join(question.id for question in pack.questions)
        message = f"{pack.id} has no question {question_id!r}: known are {known}"
        raise click.ClickException(message) from error


def _page(question: Question, *, answers: bool) -> Iterator[str]:
    low, high = question.answer_seconds
    yield f"{question.id}  {question.kind}, {low}-{high} s"
    yield from _paragraph(question.prompt, "  ")
    if question.why:
        yield from _paragraph(f"Why it is asked: {question.why}", "  ")
    for tip in question.prepare:
        yield from _paragraph(f"- {tip}", "  ")
    yield "  A good answer shows:"
    yield from (
        f"    {criterion.weight:g}  {clean(criterion.name)}" for criterion in question.criteria
    )
    if question.red_flags:
        yield "  It never shows:"
        yield from (f"    !  {clean(flag.name)}" for flag in question.red_flags)
    for answer in question.model_answers if answers else ():
        yield f"  {answer.level.capitalize()} answer:"
        yield from _paragraph(answer.text, "    ")
        if answer.why:
            yield from _paragraph(f"({answer.why})", "    ")


def _paragraph(text: str, indent: str) -> list[str]:
    return textwrap.wrap(clean(text), WIDTH, initial_indent=indent, subsequent_indent=indent)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _weaknesses(pack: Scenario) -> Iterator[str]:
    from simulator.core.rubric_checks import check_answers, check_wording

    try:
        cosine, judge = wiring.phrase_cosine(pack), wiring.judge()
    except JudgeError as error:
        click.echo(f"rehearse: only the words are compared: {error}", err=True)
        for question in pack.questions:
            yield from map(str, check_wording(question))
        return
    with progress_line() as tell:
        for done, question in enumerate(pack.questions):
            tell(question.id, done / len(pack.questions))
            yield from map(str, check_wording(question, cosine))
            yield from map(str, check_answers(question, partial(_judged, judge, question)))


def _judged(judge: Judge, question: Question, text: str) -> Coverage:
    return judge.judge(tuple(text.split()), question)
