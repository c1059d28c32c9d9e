"""Examples to tensors: tokens, batches of similar length in a seeded order."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer

from training.network import base_path
from training.recipe import Recipe
from training.rows import Example

BUCKET_BATCHES = 50


@dataclass(frozen=True)
class Batch:
    """`ids` and `mask`: int64 (rows, tokens); `labels`: int64 (rows,); `log_shares`: float32 (rows, 3).

    `trust`: float32 (rows, 1), see Example.
    """

    ids: torch.Tensor
    mask: torch.Tensor
    labels: torch.Tensor
    log_shares: torch.Tensor
    trust: torch.Tensor


def load_tokenizer(max_tokens: int) -> Tokenizer:
    """The encoder's tokenizer, cutting at `max_tokens` and without the fixed padding to 128 that upstream set."""
    tokenizer = Tokenizer.from_file(f"{base_path()}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens)
    return tokenizer


def batches(
    examples: list[Example], tokenizer: Tokenizer, shares: dict[str, tuple[float, ...]], recipe: Recipe, epoch: int
) -> Iterator[Batch]:
    """The batches of one epoch, always the same for the same seed and epoch."""
    encoded = [e.ids for e in tokenizer.encode_batch_fast([x.text for x in examples])]
    for chosen in order([len(ids) for ids in encoded], recipe, epoch):
        yield collate([encoded[i] for i in chosen], [examples[i] for i in chosen], shares)


def order(lengths: list[int], recipe: Recipe, epoch: int) -> list[list[int]]:
    """Row numbers batch by batch: shuffled, sorted by length within buckets, batches shuffled again."""
    rng = random.Random(f"{recipe.seed}/order/{epoch}")
    numbers = list(range(len(lengths)))
    rng.shuffle(numbers)
    bucket = recipe.batch_rows * BUCKET_BATCHES
    found: list[list[int]] = []
    for at in range(0, len(numbers), bucket):
        part = sorted(numbers[at : at + bucket], key=lengths.__getitem__)
        found += [part[i : i + recipe.batch_rows] for i in range(0, len(part), recipe.batch_rows)]
    rng.shuffle(found)
    return found


def pad(rows: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Token ids and mask, int64 (rows, longest row rounded up to 8: few shapes, so oneDNN's kernels are reused)."""
    ids = torch.zeros(len(rows), -(-max(map(len, rows)) // 8) * 8, dtype=torch.long)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = torch.tensor(row)
    return ids, (ids != 0).long()


def collate(encoded: list[list[int]], examples: list[Example], shares: dict[str, tuple[float, ...]]) -> Batch:
    """One batch; `shares` gives the class shares of each source."""
    ids, mask = pad(encoded)
    log_shares = torch.tensor([[math.log(s) for s in shares[x.source]] for x in examples])
    labels, trust = torch.tensor([x.label for x in examples]), torch.tensor([[x.trust] for x in examples])
    return Batch(ids, mask, labels, log_shares, trust)
