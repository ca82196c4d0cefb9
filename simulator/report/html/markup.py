"""HTML that is safe by construction: whatever is not ``Html`` is cleaned and escaped."""

from __future__ import annotations

from html import escape

from simulator.core.clean import clean

VOID = frozenset({"meta", "input", "br", "col"})
DRAWN = frozenset({"rect", "path", "line", "circle"})


class Html(str):
    """Mark text as markup that this package made."""

    __slots__ = ()


NOTHING = Html("")
Child = str | None
"""``Html`` goes in as it is, other text escaped, none not at all."""


def el(tag: str, *children: Child, **attributes: str | float | bool | None) -> Html:
    """Make an element.

    In names of attributes a trailing underscore is dropped and others become hyphens; False and
    None leave an attribute out, True gives it without a value.
    """
    written = "".join(_attribute(name, value) for name, value in attributes.items())
    if tag in VOID:
        return Html(f"<{tag}{written}>")
    if tag in DRAWN and not children:
        return Html(f"<{tag}{written}/>")
    return Html(f"<{tag}{written}>{join(*children)}</{tag}>")


def join(*children: Child) -> Html:
    """Put markup and text side by side."""
    return Html("".join(_child(child) for child in children if child is not None))


def number(value: float) -> str:
    """Write a number for an attribute: at most two decimals, no needless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _child(child: str) -> str:
    return child if isinstance(child, Html) else escape(clean(child), quote=False)


def _attribute(name: str, value: str | float | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    if isinstance(value, Html):
        return f' {name}="{value}"'
    written = escape(clean(value)) if isinstance(value, str) else number(value)
    return f' {name}="{written}"'
