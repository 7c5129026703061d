"""The page of diagnosis."""
