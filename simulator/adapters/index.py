"""An index of all sessions, so that lists and histories need not open each of them.

It holds nothing that the sessions' folders do not say: it may be deleted at any time. Each use
compares the folders with what was read before, and reads only those that have changed.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import fields, replace
from typing import TYPE_CHECKING, TypeVar

from simulator.adapters.disk import make_private
from simulator.core.ledger import AnswerLine, CriterionLine, PhraseLine, SessionLine
from simulator.core.measuring import ANALYSER
from simulator.errors import SessionError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from simulator.core.history import Totals

SESSION, REPORT = "session.json", "analysis/report.json"
"""The files of a session that are followed. Named here, too: importing what reads them takes longer
than finding that nothing has changed."""
SCHEMA = 3
"""Version of the tables; raised when they change."""
WAIT_SECONDS = 30.0
"""How long to wait for another process that is bringing the index up to date."""
TABLES: dict[str, type] = {
    "sessions": SessionLine,
    "answers": AnswerLine,
    "criteria": CriterionLine,
    "phrases": PhraseLine,
}
FOLLOWED = 1_000
"""Latest sessions whose measures are followed: nearly three years of one a day."""
CHOSEN = f"""
    CREATE TEMP TABLE chosen AS SELECT session_id FROM answers
    WHERE :scenario IN ('', scenario_id) AND :question IN ('', question_id)
    GROUP BY created, session_id ORDER BY created DESC, session_id DESC LIMIT {FOLLOWED}"""
_ANSWERS = "chosen JOIN answers USING (session_id) WHERE :question IN ('', question_id)"
MEANS = f"""
    SELECT session_id, created, AVG(CASE WHEN words > 0 THEN speech_rate END),
        AVG(CASE WHEN words > 0 THEN fillers_per_minute END), AVG(coverage),
        AVG(response_latency), AVG(duration), AVG(CASE WHEN words > 0 THEN longest_pause END)
    FROM {_ANSWERS} GROUP BY session_id ORDER BY created, session_id"""
MISSED = """
    SELECT question_id, criterion_id, MAX(name), SUM(status = 'missing'), COUNT(*)
    FROM chosen JOIN criteria USING (session_id) WHERE :question IN ('', question_id)
    GROUP BY question_id, criterion_id"""
CRUTCHES = """
    SELECT phrase, SUM(count), COUNT(DISTINCT session_id)
    FROM chosen JOIN phrases USING (session_id) WHERE :question IN ('', question_id)
    GROUP BY phrase"""
LATEST = f"""
    SELECT question_id, coverage, MAX(created)
    FROM {_ANSWERS} AND coverage IS NOT NULL GROUP BY question_id"""
PROMPTS = f"SELECT question_id, prompt, MAX(created) FROM {_ANSWERS} GROUP BY question_id"
UNMEASURED = """
    SELECT COUNT(*) FROM sessions
    WHERE answered > 0 AND id NOT IN (SELECT session_id FROM answers)"""
_Line = TypeVar("_Line", SessionLine, AnswerLine, CriterionLine, PhraseLine)
_State = dict[str, tuple[int, int]]


class SessionIndex:
    """List sessions and answers; safe with several processes at once."""

    def __init__(self, path: Path, root: Path) -> None:
        self.path, self.root = path, root

    def sessions(self, limit: int = -1) -> tuple[SessionLine, ...]:
        """List the sessions, newest first, at most ``limit``. Raises SessionError."""
        order = "ORDER BY created DESC, id DESC LIMIT ?"
        found = self._select("sessions", SessionLine, order, (limit,))
        return tuple(replace(line, finished=bool(line.finished)) for line in found)

    def answers(self, scenario_id: str = "", question_id: str = "") -> tuple[AnswerLine, ...]:
        """List the measured answers, oldest first. Raises SessionError."""
        where = "WHERE ? IN ('', scenario_id) AND ? IN ('', question_id)"
        order = f"{where} ORDER BY created, session_id, rowid"
        return self._select("answers", AnswerLine, order, (scenario_id, question_id))

    def criteria(self) -> tuple[CriterionLine, ...]:
        """List every judged criterion, oldest session first. Raises SessionError."""
        return self._select("criteria", CriterionLine, "ORDER BY session_id, rowid", ())

    def phrases(self) -> tuple[PhraseLine, ...]:
        """List the fillers of all answers with their number. Raises SessionError."""
        return self._select("phrases", PhraseLine, "ORDER BY session_id, rowid", ())

    def totals(self, scenario_id: str = "", question_id: str = "") -> Totals:
        """Sum up all measured answers, or those to one pack or question. Raises SessionError."""
        from simulator.core.history import Crutch, Missed, SessionMeans, Totals

        chosen = {"scenario": scenario_id, "question": question_id}
        try:
            with closing(self._open()) as database:
                self._refresh(database)
                database.execute(CHOSEN, chosen)
                return Totals(
                    tuple(SessionMeans(*row) for row in database.execute(MEANS, chosen)),
                    tuple(Missed(*row) for row in database.execute(MISSED, chosen)),
                    tuple(Crutch(*row) for row in database.execute(CRUTCHES, chosen)),
                    tuple((row[0], row[1]) for row in database.execute(LATEST, chosen)),
                    tuple((row[0], row[1]) for row in database.execute(PROMPTS, chosen)),
                    database.execute(UNMEASURED).fetchone()[0],
                )
        except sqlite3.Error as error:
            raise self._fails(error) from error

    def _fails(self, error: sqlite3.Error) -> SessionError:
        return SessionError(f"{self.path}: the index fails ({error}); delete it, it is made again")

    def _select(
        self, table: str, kind: type[_Line], rest: str, values: tuple[object, ...]
    ) -> tuple[_Line, ...]:
        names = ", ".join(field.name for field in fields(kind))
        try:
            with closing(self._open()) as database:
                self._refresh(database)
                rows = database.execute(f"SELECT {names} FROM {table} {rest}", values)
                return tuple(kind(*row) for row in rows)
        except sqlite3.Error as error:
            raise self._fails(error) from error

    def _open(self) -> sqlite3.Connection:
        """Open the index; a damaged one is made again, an unwritable one is kept in memory."""
        try:
            make_private(self.path.parent)
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError:
            return _prepare(sqlite3.connect(":memory:"))
        try:
            return _prepare(sqlite3.connect(self.path, timeout=WAIT_SECONDS))
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            self.path.unlink(missing_ok=True)
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            return _prepare(sqlite3.connect(self.path, timeout=WAIT_SECONDS))

    def _refresh(self, database: sqlite3.Connection) -> None:
        """Read what has changed since last time."""
        current = dict(_states(self.root))
        if current == _known(database):
            return
        with database:
            # Known states are read again under the lock: another process may have been quicker.
            database.execute("BEGIN IMMEDIATE")
            known = _known(database)
            from simulator.adapters.index_reading import read_changed

            read_changed(database, self.root, known, current)


def _prepare(database: sqlite3.Connection) -> sqlite3.Connection:
    """Make the tables where they are missing or of another version."""
    version = SCHEMA * 10_000 + ANALYSER
    try:
        database.execute("PRAGMA temp_store = MEMORY")
        # What was deleted is overwritten: no word of a deleted session stays in the file.
        database.execute("PRAGMA secure_delete = ON")
        if _version(database) != version:
            with database:
                database.execute("BEGIN IMMEDIATE")
                if _version(database) != version:  # unless another process was quicker
                    _make_tables(database)
                    database.execute(f"PRAGMA user_version = {version}")
    except sqlite3.Error:
        database.close()
        raise
    return database


def _version(database: sqlite3.Connection) -> int:
    found: int = database.execute("PRAGMA user_version").fetchone()[0]
    return found


def _make_tables(database: sqlite3.Connection) -> None:
    database.execute("DROP TABLE IF EXISTS folders")
    database.execute("CREATE TABLE folders (name TEXT PRIMARY KEY, session INT, report INT)")
    for table, kind in TABLES.items():
        names = ", ".join(field.name for field in fields(kind))
        key = "id" if kind is SessionLine else "session_id"
        database.execute(f"DROP TABLE IF EXISTS {table}")
        database.execute(f"CREATE TABLE {table} ({names})")
        database.execute(f"CREATE INDEX {table}_of ON {table} ({key})")
    database.execute("CREATE INDEX answers_by_time ON answers (created, session_id)")


def _states(root: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each session's folder with the times of its description and its report."""
    if not root.is_dir():
        return
    base = os.fspath(root)
    for name in os.listdir(root):  # noqa: PTH208 - ten thousand paths are slower as objects
        described = _time(f"{base}/{name}/{SESSION}")
        if described and not name.startswith("."):
            yield name, (described, _time(f"{base}/{name}/{REPORT}"))


def _time(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116
    except OSError:
        return 0


def _known(database: sqlite3.Connection) -> _State:
    rows = database.execute("SELECT name, session, report FROM folders")
    return {name: (session, report) for name, session, report in rows}
