"""Patterns and texts for properties: few letters, so that they meet; the letters that are hard among them."""

from hypothesis import strategies as st

LETTERS = "abkKsSß éñÑſ\u0301_1٣-.\n\r\u2028ﬁfiİσς👍"
TEXTS = st.text(st.sampled_from(LETTERS), max_size=12)
ANY_TEXTS = TEXTS | st.text(st.characters(), max_size=12) | st.text(st.characters(categories=["Cs", "Cc"]), max_size=3)

_ATOMS = st.sampled_from(
    [
        *"abksSñé_1-",
        "ß",
        "ſ",
        "\u0301",
        "σ",
        "İ",
        "ss",
        "fi",
        "ab",
        "niñ",
        ".",
        r"\w",
        r"\d",
        r"\s",
        r"\W",
        r"\D",
        r"\h",
        *("[ab]", "[^a]", "[ñé]", "[[:alpha:]]", "[^[:space:]]", "[a-s]", "[ß]", r"\p{L}", r"\p{Lu}", r"[\w&&[^a]]"),
        *(
            r"\b",
            "^",
            "$",
            r"\A",
            r"\z",
            r"\Z",
            "[[:<:]]",
            "[[:>:]]",
            r"\R",
            "(?s:.)",
            "(?-i:s)",
            "(?-i:Ñ)",
            "(?-i:[a-k])",
        ),
    ]
)
_ODD_ATOMS = st.sampled_from(
    [r"\B", "(?m:^)", "(?m:$)", r"\X", "(?=a)", "(?!b)", "(?<=a)", "(?<!s)", "(?>a|ab)", "a++", r"(a)(?:\1)"]
)
_QUANTIFIERS = st.sampled_from(["*", "+", "?", "{2}", "{0,2}", "{1,}", "*?", "+?"])


def _patterns(atoms: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.recursive(
        atoms,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=4).map("".join),
            st.tuples(inner, inner).map("|".join).map("(?:{})".format),
            inner.map("({})".format),
            st.tuples(inner, _QUANTIFIERS).map(lambda both: f"(?:{both[0]}){both[1]}"),
        ),
        max_leaves=8,
    )


REGULAR_PATTERNS = _patterns(_ATOMS)
"""Mostly such as RE2 can run."""

PATTERNS = _patterns(_ATOMS | _ODD_ATOMS)
