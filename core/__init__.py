"""The mathematics of Nudge: NumPy and the standard library, nothing else."""
