"""Training as int8 computes: the rounding is onnxruntime's, the gradient that of the exact numbers."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from training.fake_quant import quantise_while_training, rounded_input, rounded_weight  # noqa: E402


def test_inputs_are_rounded_as_onnxruntime_rounds_them() -> None:
    onnxruntime, helper = pytest.importorskip("onnxruntime"), pytest.importorskip("onnx.helper")
    x = torch.randn(6, 32, generator=torch.manual_seed(1)) * 3
    float_in = helper.make_tensor_value_info("x", 1, [6, 32])
    float_out = helper.make_tensor_value_info("y", 1, [6, 32])
    nodes = [
        helper.make_node("DynamicQuantizeLinear", ["x"], ["q", "scale", "zero"]),
        helper.make_node("DequantizeLinear", ["q", "scale", "zero"], ["y"]),
    ]
    graph = helper.make_graph(nodes, "round", [float_in], [float_out])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    (expected,) = session.run(None, {"x": x.numpy()})
    torch.testing.assert_close(rounded_input(x), torch.tensor(expected), atol=1e-6, rtol=1e-5)


def test_weights_have_255_levels_per_channel() -> None:
    weight = torch.randn(4, 300, generator=torch.manual_seed(2)) * torch.tensor([[1.0], [10], [0.1], [0]])
    rounded = rounded_weight(weight)
    step = weight.abs().amax(1, keepdim=True) / 127
    assert ((rounded - weight).abs() <= step / 2 + 1e-6).all()
    assert all(row.unique().numel() <= 255 for row in rounded)


def test_a_layer_computes_rounded_and_learns_exactly() -> None:
    layer = torch.nn.Linear(8, 3)
    x = torch.randn(5, 8, generator=torch.manual_seed(3), requires_grad=True)
    exact = layer(x)
    quantise_while_training(layer)
    found = layer(x)
    assert not torch.equal(found, exact)
    torch.testing.assert_close(found, exact, atol=0.1, rtol=0.1)
    found.sum().backward()
    torch.testing.assert_close(layer.weight.grad, rounded_input(x).sum(0).expand(3, 8))
