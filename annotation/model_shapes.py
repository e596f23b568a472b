"""Whether the weights of a model have the sizes that its layers and its labels say.

spaCy's parser reads weights in C without looking: where there are fewer than a layer says,
it would read beyond them.
"""

from math import prod
from typing import TYPE_CHECKING, Any

from annotation.errors import ProjectError

if TYPE_CHECKING:
    from spacy.language import Language

LAYERS: dict[str, dict[str, tuple[str, ...]]] = {
    "thinc.layers.hashembed": {"E": ("nV", "nO")},
    "thinc.layers.maxout": {"W": ("nO", "nP", "nI"), "b": ("nO", "nP")},
    "thinc.layers.mish": {"W": ("nO", "nI"), "b": ("nO",)},
    "thinc.layers.linear": {"W": ("nO", "nI"), "b": ("nO",)},
    "thinc.layers.layernorm": {"G": ("nI",), "b": ("nI",)},
    "spacy.ml.staticvectors": {"W": ("nO", "nM")},
    "spacy.ml._character_embed": {"E": ("nC", "nV", "nM")},
    "spacy.ml._precomputable_affine": {
        "W": ("nF", "nO", "nP", "nI"),
        "b": ("nO", "nP"),
        "pad": ("1", "nF", "nO", "nP"),
    },
}
"""The weights of each kind of layer and by which of its measures they are sized."""


def check_shapes(nlp: "Language") -> None:
    """Raise `ProjectError` where weights are of another size than their layer's measures."""
    for name, pipe in nlp.pipeline:
        model: Any = getattr(pipe, "model", None)
        if not hasattr(model, "walk"):
            continue
        for layer in model.walk():
            for weight in layer.param_names:
                if layer.has_param(weight) and not _fits(layer, weight):
                    raise ProjectError(f"The weights of “{name}” do not fit its layers.")
        if hasattr(pipe, "moves") and not _answers(model, pipe.moves.n_moves):
            raise ProjectError(f"The weights of “{name}” do not fit its labels.")


def _fits(layer: Any, weight: str) -> bool:
    measures = LAYERS.get(layer._func.__module__, {}).get(weight)
    if measures is None:
        return False
    sizes = [1 if m == "1" else layer.has_dim(m) and layer.get_dim(m) for m in measures]
    found = layer.get_param(weight)
    return None not in sizes and found.shape == tuple(sizes) and found.size == prod(sizes)


def _answers(model: Any, moves: int) -> bool:
    """Tell whether the last layer of a parser answers for each move that it can make."""
    last = model.get_ref("upper") if model.attrs.get("has_upper") else model.get_ref("lower")
    return bool(last.get_dim("nO") == moves)
