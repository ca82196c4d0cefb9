"""A SessionReport as text, one format a module."""
