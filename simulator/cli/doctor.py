"""`rehearse doctor`: can an interview run here, and what mends what is broken."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import click

from simulator import wiring
from simulator.cli.columns import columns
from simulator.cli.store import check_store
from simulator.core.clean import clean
from simulator.core.health import examine
from simulator.errors import DeviceError

if TYPE_CHECKING:
    from simulator.core.health import HealthFinding

MARKS = {"good": "✓", "poor": "~", "bad": "✗"}
SECONDS = 2.0


@click.command("doctor")
@click.option("--listen", is_flag=True, help="Record two seconds and play them back.")
@click.option("--voices", is_flag=True, help="List the voices for voice.name.")
@click.option("--devices", is_flag=True, help="List the devices for devices.input and .output.")
@click.option("--store", is_flag=True, help="Look through the sessions; mend what can be mended.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(*, listen: bool, voices: bool, devices: bool, store: bool, as_json: bool) -> int:
    """Check microphone, speaker, voice, weights and disk, and say what mends each.

    The exit status is 0 when an interview can run and 1 when it cannot. What is marked ~ is no
    hindrance, but something is left out.

    \b
    Examples:
      rehearse doctor
      rehearse doctor --listen       hear your own microphone
      rehearse doctor --voices       names for: rehearse config set voice.name NAME
      rehearse doctor --devices      names for: rehearse config set devices.input NAME
      rehearse doctor --store        after a crash, or a copy from elsewhere
    """
    if store:
        return check_store()
    if listen or voices or devices:
        return _extras(listen=listen, voices=voices, devices=devices)
    findings = []
    for finding in examine(wiring.doctor().checks()):
        findings.append(finding)
        if not as_json:
            _print(finding)
    ready = all(finding.verdict != "bad" for finding in findings)
    if as_json:
        found = {"ready": ready, "checks": [dataclasses.asdict(f) for f in findings]}
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
    elif ready:
        click.echo("\nAn interview can run: rehearse interview")
    else:
        click.echo("\nAn interview cannot run yet; without a microphone there is: rehearse demo")
    return 0 if ready else 1


def _print(finding: HealthFinding) -> None:
    click.echo(f"{MARKS[finding.verdict]} {finding.name:<17}{clean(finding.said)}")
    if finding.mend:
        click.echo(f"  {'':<17}→ {finding.mend}")


def _extras(*, listen: bool, voices: bool, devices: bool) -> int:
    if voices:
        click.echo("\n".join(map(clean, wiring.voice_names())))
    if devices:
        rows = [("", "NUMBER", "IN", "OUT", "RATE", "NAME")]
        for device in wiring.devices():
            mark = "*" if device.is_default else ""
            counts = str(device.inputs), str(device.outputs)
            rows.append((mark, str(device.number), *counts, f"{device.rate:g}", device.name))
        click.echo(columns(rows) if len(rows) > 1 else "There is no sound device.")
    if listen:
        _listen()
    return 0


def _listen() -> None:
    import numpy as np

    from simulator.core.levels import level_db
    from simulator.core.speech import SAMPLE_RATE, Audio

    plan = wiring.plan()
    microphone = wiring.microphone(plan.input_device)
    click.echo("Say something: two seconds …")
    heard: list[np.ndarray] = []
    with microphone.listen() as blocks:
        for block in blocks:
            heard.append(block)
            if sum(map(len, heard)) >= SECONDS * SAMPLE_RATE:
                break
    samples = np.concatenate(heard)
    if not samples.any():
        raise DeviceError("the microphone sent only silence: it is muted or not permitted")
    click.echo(f"Heard, at {level_db(samples):.0f} dBFS. Now it is played back …")
    playback = wiring.speaker(plan.output_device).play(Audio(samples, SAMPLE_RATE))
    while not playback.wait(1.0):
        pass
