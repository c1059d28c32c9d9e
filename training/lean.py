"""The encoder written out for export: the same numbers as transformers' BERT, with less work at run time.

- query, key and value of a layer are one matrix product, so its input is quantised once;
- a classifier reads only the first token, so the last layer computes nothing else for the others;
- position and token-type embeddings are one table.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn
from torch.nn import functional


class LeanAttention(nn.Module):
    """Self-attention of one BERT layer; with `first_only`, its output is that of the first token."""

    def __init__(self, attention: Any, heads: int, first_only: bool) -> None:
        super().__init__()
        own = attention.self
        self.heads, self.size, self.first_only = heads, own.query.in_features // heads, first_only
        scale = self.size**-0.5
        query, key, value = own.query, own.key, own.value
        if first_only:
            self.query_first = linear([query.weight * scale], [query.bias * scale])
            self.joined = linear([key.weight, value.weight], [key.bias, value.bias])
        else:
            self.joined = linear(
                [query.weight * scale, key.weight, value.weight], [query.bias * scale, key.bias, value.bias]
            )
        self.dense, self.norm = attention.output.dense, attention.output.LayerNorm

    def split(self, x: torch.Tensor) -> torch.Tensor:
        """(rows, tokens, width) to (rows, heads, tokens, width / heads)."""
        return x.view(x.shape[0], -1, self.heads, self.size).transpose(1, 2)

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        """(rows, tokens, width) to the same, or to (rows, 1, width)."""
        parts = self.joined(x).split(self.heads * self.size, dim=2)
        if self.first_only:
            x = x[:, :1]
            parts = (self.query_first(x), *parts)
        query, key, value = map(self.split, parts)
        weights = torch.softmax(query @ key.transpose(2, 3) + bias, dim=-1)
        mixed: torch.Tensor = self.norm(self.dense((weights @ value).transpose(1, 2).flatten(2)) + x)
        return mixed


def linear(weights: list[torch.Tensor], biases: list[torch.Tensor]) -> nn.Linear:
    """One linear layer whose output is the concatenation of several."""
    weight, bias = torch.cat(weights).detach(), torch.cat(biases).detach()
    layer = nn.Linear(weight.shape[1], weight.shape[0])
    layer.weight, layer.bias = nn.Parameter(weight), nn.Parameter(bias)
    return layer


class LeanEncoder(nn.Module):
    """BERT from at most `tokens` ids to hidden states (rows, tokens, width); with `first_only`, (rows, 1, width)."""

    def __init__(self, bert: Any, tokens: int, first_only: bool) -> None:
        super().__init__()
        embeddings = bert.embeddings
        self.words = embeddings.word_embeddings
        place = embeddings.position_embeddings.weight[:tokens] + embeddings.token_type_embeddings.weight[0]
        self.places, self.norm = nn.Parameter(place.detach()), embeddings.LayerNorm
        heads, layers = bert.config.num_attention_heads, list(bert.encoder.layer)
        self.attention = nn.ModuleList(
            LeanAttention(layer.attention, heads, first_only and layer is layers[-1]) for layer in layers
        )
        self.layers: Any = nn.ModuleList(layers)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """int64 (rows, tokens) twice."""
        x: torch.Tensor = self.norm(self.words(ids) + self.places[: ids.shape[1]])
        bias = (1.0 - mask[:, None, None, :].float()) * -10_000.0
        for attention, layer in zip(self.attention, self.layers, strict=True):
            x = attention(x, bias)
            wide = functional.gelu(layer.intermediate.dense(x))
            x = layer.output.LayerNorm(layer.output.dense(wide) + x)
        return x


class LeanClassifier(nn.Module):
    """Token ids and mask to logits, float32 (rows, classes)."""

    def __init__(self, model: Any, tokens: int) -> None:
        super().__init__()
        self.encoder = LeanEncoder(model.bert, tokens, first_only=True)
        self.pooler, self.classifier = model.bert.pooler.dense, model.classifier

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """int64 (rows, tokens) twice."""
        first = self.encoder(input_ids, attention_mask)[:, 0]
        logits: torch.Tensor = self.classifier(torch.tanh(self.pooler(first)))
        return logits


class LeanEmbedder(nn.Module):
    """Token ids and mask to sentence embeddings: mean over the tokens, length 1, float32 (rows, width)."""

    def __init__(self, bert: Any, tokens: int) -> None:
        super().__init__()
        self.encoder = LeanEncoder(bert, tokens, first_only=False)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """int64 (rows, tokens) twice."""
        hidden = self.encoder(input_ids, attention_mask)
        kept = attention_mask[:, :, None].float()
        return functional.normalize((hidden * kept).sum(1) / kept.sum(1), dim=1)
