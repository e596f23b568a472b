"""The configurations with which spaCy trains on an export, on a CPU and without downloads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Literal

from annotation.exporting.group_keys import ALL_SPANS

Task = Literal["ner", "spancat"]

LONGEST_SUGGESTION = 48
"""spancat weighs every stretch up to a length; beyond this, memory and time run away."""

COVERED = 0.9
"""The share of a label's spans whose length spancat should be able to suggest."""

Lengths = Mapping[str, Counter[int]]
"""By label: how many spans there are of each length in tokens."""

_COMMON = """
[paths]
train = "{task}/train.spacy"
dev = "{task}/dev.spacy"
vectors = null
init_tok2vec = null

[system]
gpu_allocator = null
seed = 0

[nlp]
lang = "{language}"
pipeline = ["tok2vec","{task}"]
batch_size = {batch_size}
disabled = []
before_creation = null
after_creation = null
after_pipeline_creation = null

[components]

[components.tok2vec]
factory = "tok2vec"

[components.tok2vec.model]
@architectures = "spacy.Tok2Vec.v2"

[components.tok2vec.model.embed]
@architectures = "spacy.MultiHashEmbed.v2"
width = ${{components.tok2vec.model.encode.width}}
attrs = ["NORM","PREFIX","SUFFIX","SHAPE"]
rows = [5000,1000,2500,2500]
include_static_vectors = false

[components.tok2vec.model.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
width = 96
depth = 4
window_size = 1
maxout_pieces = 3

[corpora]

[corpora.train]
@readers = "spacy.Corpus.v1"
path = ${{paths.train}}
max_length = 0
gold_preproc = false
limit = 0
augmenter = null

[corpora.dev]
@readers = "spacy.Corpus.v1"
path = ${{paths.dev}}
max_length = 0
gold_preproc = false
limit = 0
augmenter = null

[training]
train_corpus = "corpora.train"
dev_corpus = "corpora.dev"
seed = ${{system.seed}}
gpu_allocator = ${{system.gpu_allocator}}
dropout = 0.1
accumulate_gradient = 1
patience = 1600
max_epochs = 0
max_steps = 10000
eval_frequency = 100
frozen_components = []
annotating_components = []
before_to_disk = null
before_update = null

[training.batcher]
@batchers = "spacy.batch_by_words.v1"
discard_oversize = false
tolerance = 0.2
get_length = null

[training.batcher.size]
@schedules = "compounding.v1"
start = 100
stop = 1000
compound = 1.001
t = 0.0

[training.logger]
@loggers = "spacy.ConsoleLogger.v1"
progress_bar = false

[training.optimizer]
@optimizers = "Adam.v1"
beta1 = 0.9
beta2 = 0.999
L2_is_weight_decay = true
L2 = 0.01
grad_clip = 1.0
use_averages = false
eps = 0.00000001
learn_rate = 0.001

[pretraining]

[initialize]
vectors = ${{paths.vectors}}
init_tok2vec = ${{paths.init_tok2vec}}
vocab_data = null
lookups = null
before_init = null
after_init = null

[initialize.components]

[initialize.tokenizer]
"""

_NER = """
[components.ner]
factory = "ner"
moves = null
update_with_oracle_cut_size = 100
incorrect_spans_key = null

[components.ner.model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "ner"
extra_state_tokens = false
hidden_width = 64
maxout_pieces = 2
use_upper = true
nO = null

[components.ner.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = ${components.tok2vec.model.encode.width}
upstream = "*"

[components.ner.scorer]
@scorers = "spacy.ner_scorer.v1"

[training.score_weights]
ents_f = 1.0
ents_p = 0.0
ents_r = 0.0
ents_per_type = null
"""

_SPANCAT = """
[components.spancat]
factory = "spancat"
max_positive = null
spans_key = "{key}"
threshold = 0.5

[components.spancat.model]
@architectures = "spacy.SpanCategorizer.v1"

[components.spancat.model.reducer]
@layers = "spacy.mean_max_reducer.v1"
hidden_size = 128

[components.spancat.model.scorer]
@layers = "spacy.LinearLogistic.v1"
nO = null
nI = null

[components.spancat.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = ${{components.tok2vec.model.encode.width}}
upstream = "*"

[components.spancat.scorer]
@scorers = "spacy.spancat_scorer.v1"

[components.spancat.suggester]
@misc = "spacy.ngram_range_suggester.v1"
min_size = {shortest}
max_size = {longest}

[training.score_weights]
spans_{key}_f = 1.0
spans_{key}_p = 0.0
spans_{key}_r = 0.0
"""


def training_config(task: Task, language: str, lengths: Lengths) -> str:
    """Return the text of a complete spaCy 3.8 configuration (https://spacy.io/api/data-formats).

    Paths are relative to the export's folder. `lengths` counts spans by their number of
    tokens and sets what spancat suggests; the tokenizer is the one the Docs were made with.
    """
    from spacy.util import get_lang_class
    from thinc.api import Config

    # A batch in which every stretch of every article is weighed must be small.
    batch_size = 1000 if task == "ner" else 4
    text = _COMMON.format(task=task, language=language, batch_size=batch_size)
    if task == "ner":
        text += _NER
    else:
        shortest, longest = suggested_lengths(lengths)
        text += _SPANCAT.format(key=ALL_SPANS, shortest=shortest, longest=longest)
    config = Config().from_str(text, interpolate=False)
    config["nlp"]["tokenizer"] = get_lang_class(language).default_config["nlp"]["tokenizer"]
    config["nlp"]["vectors"] = {"@vectors": "spacy.Vectors.v1"}
    return str(config.to_str(interpolate=False)) + "\n"


def suggested_lengths(lengths: Lengths) -> tuple[int, int]:
    """Return the shortest and longest stretch, in tokens, that spancat should suggest.

    Each label counts by itself, or many short cues would hide the long claims.
    """
    shortest = min((min(counts) for counts in lengths.values()), default=1)
    longest = max((_quantile(counts) for counts in lengths.values()), default=1)
    return shortest, max(shortest, min(longest, LONGEST_SUGGESTION))


def coverage(lengths: Lengths) -> float:
    """Return the share of spans, from 0 to 1, whose length spancat suggests."""
    _, longest = suggested_lengths(lengths)
    total = sum(counts.total() for counts in lengths.values())
    covered = sum(
        n for counts in lengths.values() for length, n in counts.items() if length <= longest
    )
    return covered / total if total else 1.0


def _quantile(counts: Counter[int]) -> int:
    """Return the smallest length that covers `COVERED` of the spans."""
    wanted = COVERED * counts.total()
    reached = 0
    for length in sorted(counts):
        reached += counts[length]
        if reached >= wanted:
            break
    return length
