"""Maps: what comes of an experiment at every point of two of its numbers."""
