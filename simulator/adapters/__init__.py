"""Adapters: one library or one kind of file each; they alone do input and output."""
