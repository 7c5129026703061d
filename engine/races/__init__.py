"""Many descents of many rules under one set of conditions, and what may be said of who is better."""
