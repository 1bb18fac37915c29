"""Tables, stores and migrations."""
