"""Patterns and texts on which MariaDB, ICU (MySQL's engine) and this engine agree, and those on which they do not."""

import html
from dataclasses import dataclass

TEXTS = """\
|a|b|ab|abc|aab|abab|aaa|A|B|AB|xyz|yes|YES|Yes please|no|No thanks|none|stop|STOP|please stop now|stopping|non-stop
hello|Hello world|hello, world!|hello_world|hello  world|order 12345|order no. 7|Order #99|12|123|1234567890|3.14|-7
1a2b|a1|user@example.com|me@x|http://example.com/a?b=c|+34 600 123 456|10:30|2026-03-01|$5|5€|50%|[x]|{y}|(z)|a.b|a\\b
pizza|PIZZA|Pizza grande|una pizza|pizzas|piza|pizzza|pasta|small|s|large|l|colour|color|gray|grey|cat|dog|catdog
niño|NIÑO|niños|un niño aquí|año|Año nuevo|años|mañana|MAÑANA|¿qué tal?|Qué|sí|SÍ|si|café|CAFÉ|cafe|Íñigo
árbol|über|ÜBER|Ελλάδα|ΕΛΛΆΔΑ|привет|ПРИВЕТ
日本語|👍|👍 ok|😀😀|foo\tbar|foo bar|  spaces  |tab\t|a-b|a_b|x+y=z|a|^|$|*|?|\\|~
`|"q"|'q'|;
"""
TEXTS_TO_TRY = [text for line in TEXTS.splitlines() for text in line.split("|")] + ["foo\nbar", "foo\n", "\n", " ", "|"]

PLAIN = """\
a
pizza
PIZZA
stop
hello world
order
niño
NIÑO
año
café
é
привет
Ελλάδα
日本
👍
😀
hello, world!
user@example
a-b
a_b
12345
#99
%
;
"q"
'q'
:
a=b
y=z
"""

ANCHORS = r"""
^a
a$
^a$
^abc$
^yes$
^no
now$
^$
^niño$
^.$
^..$
^pizza
pizza$
\Aab
ab\z
ab\Z
^[[:digit:]]+$
^[a-z]+$
^\s
\s$
^(yes|no)$
^yes|no$
^s(mall)?$
^l(arge)?$
"""

QUANTIFIERS = r"""
a*
a+
a?
aa
a{2}
a{2,}
a{1,2}
a{0}
^a{3}$
^(ab){2}$
^(ab)+$
piz+a
^piz{2}a$
^piz{2,3}a$
colou?r
gr[ae]y
(ab)*c
a+?b
a*?b
a??b
a{1,2}?b
a++b
a*+b
a?+b
^\d{2,4}$
\d{4}-\d{2}-\d{2}
(cat|dog){2}
(cat|dog)+$
^(a|b|ab)*c$
"""

CHOICES = r"""
yes|no
cat|dog
pizza|pasta
^(pizza|pasta)$
(small|large|s|l)
a||b
()
(|a)b
(a|)b
hello( world)?
(hello|hola)
sí|si
(?:cat|dog)$
(niño|año)s?
(a)(b)(c)
((a)(b))
((a|b)c)
stop(ping)?
(yes)? ?please
"""

SETS = r"""
[abc]
[^abc]
[a-c]
[a-cx-z]
^[^a]$
[]a]
[^]a]
[a-]
[-a]
[.]
[$]
[*+?]
[(){}]
[|]
[\^]
[\]]
[\[]
[\\]
[\-x]
[\d]
[\D]
[\w.]
[\s]
[^\s]
^[^\W\d]+$
[0-9a-f]+
^[0-9]+$
[áéíóú]
[ñÑ]
[а-я]
[α-ω]
^[ -~]+$
[!-/]
[@#$%]
[^[:alnum:][:space:]]
[[:alpha:]]
^[[:alpha:]]+$
[[:digit:]]
^[[:digit:]]+$
[[:alnum:]]
^[[:alnum:]]+$
[[:space:]]
[[:xdigit:]]
^[[:xdigit:]]+$
[[:blank:]]
[[:cntrl:]]
[[:digit:][:space:]]
[[:alpha:]_]
[^[:alpha:]]
[^[:digit:]]
[^[:space:]]
[[:^alpha:]]
[[:^digit:]]
order[[:space:]]+[[:digit:]]+
[[:alpha:]]+@[[:alpha:]]+
[[:digit:]]{2}:[[:digit:]]{2}
"""

