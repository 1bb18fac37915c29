"""Who said what, and where they stand. Pure functions over text, lexicon and dossier."""
