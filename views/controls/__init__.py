"""Everything a person sets."""
