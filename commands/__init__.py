"""Slash commands: a command is a sentence."""
