"""The page of critical points."""
