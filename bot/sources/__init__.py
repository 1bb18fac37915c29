"""The outside world comes in: files, feeds, pages."""
