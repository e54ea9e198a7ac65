"""The public Python face of Inquest: a few names re-exported, nothing else."""
