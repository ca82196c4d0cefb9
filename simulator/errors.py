"""Every error that Rehearse raises on purpose.

SimulatorError
├── ScenarioError        a scenario file is missing, malformed or incomplete
├── AudioError
│   ├── DeviceError      a microphone or speaker is missing, silent or gone
│   └── UnreadableAudio  a sound file cannot be decoded
├── VoiceError           the interviewer cannot speak
├── TranscriptionError
│   └── ModelUnavailable weights are missing or damaged
├── JudgeError           the rubric cannot be judged (weights missing or damaged)
├── SessionError         a session cannot be found, opened or written
└── ConfigError          a setting is unknown or has a bad value

Each message is one line: what happened, where, and what to do next.
"""


class SimulatorError(Exception):
    """Stand at the root of the tree."""


class ScenarioError(SimulatorError):
    """Report a scenario file that cannot be used."""


class AudioError(SimulatorError):
    """Report a fault of sound, in or out."""


class DeviceError(AudioError):
    """Report a microphone or speaker that is missing, silent or gone."""


class UnreadableAudio(AudioError):  # noqa: N818 - the architecture's name for it
    """Report a sound file that cannot be decoded."""


class VoiceError(SimulatorError):
    """Report an interviewer that cannot speak."""


class TranscriptionError(SimulatorError):
    """Report a recording that cannot be transcribed."""


class ModelUnavailable(TranscriptionError):  # noqa: N818 - the architecture's name for it
    """Report weights that are missing or damaged."""


class JudgeError(SimulatorError):
    """Report a rubric that cannot be judged."""


class SessionError(SimulatorError):
    """Report a session that cannot be found, opened or written."""


class ConfigError(SimulatorError):
    """Report a setting that is unknown or has a bad value."""
