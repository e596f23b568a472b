"""What records are called in sentences."""

from annotation.model import Record, RegistryEntry, Relation, Review, Span, Suggestion


def named(record: Record) -> str:
    """Return what a record is called in a sentence, from its beginning."""
    match record:
        case Span():
            return f"The span {record.label} “{' … '.join(record.quotation)}” ({record.id})"
        case Relation():
            return f"The relation {record.label} ({record.id})"
        case Suggestion():
            return f"The suggestion {record.label} “{' … '.join(record.quotation)}” ({record.id})"
        case Review():
            return f"The review of the layer {record.layer} by {record.annotator}"
        case RegistryEntry():
            return f"The {record.registry} “{record.name}” in the registry ({record.id})"
