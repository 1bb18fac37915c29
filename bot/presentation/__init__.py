"""Layout and limits; the same briefing for Discord, terminal and files."""
