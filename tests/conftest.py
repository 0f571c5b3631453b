"""A tiny encoder and models trained on it, so that most tests need no minute of computing."""

from pathlib import Path

import pytest

from tests import tiny


@pytest.fixture(scope="session")
def tiny_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a random two-layer BERT of width 32 and the real tokenizer."""
    folder = tmp_path_factory.mktemp("encoder")
    tiny.make_encoder(folder)
    return folder


@pytest.fixture(scope="session")
def small_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty articles of the labelled corpus."""
    folder = tmp_path_factory.mktemp("corpus")
    tiny.copy_corpus(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_models(tiny_encoder: Path, small_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All three models, trained on the small corpus with the tiny encoder."""
    folder = tmp_path_factory.mktemp("models")
    tiny.make_models(folder, tiny_encoder, small_corpus)
    return folder
