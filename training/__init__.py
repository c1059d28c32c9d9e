"""Makes the sentiment model: prepare, train, evaluate, export (`python -m training --help`).

Needs the `training` extra (torch, transformers); nothing that runs in a Lambda imports this package.
"""
