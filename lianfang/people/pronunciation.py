"""How Chinese names are said, for searching by pinyin."""


def syllables(text: str) -> list[str]:
    """One syllable without tone for each character; what is not Chinese stands for itself."""
    # Imported here: its dictionaries take a moment to load, and most commands need none.
    from pypinyin import Style, lazy_pinyin

    said: list[str] = []
    for character in text:
        spoken = lazy_pinyin(character, style=Style.NORMAL, errors="default")
        said.append((spoken[0] if spoken else character) or character)
    return said
