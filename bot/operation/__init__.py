"""The process among others: what it measures, whether it is well, what it logs."""
