"""The frame of a page: head, policy, style and script."""

from __future__ import annotations

import base64
from functools import cache
from hashlib import sha256
from importlib.resources import files

from simulator.report.html.markup import Html, el, join


def document(title: str, body: Html) -> str:
    """Put a page's body into a whole, self-contained document."""
    style, script = asset("page.css"), asset("page.js")
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy(style, script)),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("meta", name="referrer", content="no-referrer"),
        el("meta", name="generator", content="Rehearse"),
        el("title", f"{title} – Rehearse"),
        el("style", Html(style)),
    )
    skip = el("a", "Skip to the report", class_="skip", href="#main")
    page = el("html", head, el("body", join(skip, body), el("script", Html(script))), lang="en")
    return f"<!doctype html>\n{page}\n"


def policy(style: str, script: str) -> str:
    """Allow this style, this script, and sound from the page itself or beside it; nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {_hash(style)}",
            f"script-src {_hash(script)}",
            "media-src 'self' data: blob: file:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


@cache
def asset(name: str) -> str:
    """Read a file of the page that ships with the package."""
    return files("simulator.report.html").joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"
