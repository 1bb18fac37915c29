"""The command line of `attache` and `python -m bot`."""
