"""What matters now, in sentences that a source wrote."""
