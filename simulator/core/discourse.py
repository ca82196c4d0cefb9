"""Filler phrases told from the same words with a meaning, by their neighbours and punctuation.

Which phrases count by default, and how surely, follows their shares of true fillers in the
disfluency-tagged Switchboard corpus: you know .97, turn-initial well .93, I mean .90, like .25.
"So", "right", "actually", "kind of" are hardly ever fillers there: they count when a user lists
them, and then by the rules below, too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.core.hearing.words import bare
from simulator.core.speech import Certainty

if TYPE_CHECKING:
    from simulator.core.speech import Word

ENDS = (".", "?", "!", "…", "...")
BREAKS = (*ENDS, ",", ";", ":", "-", "–", "—")


@dataclass(frozen=True, slots=True)
class Place:
    """Hold what lies around a phrase; filled pauses around it are looked through."""

    before: str
    "The word before; empty at the beginning."
    after: str
    "The word after; empty at the end."
    second: str
    "The word after that."
    lead: str
    "The first word of its sentence."
    opens: bool
    "It begins a sentence."
    parted: bool
    "A break lies before it."
    closed: bool
    "A break follows it."

    @property
    def apart(self) -> bool:
        """Say whether it is set off on both sides."""
        return self.parted and self.closed


@dataclass(frozen=True, slots=True)
class Rule:
    """Say when a phrase is a filler."""

    phrase: tuple[str, ...]
    holds: Callable[[Place], bool]
    certainty: Certainty = "heard"
    by_default: bool = False


def look_around(words: tuple[Word, ...], first: int, last: int) -> Place:
    """Look at the neighbours of a phrase."""
    earlier = [i for i in range(max(0, first - 4), first) if words[i].kind == "word"]
    later = [word for word in words[last + 1 : last + 6] if word.kind == "word"]
    before = words[earlier[-1]].text if earlier else ""
    own = words[last].text
    return Place(
        before=bare(before),
        after=bare(later[0].text) if later else "",
        second=bare(later[1].text) if len(later) > 1 else "",
        lead=bare(words[_sentence(words, first)].text),
        opens=not before or before.endswith(ENDS),
        parted=not before or before.endswith(BREAKS),
        closed=last + 1 == len(words) or own.endswith(BREAKS),
    )


def _sentence(words: tuple[Word, ...], at: int) -> int:
    while at and not words[at - 1].text.endswith(ENDS):
        at -= 1
    return at


def word_set(text: str) -> frozenset[str]:
    """Give the words of a list."""
    return frozenset(text.split())


KNOWING = word_set(
    "do did does if as let would should could don't didn't will because that to how what all "
    "everything anything everyone anyone people someone somebody things who whom when where why "
    "once before until than can can't might must may now whether since unless"
)
"""After these "you know" is a clause: "do you know", "as you know", "everything you know"."""
KNOWN = word_set(
    "what how who where why when whether about that this it him her them me us of each which if "
    "someone somebody anyone anybody exactly better best nothing everything whose"
)
"""Before these "you know" is a clause: "you know what it costs"."""
MEANING = word_set("what that do if as when which whatever who how things thing")
"""After these "I mean" is a clause: "that is what I mean"."""
MEANT = word_set("it by to business every no what well this these those her him them you in for")
"""Before these "I mean" is a clause: "I mean it", "I mean business"."""
WELL_KNOWN = word_set(
    "done known paid made before after enough over under above below beyond within into aware "
    "ahead past established organised organized prepared and worth liked received written in on"
)
"""Before these "well" is an adverb: "well done", "well before nine"."""
LIKING = word_set(
    "would i'd we'd you'd he'd she'd they'd who'd i you we they to don't doesn't didn't "
    "not never people customers really always also might may should could can will "
    "something things that anything nothing someone somebody everything look looks looked "
    "looking feel feels felt feeling sound sounds sounded seem seems seemed act acted acts "
    "treat treated taste tastes smell smells much more most exactly what stuff they'll i'll "
    "places companies tools systems jobs skills work works worked behave behaved think thinking "
    "situation situations it'd"
)
"""After these "like" is a verb or a comparison: "I'd like to", "people like her"."""
COMPARED = word_set("a an the my our your his her their this that these those being having every")
"""After a form of "be" and before these "like" compares: "it was like a maze"."""
BEING = word_set("was were is are am be been it's that's i'm we're they're he's she's you're")
LINKS = word_set("and but so because or then just with for about maybe was were is are")
LOOSE = word_set(
    "really so super totally very i we he she it they you okay oh yeah no wow whatever all maybe "
    "literally basically actually completely nobody somebody everybody "
    "i'm we're they're i've we've there it's there's what why how hey please sorry pretty kind um"
)
"""Before these, and after a link, "like" stands apart: "and like we had", "was like ten"."""
NUMBERS = word_set(
    "half one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty "
    "forty fifty sixty seventy eighty ninety hundred thousand"
)
"""Before these "like" means "about"."""
SAID = word_set("said say mentioned told explained")
SO_MUCH = word_set("that far much many long called did do was is to as be have often few little")
"""Before these "so" belongs to the sentence: "so that", "so far", "so did I"."""
KINDS = word_set(
    "a an the this that what which some any every no same other all of these those another "
    "different new one right wrong my our their his her your certain particular first only each "
    "best worst good two three several many both various whatever second third special few most "
    "similar usual normal better nice similar"
)
"""After these "kind of" names a sort: "what kind of", "the same kind of"."""


def _you_know(place: Place) -> bool:
    if place.before in KNOWING and not place.parted:
        return False
    return place.closed or place.after not in KNOWN


def _i_mean(place: Place) -> bool:
    if place.before in MEANING and not place.parted:
        return False
    if place.lead in {"if", "when", "by"} and not place.closed:
        return False
    return place.closed or place.after not in MEANT


def _well(place: Place) -> bool:
    if place.after in WELL_KNOWN and not place.closed:
        return False
    linked = place.before in {"and", "but", "so", "oh"} and place.closed and not place.parted
    return place.opens or place.apart or linked


def _like(place: Place) -> bool:
    if place.before in LIKING and not place.parted:
        return False
    if place.parted and place.after in {"i", "we", "you"} and place.second in SAID:
        return False
    if place.closed:
        return bool(place.after)
    if place.before in BEING and place.after in COMPARED:
        return False
    if place.after in NUMBERS or place.after.isdigit():
        return True
    return (place.parted or place.before in LINKS | BEING) and place.after in LOOSE


def _so(place: Place) -> bool:
    return place.opens and (place.closed or place.after not in SO_MUCH)


def _kind_of(place: Place) -> bool:
    return (place.parted or place.before not in KINDS) and place.after != "person"


def _actually(place: Place) -> bool:
    return place.opens or place.apart


def _basically(place: Place) -> bool:
    return place.before not in {"not", "more"}


def _literally(place: Place) -> bool:
    return place.before not in {"not", "too", "quite", "it", "them", "taken", "more", "means"} and (
        place.after not in {"translated", "means", "meant", "speaking", ""}
    )


def _right(place: Place) -> bool:
    return place.apart and bool(place.before)


RULES = (
    Rule(("you", "know"), _you_know, by_default=True),
    Rule(("i", "mean"), _i_mean, by_default=True),
    Rule(("well",), _well, by_default=True),
    Rule(("like",), _like, "uncertain", by_default=True),
    Rule(("so",), _so),
    Rule(("kind", "of"), _kind_of),
    Rule(("sort", "of"), _kind_of),
    Rule(("actually",), _actually),
    Rule(("basically",), _basically),
    Rule(("literally",), _literally),
    Rule(("right",), _right),
)
