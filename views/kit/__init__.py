"""What pictures are made of, on every page: words, numbers on the wire, charts, tables."""
