"""What every Precall step shares: the model, events, errors, settings and the ports to AWS and the web."""

import gc

gc.set_threshold(100_000, 2, 2)
"""Importing makes many objects and no garbage; Python's own threshold (700) costs a cold start a twentieth of its time,
looking for some."""
