#!/bin/sh
# Install the system libraries for $1 (run, test or venv) where they are missing and it is allowed.
# What cannot be installed is named with its reason, and is no failure: Rehearse then shows
# what it cannot say aloud, and the tests that need it are skipped by name.
set -eu

sound="libportaudio2"
card="pulseaudio pulseaudio-utils libasound2-plugins"

say() { echo "$*"; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }
}

missing_debs() {
    for name in "$@"; do
        state=$(dpkg-query -W -f '${Status}' "$name" 2>/dev/null || true)
        case $state in *" installed") ;; *) printf ' %s' "$name" ;; esac
    done
}

get() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@" >"$log" 2>&1 </dev/null; }

debian() {   # $1: what for; the others: packages
    purpose=$1; shift
    wanted=$(missing_debs "$@")
    [ -n "$wanted" ] || return 0
    if ! may_install; then
        say "Not installed, since that needs root:$wanted ($purpose). By hand: sudo apt-get install$wanted"
        return 0
    fi
    say "Installing with apt:$wanted ($purpose)"
    log=$(mktemp)
    # shellcheck disable=SC2086  # a list of names
    get install --no-install-recommends $wanted || { get update && get install --no-install-recommends $wanted; } ||
        say "apt could not install$wanted: $(grep '^E:' "$log" | tail -n 1)"
    rm -f "$log"
}

mac() {   # the wheel of sounddevice holds PortAudio on most Macs
    ! .venv/bin/python -c 'import sounddevice' 2>/dev/null || return 0
    if ! command -v brew >/dev/null; then
        say "Not installed, since there is no brew: portaudio (microphone and loudspeaker)"
        return 0
    fi
    say "Installing with brew: portaudio (microphone and loudspeaker)"
    brew install --quiet portaudio >/dev/null 2>&1 || say "brew could not install portaudio"
}

case $(uname -s) in
    Darwin)
        if [ "$1" != venv ]; then mac; fi ;;
    Linux)
        if ! command -v apt-get >/dev/null; then
            say "No apt-get here. Rehearse needs PortAudio to hear and speak; install it with your system's tool."
            exit 0
        fi
        case $1 in
            venv) debian "virtual environments" python3-venv ;;
            run)  debian "microphone and loudspeaker" $sound ;;
            test)
                debian "microphone and loudspeaker" $sound
                debian "the virtual sound card" $card
                debian "tests of system calls" strace
                debian "tests in a browser" chromium chromium-driver ;;
        esac ;;
esac
