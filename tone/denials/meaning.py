"""What sentences mean, as vectors of the pretrained encoder."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


def vectors(texts: Sequence[str]) -> Vectors:
    """A vector of length 1 for each text: the mean of its tokens' states, (texts, 384).

    The encoder is all-MiniLM-L6-v2 as published (Sentence-BERT, Reimers and Gurevych 2019), trained so that sentences
    of one meaning lie close together; the one that was tuned for tone has forgotten some of that. Each text is read by
    itself; what is longer than 254 tokens is cut off. Raises EncoderError.
    """
    from tone.encoding import Encoder, load_backbone, pretrained_folder
    from tone.records import Span
    from tone.windows import windows

    encoder = Encoder.ready(*load_backbone(pretrained_folder()))
    read = windows(encoder.tokenizer, texts, [[Span(0, len(text))] for text in texts])
    width = int(encoder.model.config.hidden_size)  # type: ignore[union-attr,arg-type]
    means = np.zeros((len(texts), width), dtype=np.float32)
    for part in encoder.states(read):
        for which, start in zip(part.windows, part.starts, strict=True):
            means[which] = part.states[start : start + len(read[which].ids)].float().mean(0).cpu().numpy()
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    return np.asarray(means / np.maximum(lengths, 1e-9), dtype=np.float32)
