"""The page of minima and saddles."""