WORDS = r"""
\bstop\b
\bno\b
\bsi\b
\bsí\b
\bniño\b
\baño\b
\baños?\b
\bqué\b
\bárbol
\bpizza
pizza\b
\b\d+\b
\bhello\b.*\bworld\b
\bun\b \bniño\b
\bok\b
\b
\B
\Bop
sto\B
\bx
[[:<:]]stop[[:>:]]
[[:<:]]no[[:>:]]
[[:<:]]año[[:>:]]
[[:<:]]niño
niño[[:>:]]
[[:<:]]si[[:>:]]
[[:<:]]hello[[:>:]] [[:<:]]world[[:>:]]
[[:<:]](pizza|pasta)[[:>:]]
[[:<:]]order[[:>:]].*[0-9]
[[:<:]]привет[[:>:]]
[[:<:]][[:>:]]
^[[:<:]]
[[:>:]]$
"""

ESCAPES = r"""
\d
\D
\w
\W
\s
\S
^\w+$
^\W+$
\d+
\d\d:\d\d
\.
a\.b
\$5
\$
\^
\*
\?
\+
\|
\(z\)
\[x\]
\{y\}
a\\b
\t
\n
\x41
\x61
\x{f1}
\x{1F600}
\h
\R
\Qa.b\E
\Q[x]\E
\Q$5\E
\/
\-7
\#99
\"q
\'q
\,
\@
\p{L}
\P{L}
\p{Nd}+
\p{Greek}
\p{Cyrillic}+
\p{Han}
^\p{L}+$
[\p{L}\p{Nd}]+
[^\p{L}]
\p{P}
\p{Sc}
\p{Zs}
\X
"""

GROUPS = r"""
(a)\1
(a|b)\1
(.)\1
(..)\1
^(.+)\1$
(\w)\1\w
(?<x>a)b\k<x>
(z)\1
(a)|b
(?:a)b
(?i)ABC
(?i:abc)
(?-i)abc
(?-i:ABC)
(?-i)[a-c]
(?-i)ñ
a(?-i)b
(?s)foo.bar
foo.bar
(?m)^bar
(?m)foo$
(?m)^foo$
(?x) a b c
(?x)a b # comment
(?#comment)abc
a(?#comment)b
(?=a)ab
a(?=b)
a(?!b)
^(?!.*stop).*$
^(?!no)
(?<=a)b
(?<!a)b
(?<=order )\d+
(?<!non-)stop
(?<=a|b)c
(?>a+)b
(?>a|ab)c
^(?=.*\d)(?=.*[a-z]).+$
(?<=^a)b
stop(?=.*now)
(?i)niño(?-i)s
"""

COMMON = r"""
^(hi|hello|hey)\b
^\s*stop\s*$
^\s*(yes|y|ok|sure)\b
(order|pedido)\s*(no\.?|#)?\s*\d+
^\+?[0-9 ]{9,15}$
^[\w.]+@[\w.]+\.[a-z]{2,}$
https?://[^\s]+
\d{1,2}:\d{2}
(quiero|dame) (un|una) .*
^(s|small|l|large)$
[[:<:]](stop|end|quit|cancel)[[:>:]]
^[^a-z]*$
^.{1,3}$
^.{4,}$
\$\d+|\d+€
(ma|pa)ñana
¿.*\?
.+
.*
a.c
a.*c
p.zz?a
^.*o.*o.*$
(foo|bar)\s(foo|bar)
hello\s+world
x.y.z
"""


def _patterns(*blocks: str) -> list[str]:
    return list(dict.fromkeys(line for block in blocks for line in block.splitlines() if line))


AGREED = _patterns(PLAIN, ANCHORS, QUANTIFIERS, CHOICES, SETS, WORDS, ESCAPES, GROUPS, COMMON)

REFUSED = None
"""Stands for an engine that refuses the pattern."""


@dataclass(frozen=True)
class Difference:
    """A text about which MariaDB and MySQL's ICU do not agree; True, False, or None where the pattern is refused."""

    pattern: str
    text: str
    mariadb: bool | None
    mysql: bool | None
    ours: bool | None
    why: str

    def row(self) -> str:
        """The row of the reference's table."""
        answers = ({True: "yes", False: "no", None: "refused"}[one] for one in (self.mariadb, self.mysql, self.ours))
        return f"| {_code(self.pattern)} | {_code(self.text)} | {' | '.join(answers)} | {self.why} |"


