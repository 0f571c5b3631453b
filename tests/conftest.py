"""A tiny encoder and models trained on it, so that most tests need no minute of computing."""

import shutil
from pathlib import Path

import pytest

from tone.encoding import pretrained_folder

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "seeds" / "corpus"


@pytest.fixture(scope="session")
def tiny_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a random two-layer BERT of width 32 and the real tokenizer."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertModel

    folder = tmp_path_factory.mktemp("encoder")
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
    return folder


@pytest.fixture(scope="session")
def small_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty articles of the labelled corpus."""
    folder = tmp_path_factory.mktemp("corpus")
    for path in sorted(CORPUS.glob("*.txt"))[:30]:
        shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="session")
def tiny_models(tiny_encoder: Path, small_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All three models, trained on the small corpus with the tiny encoder."""
    from tone.models import PARTS
    from tone.training import train

    folder = tmp_path_factory.mktemp("models")
    train(PARTS, corpora=[small_corpus], models_folder=folder, encoder=str(tiny_encoder), seed=1, log=lambda _: None)
    return folder
