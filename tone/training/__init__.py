"""From labelled corpora to the models on disk."""
