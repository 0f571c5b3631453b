"""A tiny encoder and models trained on it, for tests and for measuring what does not depend on the models."""

import shutil
from pathlib import Path

from tone.encoding import pretrained_folder

CORPUS = Path(__file__).parents[1] / "seeds" / "corpus"


def make_encoder(folder: Path) -> None:
    """Write a random two-layer BERT of width 32 and the real tokenizer."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertModel

    torch.manual_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(pretrained_folder(), local_files_only=True)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=512,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def copy_corpus(folder: Path) -> None:
    """Copy thirty articles of the labelled corpus."""
    folder.mkdir(exist_ok=True)
    for path in sorted(CORPUS.glob("*.txt"))[:30]:
        shutil.copy(path, folder)


def make_models(folder: Path, encoder: Path, corpus: Path) -> None:
    """Train all three models on the small corpus with the tiny encoder."""
    from tone.models import PARTS
    from tone.training import train

    train(PARTS, corpora=[corpus], models_folder=folder, encoder=str(encoder), seed=1, log=lambda _: None)


def all_in(folder: Path) -> Path:
    """Make encoder, corpus and models in a folder; returns that of the models."""
    folder.mkdir()
    make_encoder(folder / "encoder")
    copy_corpus(folder / "corpus")
    make_models(folder / "models", folder / "encoder", folder / "corpus")
    return folder / "models"
