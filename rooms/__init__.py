"""A class in a room: it follows its presenter's stop and votes. Knows nothing of the laboratory: what is asked, voted
and answered are small JSON values that pass through.

Three layers, each knowing only those before it: ``room`` and ``votes`` are values and pure functions, ``house`` keeps
the rooms of one process, ``web`` is how a browser speaks to it. ``python -m rooms`` runs it alone.
"""
