"""What `tone score` does, written as one would with `transformers.pipeline`: article by article, sentence by sentence.

The tagger is a token-classification pipeline, the tone model a feature-extraction pipeline with its pooling and its
layers on top, both in fp32 and with the batch size of 1 that pipelines have; their weights are the shipped ones. Where
tagger and tone model share an encoder, the first can be left out: its layer then reads the features, too.
Sentences, attributions, speakers, claims and dates are those of the package.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import nn
from transformers import AutoModelForTokenClassification, PreTrainedModel, pipeline

from tone import adapters, claims, speakers
from tone.claims import ClaimModel
from tone.codebook import CLAIMS, TONES
from tone.models import open_model
from tone.quotes import tagger as tagger_model
from tone.quotes.extract import attributions
from tone.quotes.tagger import Piece
from tone.quotes.tags import TAGS, best_path, decode
from tone.records import Article, Span
from tone.segmenting import paragraphs, split
from tone.tones import softmax
from tone.when import resolve


@dataclass(frozen=True, slots=True)
class Plain:
    """The three models: two pipelines, and the layers on top of the second as `tone.tones.ToneModel` has them.

    ``tags`` are the tagger's weight and bias; without the pipeline ``tagger`` they read the features.
    """

    tagger: Any | None
    features: Any
    heads: dict[str, NDArray[np.float32]]
    tags: tuple[NDArray[np.float32], NDArray[np.float32]]
    claims: ClaimModel


def load(models: Path) -> Plain:
    """The models of a folder as pipelines. Raises ModelError or EncoderError."""
    make: Any = pipeline  # its overloads know no plain module
    tone, tokenizer, layers = _tuned(models, "tone")
    own = open_model(models, "quotes")
    if tagger_model.HEAD in own.config["files"]:
        tuned, heads = tone, load_file(own.file(tagger_model.HEAD))
    else:
        tuned, _, heads = _tuned(models, "quotes")
    names = dict(enumerate(TAGS))
    config = tuned.config.__class__.from_dict({**tuned.config.to_dict(), "id2label": names, "label2id": None})
    auto: Any = AutoModelForTokenClassification
    tagger = auto.from_config(config).eval()
    getattr(tagger, tagger.base_model_prefix).load_state_dict(tuned.state_dict())
    tagger.classifier.load_state_dict(heads)
    return Plain(
        make("token-classification", model=tagger, tokenizer=tokenizer, device="cpu", aggregation_strategy="simple"),
        make("feature-extraction", model=tone, tokenizer=tokenizer, device="cpu", tokenize_kwargs={"truncation": True}),
        {name: tensor.numpy() for name, tensor in layers.items()},
        (heads["weight"].float().numpy(), heads["bias"].float().numpy()),
        claims.load(models),
    )


def score(articles: Sequence[Article], models: Plain, out: Path) -> int:
    """Score articles one after the other and write a row a sentence to ``out``; gives the number of sentences."""
    rows = [row for article in articles for row in _rows(article, models)]
    pd.DataFrame(rows).to_parquet(out)
    return len(rows)


def _tuned(models: Path, part: str) -> tuple[PreTrainedModel, Any, dict[str, Any]]:
    """A part's encoder in fp32, its tokenizer, and the layers on top."""
    stored = open_model(models, part)
    model, tokenizer = adapters.backbone(stored.config["encoder"])
    tensors = load_file(stored.file(adapters.FILE))
    heads = {name.removeprefix("head."): tensors.pop(name).float() for name in list(tensors) if "head." in name}
    adapters.apply(model, tensors)
    assert isinstance(model, nn.Module) and isinstance(model, PreTrainedModel)
    return model, tokenizer, heads


def _rows(article: Article, models: Plain) -> list[dict[str, Any]]:
    sentences = split(article.text, article.body_start)
    texts = [sentence.of(article.text) for sentence in sentences]
    features = [np.array(states[0], dtype=np.float32) for states in models.features(texts)]
    if models.tagger is None:
        pieces = [
            p for at, text, own in zip(sentences, texts, features, strict=True) for p in _tagged(at, text, own, models)
        ]
    else:
        pieces = [
            Piece(
                found["entity_group"], Span(at.start + found["start"], at.start + found["end"]), float(found["score"])
            )
            for at, tagged in zip(sentences, models.tagger(texts), strict=True)
            for found in tagged
        ]
    quotes = attributions(article.text, sentences, paragraphs(article.text, article.body_start), pieces)
    named = speakers.resolve(article, sentences, quotes)
    who = speakers.of_sentences(article.text, sentences, quotes, named)
    rows = []
    for number, (span, text, states, speaker) in enumerate(zip(sentences, texts, features, who, strict=True)):
        tone, scores = _tone(states[1:-1], models.heads)
        likely = models.claims.probabilities([text], scores[None])
        made = dict(zip(CLAIMS, models.claims.decide(likely)[0].tolist(), strict=True))
        when = resolve(text, article.date) if article.date and made["schedule"] else None
        rows.append(
            {
                "article": article.id,
                "sentence": number,
                "start": span.start,
                "end": span.end,
                "text": text,
                "speaker": speaker.name if speaker else None,
                "tone": TONES[int(tone.argmax())],
                **{f"p_{name}": float(p) for name, p in zip(TONES, tone, strict=True)},
                **made,
                "when_start": when.start if when else None,
                "when_end": when.end if when else None,
                "date": article.date,
            }
        )
    return rows


def _tagged(sentence: Span, text: str, states: NDArray[np.float32], models: Plain) -> list[Piece]:
    """The spans of a sentence, from its tokens' states (tokens with the two at the ends, width)."""
    weight, bias = models.tags
    scores = states[1:-1] @ weight.T + bias
    if not len(scores):
        return []
    likely = softmax(scores)
    chars = models.features.tokenizer(text, return_offsets_mapping=True, truncation=True)["offset_mapping"][1:-1]
    return [
        Piece(
            role, Span(sentence.start + chars[a][0], sentence.start + chars[b - 1][1]), float(likely[a:b].max(1).mean())
        )
        for role, a, b in decode(best_path(np.log(likely)))
    ]


def _tone(
    states: NDArray[np.float32], heads: dict[str, NDArray[np.float32]]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """A sentence's tone probabilities, and its scores for the claims, from its tokens' states (tokens, width)."""
    scores = states @ heads["queries"].T
    weights = np.exp(scores - scores.max(axis=0))
    pooled = (weights / weights.sum(axis=0)).T @ states
    powers = np.exp(pooled[0] @ heads["weight"].T + heads["bias"])
    return powers / powers.sum(), (pooled[1:] * heads["claim_weight"]).sum(axis=1) + heads["claim_bias"]
