"""Who said what, in what tone, claiming what: per-speaker tone and claims from news articles."""
