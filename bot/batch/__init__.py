"""Batches: files or JSON lines in, one JSON object a line out, in order."""
