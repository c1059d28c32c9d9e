"""One module per source: each registers its handler with ``replay.web.serves``."""
