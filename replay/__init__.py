"""A stand-in for the internet: made-up companies, or a corpus, behind the genuine formats of each source."""

from replay.corpus import CorpusMissing
from replay.message import Answer, Request
from replay.server import serve
from replay.web import Web, answer, build

__all__ = ["Answer", "CorpusMissing", "Request", "Web", "answer", "build", "serve"]
