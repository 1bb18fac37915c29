"""Text without a world: spans, sentences, words, names, quotations."""
