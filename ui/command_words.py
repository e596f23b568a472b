"""Other words that people look for a command by, beside those that it is called by."""

WORDS: dict[str, str] = {
    "new": "create start",
    "open": "load file",
    "sample": "example demo tutorial try",
    "import": "add load articles texts files txt markdown jsonl",
    "import_folder": "add load articles texts files directory corpus",
    "export": "save corpus gold docbin spacy jsonl training data",
    "picture": "save pdf svg png html image screenshot",
    "print": "paper pdf printer preview",
    "codebook": "labels schema tagset scheme categories attributes relations settings colours",
    "annotator": "name user coder who settings",
    "take_over": "lock unlock write read-only another window",
    "quit": "exit close leave",
    "undo": "back revert take",
    "redo": "again repeat",
    "delete": "remove erase untag",
    "note": "comment remark memo",
    "who": "source event registry entry mention name person organisation identify alias",
    "sources": "registry people persons organisations list panel merge split aliases duplicates",
    "events": "registry list panel merge split duplicates",
    "attributes": "properties features values",
    "find": "search look text ctrl-f",
    "search": "find look everywhere corpus",
    "compact": "compress shrink size log undo vacuum space history old",
    "reindex": "rebuild repair full-text fts find",
    "fragment": "discontinuous split part gap",
    "cut": "discontinuous split part gap",
    "everywhere": "all occurrences same words repeat",
    "sticky": "brush marker hold lock keep",
    "cycle_pick": "nested inner overlapping select",
    "link": "relation connect arrow",
    "card": "form source cue who said",
    "next_tied": "relation follow jump",
    "accept": "confirm yes keep",
    "reject": "no dismiss wrong",
    "blind_article": "blind suggestions test unbiased",
    "blind_project": "blind suggestions test unbiased",
    "team": "template colleagues group shared configuration keys settings codebook",
    "save_team": "template colleagues group shared configuration export",
    "models": "spacy language wheel install add ner french german",
    "prehighlight": "spacy model ner entities automatic suggest predict",
    "zoom_in": "zoom bigger increase font size magnify enlarge",
    "zoom_out": "zoom smaller decrease font size reduce",
    "zoom_reset": "zoom 100% reset normal default font size",
    "reading": "settings preferences options appearance theme dark light night mode contrast zoom "
    "font size width spacing display look",
    "focus": "fullscreen full screen distraction zen focus hide panels",
    "relations_in_view": "arrows lines connectors links show",
    "cards": "form source cue show",
    "history": "log changes versions who when revert restore audit time",
    "outline": "list spans overview contents",
    "commands": "palette",
    "explain": "help definition guide meaning manual",
    "keys": "help shortcuts keyboard hotkeys bindings cheat sheet",
    "change_keys": "settings preferences shortcuts keyboard hotkeys bindings customise customize",
    "welcome": "help start tutorial introduction first steps",
    "about": "version licence license help",
    "theme/": "theme appearance colours colors system settings mode",
    "theme/light": "theme appearance colours colors settings day bright white mode",
    "theme/dark": "theme appearance colours colors settings night black mode",
    "theme/high contrast light": "theme appearance colours colors settings accessibility mode",
    "theme/high contrast dark": "theme appearance colours colors settings accessibility night mode",
}
"""By the names of the actions; themes go by `theme/` and their name."""


def fits(query: str, words: str) -> float | None:
    """Return how well a query is the beginnings of such words, as points; None if it is not."""
    wanted, known = query.casefold().split(), words.casefold().split()
    if not wanted or not all(any(word.startswith(w) for word in known) for w in wanted):
        return None
    return 8.0 * len(wanted) + 5.0 * sum(map(len, wanted)) - 2.0
