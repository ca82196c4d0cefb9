"""`rehearse correct`: the candidate's word against the judge's."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, cast

import click

from simulator import wiring
from simulator.core.session import Rating, Session

STATES = ("covered", "maybe", "missing")


@click.command("correct")
@click.argument("question")
@click.argument("criterion")
@click.argument("state", type=click.Choice((*STATES, "undo")))
@click.option("--session", default="last", show_default=True, help="Id, prefix or `last`.")
def command(question: str, criterion: str, state: str, session: str) -> None:
    """Correct what the report says of a criterion; kept with the session and used in history.

    \b
    Examples:
      rehearse correct dc01 vent covered        I did say that
      rehearse correct dc01 vent undo           leave it to the judge again
    """
    store = wiring.archive()
    found = store.open(session)
    _check(found, question, criterion)
    kept = tuple(
        c for c in found.corrections if (c.question_id, c.criterion_id) != (question, criterion)
    )
    if state != "undo":
        status = cast('Literal["covered", "maybe", "missing"]', state)
        kept = (*kept, Rating(question, criterion, status))
    store.save(replace(found, corrections=kept))
    click.echo(f"{question} {criterion}: {'left to the judge' if state == 'undo' else state}")


def _check(session: Session, question: str, criterion: str) -> None:
    questions = {q.id: q for q in session.scenario.questions}
    if question not in questions:
        known = ", ".join(questions)
        raise click.BadParameter(f"the session has no question {question!r}, but {known}")
    criteria = [c.id for c in questions[question].criteria]
    if criterion not in criteria:
        raise click.BadParameter(f"{question} has no criterion {criterion!r}, but {criteria}")
