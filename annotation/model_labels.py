"""What models of other languages call the entities that the default codebook has a label for.

The labels are those of spaCy's models: OntoNotes' for English, Chinese and Dutch; WikiNER's and
others elsewhere (spacy.io/models). `MISC` has no label that means the same.
"""

from annotation.codebook import Codebook

SAME = {
    **{"PER": "PERSON", "PRS": "PERSON", "persName": "PERSON"},
    **{"orgName": "ORG", "placeName": "GPE", "geogName": "LOC"},
    **{"date": "DATE", "time": "TIME"},
}
"""A model's label and ours."""


def label_for(codebook: Codebook, layer: str, label: str) -> str:
    """Return the codebook's label for a model's; the model's own where it has that or neither."""
    ours = SAME.get(label, label)
    if codebook.label(layer, label) or not codebook.label(layer, ours):
        return label
    return ours
