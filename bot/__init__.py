"""Attaché: a briefing officer that answers only with sentences a source really wrote."""

__version__ = "0.1.0"
