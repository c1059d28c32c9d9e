"""What dynamic int8 quantisation does to a linear layer, while training (Jacob et al. 2018, straight-through)."""

from __future__ import annotations

from types import MethodType
from typing import Any

import torch
from torch import nn
from torch.nn import functional


def through(exact: torch.Tensor, rounded: torch.Tensor) -> torch.Tensor:
    """The rounded values with the gradient of the exact ones."""
    return exact + (rounded - exact).detach()


def rounded_weight(weight: torch.Tensor) -> torch.Tensor:
    """(out, in) as signed int8 with one scale per output channel would hold it."""
    scale = weight.abs().amax(1, keepdim=True).clamp_min(1e-12) / 127
    return (weight / scale).round() * scale


def rounded_input(x: torch.Tensor) -> torch.Tensor:
    """A whole tensor as unsigned int8 between its extremes and 0, as onnxruntime's DynamicQuantizeLinear does."""
    low, high = x.amin().clamp_max(0), x.amax().clamp_min(0)
    scale = ((high - low) / 255).clamp_min(1e-12)
    zero = (-low / scale).round()
    return ((x / scale + zero).round() - zero) * scale


def _forward(layer: nn.Linear, x: torch.Tensor) -> torch.Tensor:
    with torch.no_grad(), torch.autocast("cpu", enabled=False):
        weight, given = rounded_weight(layer.weight), rounded_input(x.float()).to(x.dtype)
    return functional.linear(through(x, given), through(layer.weight, weight), layer.bias)


def quantise_while_training(encoder: nn.Module) -> None:
    """From now on every linear layer below `encoder` computes with what int8 would leave of weights and inputs."""
    for layer in encoder.modules():
        if isinstance(layer, nn.Linear):
            replaced: Any = MethodType(_forward, layer)
            layer.forward = replaced
