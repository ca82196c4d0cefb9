"""Rehearse: a voice mock-interview simulator that runs wholly on your own machine."""

import os

__version__ = "0.1.0"

# ONNX Runtime's official builds report their use to their maker from 1.29 on, unless this is set
# before they are loaded; a test watches the system calls of a whole demo.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
