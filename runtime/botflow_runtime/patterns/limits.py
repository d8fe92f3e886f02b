"""Every limit of patterns, in one place."""

MAX_PATTERN_LENGTH = 4096
"""Characters of one pattern."""

MAX_NESTING = 100
"""Groups and sets inside each other."""

MAX_REPEAT = 65_535
"""Highest count in braces: a message has no more characters."""

MAX_EXPANSION = 100_000
"""Instructions of a pattern once the repetitions that must be there are written out: some 40 MB, 0.2 s to compile."""

PATTERN_SECONDS = 0.020
"""Processor time one pattern may use on one message."""

MESSAGE_SECONDS = 0.050
"""Processor time all patterns together may use on one message."""

FIRST_SLICE_SECONDS = 0.001
"""What each pattern gets in the first round of a set, so that one slow pattern does not starve the others."""

LINEAR_STEPS = 1_500_000
"""Program size times bytes of text up to which the linear engine surely ends within a pattern's time."""

FEW_PATTERNS = 8
"""A set of so few patterns tries them one by one: that takes less than making its one pass ready."""

UNCLOCKED_STEPS = 75_000
"""Steps (program size times bytes of text) of linear searches on one message that go without a look at the clock: about
a millisecond at worst. A look costs as much as a short search."""

LINEAR_REPEAT = 1000
"""The linear engine's highest count in braces."""

LINEAR_MEMORY = 256 << 10
"""Bytes one linear program and its cache may hold."""

LINEAR_PROGRAMS = 4096
"""Linear programs kept compiled, over all patterns."""

BACKTRACKING_PROGRAMS = 1024
"""Backtracking programs kept compiled, over all patterns."""

BACKTRACKING_MEMORY = 128 << 20
"""Bytes that they hold together, about; one at least is kept."""

SET_MEMORY = 256 << 20
"""Bytes one set of factors and its cache may hold; a set that needs more is cut in two."""

FACTOR_LENGTH = 16
"""Characters of the part of a pattern that the set looks for."""

FACTOR_WEIGHT = 8192
"""About how many instructions one factor may take in a set."""

BITS_AT_AN_END = 1.5
"""What the first and last piece of a factor must at least tell: letters do (4.5), a set of all letters does not (0.9).
A set of characters at the start keeps its pattern alive at every character, which makes the whole set slow."""

SHARD_WEIGHT = 8192
"""Instructions of one set, about: with CHUNK_LENGTH it bounds the time of a call that cannot be interrupted."""

FACTORS_TO_CHOOSE_FROM = 3
"""Parts of one pattern a set chooses from; it takes the one that the fewest others share."""

CHUNK_LENGTH = 256
"""Characters of marked text a set reads in one call."""

BOUNDARIES_AT_ONE_PLACE = 2
"""Word boundaries the linear engine can test at one position."""

FOLD_VARIANTS = 64
"""Ways to write one run of letters with ligatures and the like (ss, ß) that are tried."""

MAX_SAMPLES = 8
"""Texts generated from one pattern."""

MAX_SAMPLE_LENGTH = 200
"""Characters of a generated text."""

GRAM_LENGTHS = (8, 3)
"""Lengths of the stretches that plain texts are filed under, longest first."""

LITERALS = 32
"""Plain texts that one part of a pattern may stand for."""

LITERAL_LENGTH = 64
"""Characters of such a text."""

LITERAL_MEMBERS = 12
"""Characters of a set that is written out as plain texts."""

LITERALS_PER_CLOCK = 32
"""Patterns whose plain texts are looked for between two looks at the clock."""

SAMPLED_PATTERNS = 8192
"""Patterns whose samples are kept."""
