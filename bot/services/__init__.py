"""One use case a method; the same for Discord, console and scheduler."""
