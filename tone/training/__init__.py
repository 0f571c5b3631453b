"""From labelled corpora to the models on disk."""

from tone.training.run import train

__all__ = ["train"]
