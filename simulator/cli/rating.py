"""The candidate's own rating, asked before the report: people misjudge themselves less after it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import click

from simulator import wiring
from simulator.cli.keypress import single_keys
from simulator.core.clean import clean
from simulator.core.session import Rating

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.core.scenario import Criterion, Question
    from simulator.core.session import Session

KEYS: dict[str, Literal["covered", "maybe", "missing"]] = {
    "y": "covered",
    "m": "maybe",
    "n": "missing",
}
SKIP = {"\n", "q"}


def rate(session: Session) -> Session:
    """Let the candidate rate each answer on its rubric; what was rated is kept with the session.

    Raises SessionError when it cannot be kept.
    """
    click.echo("\nBefore you see the report: did your answer show these points?")
    click.echo("  Y yes · M maybe · N no · Enter skips the rest\n")
    ratings: list[Rating] = []
    with single_keys() as next_key:
        for question, _ in session.answered():
            click.echo(f"  {clean(question.prompt)}")
            if not _rate_answer(question, ratings, next_key):
                break
    if ratings:
        session = replace(session, ratings=tuple(ratings))
        wiring.archive().save(session)
    click.echo("")
    return session


def _rate_answer(question: Question, ratings: list[Rating], next_key: Callable[[], str]) -> bool:
    """Rate one answer; False when the candidate skips the rest."""
    for criterion in question.criteria:
        status = _ask(criterion, next_key)
        if status is None:
            return False
        ratings.append(Rating(question.id, criterion.id, status))
    return True


def _ask(
    criterion: Criterion, next_key: Callable[[], str]
) -> Literal["covered", "maybe", "missing"] | None:
    click.echo(f"    {clean(criterion.name)}?  ", nl=False)
    while True:
        key = next_key().lower()
        if key in SKIP:
            click.echo("skipped")
            return None
        if key in KEYS:
            click.echo({"y": "yes", "m": "maybe", "n": "no"}[key])
            return KEYS[key]
