PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test browser check lint types corpus format benchmark samples notebooks screenshots clean

demo: $(VENV)/ready  ## score the sample collection and show the per-speaker table
	$(BIN)/tone score seeds/articles -o out --overwrite
	$(BIN)/tone report out

test: $(VENV)/ready  ## run the tests
	$(BIN)/pytest

browser: $(VENV)/ready  ## test the page in the system's Chromium
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev,browser]'
	$(BIN)/pytest tests/browser

check: lint types corpus test  ## everything that must hold before a commit

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/ready
	$(BIN)/mypy

corpus: $(VENV)/ready  ## validate the labelled corpus
	$(BIN)/python -m tone.training.validate seeds/corpus

format: $(VENV)/ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

benchmark: $(VENV)/ready  ## the encoder, and the whole of `tone score`, beside transformers.pipeline
	$(BIN)/python tests/benchmarks/throughput.py --at-least 5
	$(BIN)/python -m tests.benchmarks.end_to_end --at-least 3 --encoder-share 0.6 --rest 0.15

samples: $(VENV)/ready  ## write the sample collection anew from the corpus
	$(BIN)/python seeds/make_samples.py

notebooks: $(VENV)/ready  ## execute the notebooks anew; their outputs are kept
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev,notebook,execute]'
	$(BIN)/python notebooks/execute.py

screenshots: $(VENV)/ready  ## pictures of the page and of a chart for the README, from the sample collection
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev,browser,notebook]'
	$(BIN)/tone score seeds/articles -o out --overwrite
	$(BIN)/python -m tests.browser.screenshots out notebooks/pictures

$(VENV)/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) out dist build
