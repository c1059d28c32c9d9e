"""`python -m training.use NAME_OR_PATH …`: what `precall model use` runs, in the environment that has transformers."""

from __future__ import annotations

import argparse
import sys

from training.model_use import ModelChoice, Unclear, use
from training.recipe import data_root

INPUTS = "pair: text and target apart; mark: the target between « and », as `make model` trains it"


def main(arguments: list[str]) -> int:
    """Exit status 1, with one line that says what to do, when the checkpoint cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m training.use", description=__doc__)
    parser.add_argument("name_or_path")
    parser.add_argument("--labels", help="its classes in order, such as negative,neutral,positive")
    parser.add_argument("--input", choices=["plain", "pair", "mark"], default="plain", help=INPUTS)
    parser.add_argument("--languages", default="en", help="ISO 639-1 codes such as en,de; * for any")
    given = parser.parse_args(arguments)
    choice = ModelChoice(
        given.name_or_path,
        tuple(given.labels.split(",")) if given.labels else None,
        given.input,
        tuple(given.languages.split(",")),
    )
    data = data_root()
    try:
        print(use(choice, data if data.is_dir() else None))
    except (Unclear, OSError) as error:
        print(f"{given.name_or_path}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
