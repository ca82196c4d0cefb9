"""An optional judge: a model server on this machine that speaks the common chat API.

Off by default and never needed. Its word counts no more than ours: a verdict without a verbatim
quote is none.
"""

from __future__ import annotations

import ipaddress
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from simulator.core.coverage import Coverage, CriterionFinding, FlagFinding, Quote
from simulator.core.quoting import find_words
from simulator.errors import ConfigError, JudgeError

if TYPE_CHECKING:
    from simulator.core.coverage import Status
    from simulator.core.scenario import Criterion, Question, RedFlag

TIME_LIMIT = 120.0
"""Seconds for one answer; a small model on a processor writes a few words a second."""
MAX_BYTES = 1_000_000
"""Of a reply; a verdict on eight criteria has a few thousand."""
SCORES: dict[Status, float] = {"covered": 1.0, "maybe": 0.5, "missing": 0.0}
TASK = (
    "You check whether a spoken interview answer shows the points of a rubric. For each id say "
    '"covered" when the speaker says that he or she does or did it, "maybe" when it is only '
    'touched, "missing" otherwise. Lists of terms, denials and what others did are no evidence. '
    "Quote the words that show it exactly as they stand in the answer. Reply with JSON only: "
    '{"ID": {"status": "covered", "quote": "…"}}. A red flag is covered when it is shown.'
)


@dataclass(frozen=True, slots=True)
class ChatJudge:
    """Ask a model server."""

    url: str
    "Address of the API, like http://127.0.0.1:8080/v1."
    model: str = ""
    remote: bool = False
    "Let answers leave this machine."

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ConfigError(f"judge.server: no address of a server: {self.url!r}")
        if not self.remote and not _is_loopback(parts.hostname):
            advice = "set judge.remote on to let answers leave this machine"
            raise ConfigError(f"judge.server: {parts.hostname} is another machine; {advice}")

    def judge(self, words: tuple[str, ...], question: Question) -> Coverage:
        """Judge an answer's words against a rubric; quotes index ``words``. Raises JudgeError."""
        said = self._ask(words, question)
        return Coverage(
            tuple(_criterion(c, said.get(c.id), words) for c in question.criteria),
            tuple(_flag(f, said.get(f.id), words) for f in question.red_flags),
        )

    def _ask(self, words: tuple[str, ...], question: Question) -> dict[str, Any]:
        body = {
            "model": self.model,
            "temperature": 0,
            "messages": [
                {"role": "system", "content": TASK},
                {"role": "user", "content": _rubric(words, question)},
            ],
        }
        request = urllib.request.Request(  # noqa: S310 - the scheme was checked
            f"{self.url.rstrip('/')}/chat/completions",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        # No proxy of the environment may carry an answer off the machine.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())
        try:
            with opener.open(request, timeout=TIME_LIMIT) as reply:
                return _verdicts(reply.read(MAX_BYTES))
        except (urllib.error.URLError, OSError) as error:
            raise JudgeError(f"the judge at {self.url} does not answer: {error}") from error


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Refuse to be sent elsewhere."""

    def redirect_request(self, *details: Any) -> None:  # noqa: ANN401, ARG002
        """Follow nothing."""
        return


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _rubric(words: tuple[str, ...], question: Question) -> str:
    points: tuple[Criterion | RedFlag, ...] = (*question.criteria, *question.red_flags)
    items = [{"id": p.id, "point": p.name, "for example": p.evidence} for p in points]
    rubric = json.dumps(items, ensure_ascii=False)
    return f"Question: {question.prompt}\nRubric: {rubric}\nAnswer: {' '.join(words)}"


def _verdicts(data: bytes) -> dict[str, Any]:
    """Take the verdicts out of a chat reply, fenced or not. Raises JudgeError."""
    try:
        text = json.loads(data)["choices"][0]["message"]["content"]
        found = json.loads(text[text.index("{") : text.rindex("}") + 1])
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise JudgeError("the judge's server gave no verdict that can be read") from error
    return found if isinstance(found, dict) else {}


def _read(verdict: Any, words: tuple[str, ...]) -> tuple[Status, Quote | None]:  # noqa: ANN401
    """Believe a verdict only with words that were said."""
    if not isinstance(verdict, dict) or verdict.get("status") not in {"covered", "maybe"}:
        return "missing", None
    quote = find_words(str(verdict.get("quote", "")), words)
    if quote is None:
        return "missing", None
    return ("covered" if verdict["status"] == "covered" else "maybe"), quote


def _criterion(criterion: Criterion, verdict: Any, words: tuple[str, ...]) -> CriterionFinding:  # noqa: ANN401
    status, quote = _read(verdict, words)
    return CriterionFinding(
        criterion.id,
        criterion.name,
        criterion.weight,
        status,
        SCORES[status],
        quote,
        criterion.follow_up,
    )


def _flag(flag: RedFlag, verdict: Any, words: tuple[str, ...]) -> FlagFinding:  # noqa: ANN401
    status, quote = _read(verdict, words)
    if status != "covered":
        return FlagFinding(flag.id, flag.name, "clear", SCORES[status])
    return FlagFinding(flag.id, flag.name, "raised", 1.0, quote)
