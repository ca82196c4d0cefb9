"""Read what has changed in the sessions' folders into the index."""

from __future__ import annotations

from dataclasses import astuple, replace
from typing import TYPE_CHECKING

from simulator.adapters.analysis_files import load_report
from simulator.adapters.archive import FILE, load_session
from simulator.core.ledger import (
    SessionLine,
    answer_line,
    criterion_lines,
    phrase_lines,
    session_line,
)
from simulator.errors import SessionError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from pathlib import Path

    from simulator.core.ledger import AnswerLine, CriterionLine, PhraseLine

    State = tuple[int, int]

KEYS = {
    "sessions": "id",
    "answers": "session_id",
    "criteria": "session_id",
    "phrases": "session_id",
}
"""The column of each table that names the session."""


def read_changed(
    database: sqlite3.Connection,
    root: Path,
    known: Mapping[str, State],
    current: Mapping[str, State],
) -> None:
    """Forget the sessions that are gone, and read those that are new or changed."""
    for name in known.keys() - current.keys():
        _forget(database, name)
    for name, state in current.items():
        if known.get(name) != state:
            _forget(database, name)
            database.execute("INSERT INTO folders VALUES (?, ?, ?)", (name, *state))
            _read(database, root / name)


def _read(database: sqlite3.Connection, folder: Path) -> None:
    name = folder.name
    try:
        session = replace(load_session(folder), id=name)  # a copied folder has its own name
    except SessionError as error:
        fault = str(error).partition(f"{FILE}: ")[2] or str(error)
        _insert(database, "sessions", SessionLine(name, "", fault=fault))
        return
    report = load_report(folder, session)
    _insert(database, "sessions", session_line(session, report))
    if report is None:
        return
    for answer in report.answers:
        _insert(database, "answers", answer_line(session, report, answer))
        for criterion in criterion_lines(session, answer):
            _insert(database, "criteria", criterion)
        for phrase in phrase_lines(session, answer):
            _insert(database, "phrases", phrase)


def _forget(database: sqlite3.Connection, name: str) -> None:
    database.execute("DELETE FROM folders WHERE name = ?", (name,))
    for table, key in KEYS.items():
        database.execute(f"DELETE FROM {table} WHERE {key} = ?", (name,))


def _insert(
    database: sqlite3.Connection,
    table: str,
    line: SessionLine | AnswerLine | CriterionLine | PhraseLine,
) -> None:
    values = astuple(line)
    marks = ", ".join("?" * len(values))
    database.execute(f"INSERT INTO {table} VALUES ({marks})", values)
