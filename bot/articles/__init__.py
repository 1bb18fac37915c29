"""From a raw document to an article, and from articles to stories."""
