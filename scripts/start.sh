#!/bin/sh
# The main job: an interview where there are a microphone and a terminal, else the demo.
# $1: the folder of the environment's programs.
set -eu
bin=$1

has_microphone() {
    "$bin/python" -c '
import sys
from simulator.adapters.portaudio import list_devices
from simulator.errors import DeviceError
try:
    sys.exit(not any(device.inputs for device in list_devices()))
except DeviceError:
    sys.exit(1)'
}

if [ ! -t 0 ] || [ ! -t 1 ]; then
    echo "No terminal to press keys in: here is the demo."
elif ! has_microphone; then
    echo "No microphone here: this is the demo, with a recorded candidate."
else
    exec "$bin/rehearse" interview
fi
exec "$bin/rehearse" demo
