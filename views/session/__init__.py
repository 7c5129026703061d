"""The visit as one value: what the link says, what is edited, what is worked on. Draws nothing but its progress."""
