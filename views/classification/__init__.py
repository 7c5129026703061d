"""The page of classification."""