def _code(text: str) -> str:
    shown = "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in text)
    return f"<code>{html.escape(shown)}</code>".replace("|", "&#124;")


DIFFERENCES = [
    Difference("straße", "STRASSE", False, True, True, "ICU folds words in full: ß is ss"),
    Difference("strasse", "straße", False, True, True, "ICU folds words in full: ss is ß"),
    Difference("ﬁn", "FIN", False, True, True, "ICU folds words in full: the ligature is f and i"),
    Difference("", "a", True, REFUSED, REFUSED, "an empty pattern is refused"),
    Difference("a{", "a{", True, REFUSED, REFUSED, r"ICU wants a count after {; write \{"),
    Difference("a{,2}", "a{,2}", True, REFUSED, REFUSED, "ICU wants the lower count; write {0,2}"),
    Difference("a}", "a}", True, REFUSED, REFUSED, r"ICU refuses a stray }; write \}"),
    Difference(r"\pL", "é", True, REFUSED, REFUSED, r"ICU wants braces: \p{L}"),
    Difference("(?P<n>a)", "a", True, REFUSED, REFUSED, "ICU writes (?<n>a)"),
    Difference("(?<n_1>a)", "a", True, REFUSED, REFUSED, "ICU's names have no underscore"),
    Difference("(?|a|b)", "a", True, REFUSED, REFUSED, "ICU has no branch reset"),
    Difference("(?(?=a)a|b)", "a", True, REFUSED, REFUSED, "ICU has no conditions"),
    Difference("a(?R)?b", "ab", True, REFUSED, REFUSED, "ICU has no recursion"),
    Difference(r"(?=a)*a", "a", True, REFUSED, REFUSED, "ICU does not repeat tests of a position"),
    Difference(r"a\Kb", "ab", True, False, False, r"ICU knows no \K: it is the letter K"),
    Difference(r"\y", "y", REFUSED, True, True, "to ICU an unknown letter behind a backslash is that letter"),
    Difference("[a-z&&[^b]]", "b", False, False, False, "sets can be cut with && (PCRE2 reads the characters)"),
    Difference("[a-z&&[^b]]", "c", False, True, True, "sets can be cut with && (PCRE2 reads the characters)"),
    Difference("[a[b]c]", "b", False, True, True, "a set may hold sets (PCRE2 reads [a[b] and then c])"),
    Difference("[:alpha:]", "b", REFUSED, True, True, "ICU takes a class name without outer brackets"),
    Difference("^[[:punct:]]$", "+", True, False, False, "ICU's punct is Unicode's P: no symbols like + or $"),
    Difference("^a$", "a\r", False, True, True, r"to ICU every Unicode line break ends a line, not only \n"),
    Difference("^a.b$", "a\u2028b", True, False, False, "to ICU the dot takes no line break, of any kind"),
    Difference("(?s)^a.b$", "a\r\nb", False, True, True, "to ICU carriage return and line feed are one for the dot"),
    Difference(r"^\w$", "\u0301", False, True, True, r"ICU counts combining marks to \w"),
    Difference(
        r"\bnin\b", "nin\u0303o", True, False, False, "ICU keeps a combining mark with its letter at boundaries"
    ),
    Difference("[[.hyphen.]]", "-", REFUSED, False, True, "kept from MySQL before 8.0.4 (ICU reads the characters)"),
    Difference("[[=a=]]", "=", REFUSED, True, False, "kept from MySQL before 8.0.4 (ICU reads the characters)"),
    Difference("[[:<:]]a", "a", True, REFUSED, True, "kept from MySQL before 8.0.4"),
    Difference("a[[:>:]]", "a", True, REFUSED, True, "kept from MySQL before 8.0.4"),
    Difference("(?w)a", "a", REFUSED, True, REFUSED, "word boundaries by language are not supported"),
    Difference("(?d)a", "a", REFUSED, True, REFUSED, r"only \n as line break is not supported"),
    Difference("[[:upper:]]", "a", False, True, True, "in ICU every set takes the other case too"),
    Difference(r"\p{Lu}", "a", False, True, True, "in ICU every set takes the other case too"),
    Difference(r"^\X$", "😀😀", True, False, False, "PCRE2 joins pictures that Unicode keeps apart"),
    Difference(r"[\w--b]", "b", REFUSED, True, False, r"ICU cuts only sets out of sets like \w; here -- always cuts"),
    Difference(r"\p{age=3.2}", "a", REFUSED, True, REFUSED, "properties by Unicode version are not supported"),
]
