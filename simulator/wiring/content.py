"""Question packs, interviewer styles and the demo's recordings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.wiring.store import places

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from simulator.adapters.scenario_library import ScenarioLibrary
    from simulator.core.scenario import Scenario
    from simulator.core.style import Style


def library() -> ScenarioLibrary:
    """Open the library of scenarios."""
    from simulator.adapters.places import shipped
    from simulator.adapters.scenario_library import ScenarioLibrary

    return ScenarioLibrary(places().data / "scenarios", shipped("scenarios"))


def scenario(wanted: Path | str) -> Scenario:
    """Read a scenario by its id or file. Raises ScenarioError."""
    return library().load(str(wanted))


def scenario_schema() -> dict[str, Any]:
    """Give the JSON Schema of scenario files."""
    from simulator.adapters.scenario_schema import scenario_schema

    return scenario_schema()


def styles() -> tuple[Style, ...]:
    """Read the interviewer's styles. Raises ScenarioError."""
    return library().styles()


def phrase_cosine(scenario: Scenario) -> Callable[[str, str], float]:
    """Compare a scenario's evidence phrases by their meaning. Raises JudgeError."""
    from simulator.adapters.embeddings import MiniLmEncoder
    from simulator.core.rubric_checks import phrases

    texts = phrases(scenario)
    vectors = dict(zip(texts, MiniLmEncoder().encode(texts), strict=True))
    return lambda one, other: float(vectors[one] @ vectors[other])


def demo_answers(scenario: Scenario, candidate: str) -> tuple[Path, ...]:
    """Give the shipped recordings of one candidate, a question each. Raises AudioError."""
    from simulator.adapters.places import shipped
    from simulator.errors import AudioError

    folder = shipped("audio_fixtures")
    paths = tuple(folder / f"{q.id}-{candidate}" / "answer.flac" for q in scenario.questions)
    if missing := [path for path in paths if not path.is_file()]:
        raise AudioError(f"{missing[0]}: the demo's recording is missing; install Rehearse again")
    return paths
