"""The README.txt that lies in an export's folder, for whoever trains on it."""

from collections.abc import Sequence

from annotation.codebook import Codebook
from annotation.exporting.exporter import ENTITY_LAYER
from annotation.exporting.group_keys import ALL_SPANS, GroupKeys
from annotation.exporting.training import Task

_FILES = """\
A gold corpus of annotated news articles, exported by Pressmark for spaCy 3.8

corpus.spacy    every exported article; doc.user_data["pressmark"] holds everything exactly
codebook.toml   the labels, attributes and relations, with definitions
losses.txt      what Docs cannot hold exactly and what was left out (losses.jsonl: for programs)
manifest.json   counts, SHA-256 of each file, and the state of each layer of each article
"""

_TRAIN = """\
Train, from this folder (the model goes elsewhere, so that the folder stays as it was written):

{commands}
A short try: add --training.max_steps 200. What spaCy makes of the data:

{checks}
train.spacy and dev.spacy hold the articles that have what the task needs; which side an article
is on depends on its text alone. NER may see articles whose other layers are missing; spancat
sees only articles in which all exported layers besides the entities are complete.
"""

_NOTHING = "There is nothing to train on in this export; manifest.json and losses.txt say why.\n"

_READ = """\
Read:

    import spacy
    from spacy.tokens import DocBin
    nlp = spacy.blank("en")
    for doc in DocBin().from_disk("corpus.spacy").get_docs(nlp.vocab):
        print(doc.ents, dict(doc.spans), doc.user_data["pressmark"]["relations"])

A corpus of more than four million tokens is a folder corpus.spacy/ with 0001.spacy and so on.

doc.ents              the layer {entity}
doc.spans[...]        {groups}
doc.spans["{all_spans}"]       all of these, for spancat
doc.user_data["pressmark"]["layers"]
                      "complete": no label means none;
                      "open": labels are there, but others may be lacking;
                      "missing": nobody looked. Its entities are missing, never O; its keys are
                      absent from doc.spans
"""


def guide(trained: Sequence[Task], keys: GroupKeys, codebook: Codebook) -> str:
    """Return the text of README.txt; `trained` are the tasks that have a folder."""
    commands = "".join(
        f"    python -m spacy train {task}/config.cfg --output ../model-{task}\n"
        for task in trained
    )
    checks = "".join(f"    python -m spacy debug data {task}/config.cfg\n" for task in trained)
    groups = [
        key
        for layer in codebook.layers
        if layer.name != ENTITY_LAYER
        for key in keys.of_layer(layer.name)
    ]
    train = _TRAIN.format(commands=commands, checks=checks) if trained else _NOTHING
    read = _READ.format(entity=ENTITY_LAYER, groups=", ".join(groups), all_spans=ALL_SPANS)
    return "\n".join((_FILES, train, read))
