"""Fine-tuning: seeded, logged, and able to go on from its last checkpoint."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional
from tqdm import tqdm

from training.batches import Batch, batches, load_tokenizer
from training.epochs import Epochs, all_rows, class_shares
from training.fake_quant import quantise_while_training
from training.network import base_path, load_classifier, prepare_for_training, save_tokenizer
from training.recipe import LABELS, Recipe
from training.rows import company_names

log = logging.getLogger("training")


def learning_rate_factor(step: int, total: int, warmup_share: float) -> float:
    """Linear warm-up over the first share of the steps, then linear decay to 0."""
    warmup = max(1, round(total * warmup_share))
    return (step + 1) / warmup if step < warmup else max(0.0, (total - step) / max(1, total - warmup))


def logits_of(model: Any, batch: Batch, recipe: Recipe) -> torch.Tensor:
    """Float32 (rows, 3) with the log of the source's class shares added; the encoder runs in bfloat16."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits: torch.Tensor = model(input_ids=batch.ids, attention_mask=batch.mask).logits
    return logits.float() + recipe.prior_strength * batch.log_shares


def loss_of(model: Any, teachers: Sequence[Any], batch: Batch, recipe: Recipe) -> torch.Tensor:
    """Balanced-softmax cross entropy of a batch with its labels, mixed by `trust` with the teachers' mean judgement."""
    wanted = functional.one_hot(batch.labels, len(LABELS)).float()
    if teachers:
        with torch.no_grad():
            judged = torch.stack([logits_of(each, batch, recipe).softmax(1) for each in teachers]).mean(0)
        wanted = batch.trust * wanted + (1 - batch.trust) * judged
    return functional.cross_entropy(logits_of(model, batch, recipe), wanted, label_smoothing=recipe.label_smoothing)


class Run:
    """One training run in `folder`: model, optimiser, running average of the weights, and where it stands."""

    def __init__(
        self, data: Path, folder: Path, recipe: Recipe, start: Path | None = None, teachers: Sequence[Path] = ()
    ) -> None:
        """`start`: the Hugging Face checkpoint to go on from, else the base encoder; `teachers`: those that judge."""
        torch.manual_seed(recipe.seed)
        torch.set_num_threads(recipe.threads)
        self.folder, self.recipe, self.step = folder, recipe, 0
        folder.mkdir(parents=True, exist_ok=True)
        rows = all_rows(data, recipe)
        self._epochs, self._shares = Epochs(rows, company_names(data), recipe), class_shares(rows)
        self._tokenizer = load_tokenizer(recipe.max_tokens)
        self.steps_per_epoch = -(-len(self._epochs.draw(0)) // recipe.batch_rows)
        self.total = self.steps_per_epoch * recipe.epochs
        self.model = load_classifier(str(start or base_path()))
        self._teachers = [load_classifier(str(path)).eval() for path in teachers]
        self._as_int8 = False
        self.trained = prepare_for_training(self.model, recipe.dropout, recipe.seed)
        self.average = [p.detach().clone() for p in self.trained]
        self.optimizer = torch.optim.AdamW(self.trained, weight_decay=recipe.weight_decay, fused=True)
        log.info("%d rows, %d steps an epoch, %d in all", len(rows), self.steps_per_epoch, self.total)

    def _remaining(self) -> Iterator[Batch]:
        for epoch in range(self.step // self.steps_per_epoch, self.recipe.epochs):
            done = self.step - epoch * self.steps_per_epoch
            drawn = batches(self._epochs.draw(epoch), self._tokenizer, self._shares, self.recipe, epoch)
            yield from (batch for i, batch in enumerate(drawn) if i >= done)

    def go(self) -> None:
        """Trains to the end, from the last checkpoint when there is one."""
        self.resume()
        started, first, running = time.monotonic(), self.step, 0.0
        for batch in tqdm(self._remaining(), initial=first, total=self.total, mininterval=30, unit="step"):
            running = 0.98 * running + 0.02 * self._update(batch)
            if self.step % 100 == 0:
                pace = (self.step - first) / (time.monotonic() - started)
                left = (self.total - self.step) / pace / 60
                log.info("step %d/%d loss %.4f, %.0f min left", self.step, self.total, running, left)
            if self.step % self.recipe.checkpoint_every == 0:
                self.save()
        self.save()

    def _update(self, batch: Batch) -> float:
        factor = learning_rate_factor(self.step, self.total, self.recipe.warmup_share)
        for group in self.optimizer.param_groups:
            group["lr"] = self.recipe.learning_rate * factor
        if not self._as_int8 and self.step >= self.total * (1 - self.recipe.int8_share):
            quantise_while_training(self.model.bert.encoder)
            self._as_int8 = True
        loss = loss_of(self.model, self._teachers, batch, self.recipe)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.trained, 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.step += 1
        if self.step % self.recipe.average_every == 0:
            torch._foreach_lerp_(self.average, [p.detach() for p in self.trained], 1 - self.recipe.average_decay)
        return loss.item()

    def save(self) -> None:
        """Writes checkpoint.pt whole or not at all."""
        state = {
            "step": self.step,
            "model": self.model.state_dict(),
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
        }
        torch.save(state, self.folder / "checkpoint.tmp")
        (self.folder / "checkpoint.tmp").replace(self.folder / "checkpoint.pt")
        (self.folder / "recipe.json").write_text(json.dumps(self.recipe.as_dict(), indent=1))

    def resume(self) -> None:
        """Takes up the last checkpoint of this folder, if any."""
        path = self.folder / "checkpoint.pt"
        if path.exists():
            state = torch.load(path, weights_only=True)
            self.step, self.average = state["step"], state["average"]
            self.model.load_state_dict(state["model"])
            self.optimizer.load_state_dict(state["optimizer"])
            log.info("going on from step %d", self.step)

    def write(self, averaged: bool = True) -> Path:
        """The trained weights (their running average by default) as a Hugging Face checkpoint; its folder."""
        out = self.folder / "checkpoint"
        held = [p.detach().clone() for p in self.trained]
        for p, mean in zip(self.trained, self.average if averaged else held, strict=True):
            p.data.copy_(mean)
        self.model.save_pretrained(out)
        for p, value in zip(self.trained, held, strict=True):
            p.data.copy_(value)
        save_tokenizer(out)
        return out
