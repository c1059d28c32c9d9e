"""`make golden`: rank the situations anew with the shipped models, and keep their briefs; then read the difference."""

from __future__ import annotations

import json
import sys

from precall.config import Ranking
from rank.call import call_of
from rank.layer import layer_embed, layer_judge
from rank.logic import Situation, rank
from tests.golden.keep import keep
from tests.golden.read import NAMES, RANKINGS, SELLER, unranked


def _rank(name: str) -> None:
    known, config = unranked(name), Ranking()
    assert known.collection is not None
    situation = Situation(call_of(known.lead, SELLER, config))
    ranking = rank(known.collection, config, layer_judge(sys.exit), situation, layer_embed(sys.exit))
    told = json.dumps(ranking.model_dump(mode="json", exclude_defaults=True), indent=1, ensure_ascii=False)
    (RANKINGS / f"{name}.json").write_text(f"{told}\n", encoding="utf-8")


if __name__ == "__main__":
    RANKINGS.mkdir(exist_ok=True)
    for situation in NAMES:
        if "--briefs-only" not in sys.argv:
            _rank(situation)
        keep(situation)
    print(f"kept the briefs of {len(NAMES)} situations: read `git diff`, and look with `make screenshots`")
