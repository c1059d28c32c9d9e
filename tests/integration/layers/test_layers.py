"""The layers hold everything that the functions import, fit Lambda, and are built for it without Docker."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml

from cli.home import ROOT
from cli.sam import BIN

RUNTIME = ("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "six.py", "urllib3")
"""What Lambda's Python brings along."""
LIMIT_MB = 250
SENTIMENT_LIMIT_MB = 180

pytestmark = pytest.mark.integration


def _make(layer: str, target: str, folder: Path, **environment: str) -> Path:
    subprocess.run(
        ["make", "-s", "-C", str(ROOT / "layers" / layer), target, f"ARTIFACTS_DIR={folder}", f"UV={BIN / 'uv'}"],
        check=True,
        env={**os.environ, **environment},
    )
    return folder / "python"


@pytest.fixture(scope="module")
def layers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("layers")
    core = _make("core", "build-CoreLayer", folder / "core", PRECALL_LAYERS="local")
    web = _make("web", "build-WebLayer", folder / "web", PRECALL_LAYERS="local")
    mood = _make("sentiment", "build-SentimentLayer", folder / "sentiment", PRECALL_LAYERS="local")
    return {"CoreLayer": core, "CoreLayerX86": core, "WebLayer": web, "SentimentLayer": mood}


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runtime")
    for name in RUNTIME:
        (folder / name).symlink_to(Path(sysconfig.get_path("purelib")) / name)
    return folder


class _Tagged(yaml.SafeLoader):
    """Reads CloudFormation's short tags as what follows them."""


def _untagged(loader: yaml.SafeLoader, tag: str, node: yaml.Node) -> object:
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    assert isinstance(node, yaml.MappingNode)
    return loader.construct_mapping(node, deep=True)


_Tagged.add_multi_constructor("!", _untagged)


def _functions() -> list[tuple[str, list[str]]]:
    template = yaml.load((ROOT / "template.yaml").read_text(), Loader=_Tagged)
    found = [r["Properties"] for r in template["Resources"].values() if r["Type"] == "AWS::Serverless::Function"]
    return [(properties["Handler"], properties["Layers"]) for properties in found]


@pytest.mark.parametrize(("handler", "names"), _functions())
def test_a_function_finds_all_that_it_imports_in_its_layers(
    layers: dict[str, Path], runtime: Path, handler: str, names: list[str]
) -> None:
    module, function = handler.rsplit(".", 1)
    path = [str(ROOT / "functions"), *(str(layers[name]) for name in names), str(runtime)]
    code = f"import sys; sys.path[:0] = {path!r}; import {module} as m; assert callable(m.{function})"
    environment = {"PATH": os.environ["PATH"], "AWS_DEFAULT_REGION": "us-east-1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("handler", "names"), _functions())
def test_code_and_layers_fit_lambda(layers: dict[str, Path], handler: str, names: list[str]) -> None:
    folders = [ROOT / "functions", *(layers[name] for name in names)]
    size = sum(file.stat().st_size for folder in folders for file in folder.rglob("*") if file.is_file())
    assert size < LIMIT_MB * 1_000_000


def test_the_sentiment_layer_scores_with_nothing_but_itself(layers: dict[str, Path]) -> None:
    path = [str(ROOT / "functions"), str(layers["SentimentLayer"]), str(layers["CoreLayerX86"])]
    code = (
        f"import sys; sys.path[:0] = {path!r}; from rank.model_files import model_folder; "
        "from rank.sentiment import *; "
        f"assert str(model_folder('encoder')).startswith({path[1]!r}); "
        "print(score([TextAndTarget('Globex shares soar after record profit', ('Globex',), 'en')])[0].label)"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stdout.strip()) == (0, "positive"), done.stderr


def test_the_sentiment_layer_for_aws_is_small_and_built_for_its_python(tmp_path: Path) -> None:
    python = _make("sentiment", "build-SentimentLayer", tmp_path, PRECALL_LAYERS="")
    compiled = [file.name for file in python.rglob("*.so")]
    assert any(name.startswith("onnxruntime_pybind11_state.cpython-313-x86_64") for name in compiled)
    assert any(name.startswith("_multiarray_umath.cpython-313-x86_64") for name in compiled)
    assert {path.name for path in (python / "precall_models").iterdir() if path.is_dir()} == {"encoder", "sentiment"}
    size = sum(file.stat().st_size for file in python.rglob("*") if file.is_file())
    assert size <= SENTIMENT_LIMIT_MB * 1_000_000


@pytest.mark.parametrize(("target", "machine"), [("build-CoreLayer", "aarch64"), ("build-CoreLayerX86", "x86_64")])
def test_the_layer_for_aws_is_built_for_its_python_and_architecture(tmp_path: Path, target: str, machine: str) -> None:
    python = _make("core", target, tmp_path, PRECALL_LAYERS="")
    compiled = [file.name for file in python.rglob("*.so")]
    assert any(name.startswith("_pydantic_core.cpython-313-") for name in compiled)
    assert all(machine in name for name in compiled if "cpython" in name)
    assert (python / "precall" / "events" / "__init__.py").exists()
