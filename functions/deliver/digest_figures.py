"""What a digest tells: the figures of Prep coverage, in words and short tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from precall.figures import Share, interval, middle, percent, prepared, reasons, span, successes
from precall.tally import Group, by_rep, summed

MOST_REASONS = 5


def told(groups: Sequence[Group], before: Group | None, names: Mapping[str, str]) -> dict[str, Any]:
    """The facts of a digest's templates, from the margins of its days; `before` is the whole of the period before,
    where the two are compared, `names` are the reps' by address."""
    whole = summed(group for group in groups if group.source)
    share, went = prepared(whole), successes(whole)
    reps = {names.get(rep, rep): summed(some) for rep, some in by_rep(groups).items()}
    return {
        "calls": share.whole,
        "share": percent(share),
        "interval": interval(share),
        "before": percent(prepared(before)) if before and sum(before.states) else None,
        "late": whole.late,
        "failed": whole.failed,
        "missing": whole.missing,
        "to_brief": span(middle(whole.to_brief)),
        "to_call": span(middle(whole.to_call)),
        "reps": [(name, *_share(prepared(group)), percent(prepared(group))) for name, group in sorted(reps.items())],
        "reasons": [(why, state, number) for state, why, number in reasons(whole)[:MOST_REASONS]],
        "outcomes": [
            (name, went[was].whole, percent(went[was]), interval(went[was]))
            for was, name in ((True, "Prepared"), (False, "Not prepared"))
            if went[was].whole
        ],
    }


def _share(share: Share) -> tuple[int, int]:
    return share.whole, share.part
