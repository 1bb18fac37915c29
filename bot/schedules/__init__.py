"""Which occurrence is due. Daylight saving lives here and nowhere else."""
