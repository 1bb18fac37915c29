"""The console: the commands of Discord, typed in a terminal or piped in."""
