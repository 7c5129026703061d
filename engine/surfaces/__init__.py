"""Descents on surfaces: the experiment as a value, what happened in it, and how a surface is drawn."""
