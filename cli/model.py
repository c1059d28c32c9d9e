"""`precall model use`: another sentiment model in the place of the one that comes along."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

from cli.home import ROOT, Problem

TRAINING = ".venv-training"


def use(arguments: Sequence[str]) -> str:
    """Export and compare a checkpoint, in the environment that has transformers (made by make when it is missing).

    What it gained, cost and weighs; Problem with what the checkpoint leaves open or lacks.
    """
    made = subprocess.run(["make", "-s", f"{TRAINING}/.installed"], cwd=ROOT, capture_output=True, text=True)
    if made.returncode:
        raise Problem(f"the training environment could not be made: {_last(made.stderr)}")
    path = os.pathsep.join(map(str, (ROOT, ROOT / "functions", ROOT / "layers" / "core")))
    command = [str(ROOT / TRAINING / "bin" / "python"), "-m", "training.use", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path})
    if done.returncode:
        raise Problem(_last(done.stderr))
    return done.stdout.strip()


def _last(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it printed nothing"
