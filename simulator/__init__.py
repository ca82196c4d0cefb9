"""Rehearse: a voice mock-interview simulator that runs wholly on your own machine."""

__version__ = "0.1.0"
