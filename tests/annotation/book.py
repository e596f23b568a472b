"""A small codebook with a part of every kind, for tests."""

from annotation.codebook import Attribute, Choice, Codebook, Label, Layer, RelationLabel, Role

BOOK = Codebook(
    "Test",
    layers=(Layer("entity", "Entities", drawn="tint"), Layer("discourse", "Discourse")),
    labels=(
        Label("entity", "ORG", "Organisation", "ORG", "#336699", key="1"),
        Label("entity", "GPE", "Place", "GPE", "#339966", key="2"),
        Label(
            *("discourse", "CLAIM", "Claim", "CLM", "#993366"),
            key="C",
            discontinuous=True,
            nests_in_itself=True,
            attributes=(
                Attribute("kind", "Kind", "choice", "", "fact", (Choice("fact"), Choice("plan"))),
                Attribute(
                    *("when", "When", "choice", "", ""),
                    (Choice("past"), Choice("soon", only_with={"kind": ("plan",)})),
                ),
                Attribute("doubtful", "Doubtful", "flag"),
                Attribute("words", "In other words", "text"),
            ),
        ),
        Label("discourse", "SOURCE", "Source", "SRC", "#996633", key="S"),
        Label("discourse", "CUE", "Cue", "CUE", "#666633", key="Q"),
    ),
    relations=(
        RelationLabel(
            *("ATTRIBUTION", "Attribution", "A"),
            roles=(
                Role("claim", ("discourse/CLAIM",), 1, 1),
                Role("source", ("discourse/SOURCE",)),
                Role("cue", ("discourse/CUE",), 0, 1),
            ),
            attributes=(Attribute("duplicate", "Duplicate", "flag"),),
        ),
        RelationLabel(
            *("COREFERENCE", "Coreference", "G", True),
            roles=(Role("member", ("discourse/SOURCE", "entity/*"), 2),),
        ),
    ),
)
