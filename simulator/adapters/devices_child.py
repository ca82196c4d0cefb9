"""The child process that looks for sound devices; writes them as one line of JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from simulator.adapters.portaudio import list_devices


def main() -> None:
    """Write the list on standard output."""
    sys.stdout.write(json.dumps([asdict(device) for device in list_devices()]) + "\n")


if __name__ == "__main__":
    main()
