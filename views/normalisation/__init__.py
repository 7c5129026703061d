"""The page of normalisation."""
