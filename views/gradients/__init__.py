"""The page of gradients."""
