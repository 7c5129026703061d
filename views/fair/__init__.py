"""Fair race: what it shows of many runs, and what it says of who is ahead."""
