"""From samples and recognised words to a transcript: chunks, pauses, times. Pure."""
