"""Settings, dossiers and language data."""
