"""The page that compares optimizers."""
