"""What every test may ask for: a sound card made of software, and a home of its own."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.virtual_card import CardError, VirtualCard

if TYPE_CHECKING:
    from collections.abc import Iterator


# How fast this machine is just now says nothing about the code.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session")
def _card() -> Iterator[VirtualCard]:
    """One card a worker; skipped by name where it cannot be."""
    folder = Path(tempfile.mkdtemp(prefix="card-"))
    card = VirtualCard(folder)
    try:
        card.start()
    except CardError as error:
        pytest.skip(f"no virtual sound card: {error}")
    before = {name: os.environ.get(name) for name in card.environment}
    os.environ.update(card.environment)
    yield card
    for name, value in before.items():
        _restore(name, value)
    card.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def card(_card: VirtualCard) -> VirtualCard:
    """A card in order: plugged in, neither muted nor stalled, and known to PortAudio."""
    _card.start()
    _card.stall(stalled=False)
    _card.stall_speaker(stalled=False)
    _card.mute(muted=False)
    if "sounddevice" in sys.modules:
        from simulator.adapters import portaudio

        portaudio.restart()
    return _card


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for a test's sessions, settings and cache."""
    monkeypatch.setenv("REHEARSE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def _restore(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value
