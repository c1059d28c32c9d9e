"""`python -m training prepare|train|refine|evaluate|export [--permissive] [--work DIR]`: see training/README.md."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

from training.recipe import LAYER, Recipe, data_root, pair, permissive, refinement

REFINED = "refined"


def parse(arguments: list[str]) -> argparse.Namespace:
    """The command line; `step` is one of the steps below, `all` runs them in order."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("step", choices=[*STEPS, "all"])
    parser.add_argument("--permissive", action="store_true", help="train on the clearly licensed sets alone")
    parser.add_argument("--work", type=Path, help="folder for checkpoints and logs (default build/training/...)")
    parser.add_argument("--epochs", type=int, help="instead of the recipe's")
    parser.add_argument("--share", type=float, default=1.0, help="share of the rows, below 1 for a rehearsal")
    parser.add_argument(
        "--layer", type=Path, help=f"where the export goes (default {LAYER}; permissive or rehearsal: the work folder)"
    )
    options = parser.parse_args(arguments)
    name = ("permissive" if options.permissive else "all") + ("" if options.share == 1 else "-rehearsal")
    options.work = options.work or Path("build/training") / name
    options.layer = options.layer or (LAYER if name == "all" else options.work / "model")
    return options


def recipe_of(options: argparse.Namespace) -> Recipe:
    """The recipe that the options ask for."""
    recipe = replace(permissive() if options.permissive else Recipe(), share=options.share)
    return replace(recipe, epochs=options.epochs) if options.epochs else recipe


def prepare(options: argparse.Namespace) -> None:
    """Reads and checks the training rows and logs how many of each source an epoch takes."""
    from training.epochs import Epochs, all_rows
    from training.rows import company_names

    data, runs = data_root(), pair(recipe_of(options))
    for recipe in (*runs.values(), refinement(recipe_of(options))):
        rows = all_rows(data, recipe)
        logging.info("rows: %s", dict(Counter(row.source for row in rows)))
        drawn = Epochs(rows, company_names(data), recipe).draw(0)
        logging.info("an epoch: %s", dict(Counter(example.source for example in drawn)))


def train(options: argparse.Namespace) -> None:
    """Fine-tunes both first runs, going on from their last checkpoints; writes a Hugging Face checkpoint of each."""
    from training.train import Run

    for name, recipe in pair(recipe_of(options)).items():
        run = Run(data_root(), options.work / name, recipe)
        run.go()
        logging.info("written: %s", run.write())


def refine(options: argparse.Namespace) -> None:
    """Goes on from the second run's checkpoint, with both as teachers; writes `refined/` in the work folder."""
    from training.train import Run

    runs = pair(recipe_of(options))
    teachers = [options.work / name / "checkpoint" for name in runs]
    run = Run(data_root(), options.work / REFINED, refinement(recipe_of(options)), teachers[-1], teachers)
    run.go()
    logging.info("written: %s", run.write())


def evaluate(options: argparse.Namespace) -> None:
    """Scores the full-precision checkpoint on every visible set and fits the calibration on the dev rows."""
    from training.evaluate import evaluate_checkpoint

    found = evaluate_checkpoint(options.work / REFINED, data_root(), recipe_of(options))
    logging.info("%s", json.dumps(found, indent=1))


def export(options: argparse.Namespace) -> None:
    """Writes the int8 models, tokenizer, settings and checksums that the layer carries."""
    from training.export import export_layer

    export_layer(options.work / REFINED, options.layer)
    logging.info("written: %s", options.layer)


STEPS = {"prepare": prepare, "train": train, "refine": refine, "evaluate": evaluate, "export": export}


def main(arguments: list[str]) -> None:
    """Runs one step or all of them; the log also goes to `training.log` in the work folder."""
    options = parse(arguments)
    options.work.mkdir(parents=True, exist_ok=True)
    handlers: list[logging.Handler] = [logging.StreamHandler(), logging.FileHandler(options.work / "training.log")]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=handlers)
    for step in STEPS if options.step == "all" else [options.step]:
        logging.info("== %s", step)
        STEPS[step](options)


if __name__ == "__main__":
    main(sys.argv[1:])
