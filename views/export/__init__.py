"""What is folded away under a picture: sharing, formulas, the view in three dimensions."""
