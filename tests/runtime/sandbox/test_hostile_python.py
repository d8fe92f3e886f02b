"""Hostile Python: every script ends as it has to, and the next run is not affected (ST-4).

A row is what the script tries, the script, and how its run ends: the kind of the error after ``!``, or, where a script
may do its worst because it only hurts itself, the value that it returns. A tuple lists alternatives that depend on
which of several limits is met first.
"""
# ruff: noqa: E501 - a script is easier to read in one line

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

SCRIPTS: list[tuple[str, str, Any]] = [
    # endless work
    ("empty loop", "while True: pass", "!cpu"),
    ("loop that catches everything", "while True:\n  try:\n    while True: pass\n  except: pass", "!cpu"),
    ("loop in a finally", "try:\n  raise ValueError\nfinally:\n  while True: pass", "!cpu"),
    ("loop in a generator", "def g():\n  while True: yield 1\nreturn sum(g())", "!cpu"),
    ("loop in C", "return sum(itertools.cycle([0]))", "!cpu"),
    ("loop in C without a look at signals", "return [].count(1) or max(range(10**12))", "!cpu"),
    ("loop in a comprehension", "return [x for x in range(10**12) if x < 0]", "!cpu"),
    ("loop in an error's text", "class E(Exception):\n  def __str__(self):\n    while True: pass\nraise E()", ("!cpu", "!syntax")),
    ("loop in a sort key", "def key(x):\n  while True: pass\nreturn sorted([1], key=key)", "!cpu"),
    ("huge power", "return 10 ** 10 ** 9", ("!cpu", "!memory")),
    ("huge power in place", "x = 3\nwhile True: x **= 3", ("!cpu", "!memory")),
    ("huge shift", "return 1 << 10 ** 12", ("!memory", "!raised")),
    ("huge factorial", "return math.factorial(10 ** 7)", "!cpu"),
    ("huge combinations", "return sum(1 for _ in itertools.permutations(range(20)))", "!cpu"),
    ("catastrophic regular expression", "return re.match('^(a+)+$', 'a' * 50 + 'b')", "!cpu"),
    ("regular expression with back-references", r"return re.match(r'^(a*)*\1\1$', 'a' * 60 + 'b')", "!cpu"),
    ("substitution with a slow pattern", "return re.sub('(x+x+)+y', '', 'x' * 10**6)", ("!cpu", "!memory")),
    ("hashing for ever", "while True: hashlib.sha256(b'x' * 10**6)", "!cpu"),
    ("JSON of a huge text", "while True: json.loads('[' + '1,' * 10**5 + '1]')", "!cpu"),
    ("sleeping", "time.sleep(1e6)", "!timeout"),
    ("waking up and sleeping", "while True: time.sleep(0.2)", "!timeout"),
    # memory
    ("growing list", "x = []\nwhile True: x.append('x' * 10**6 + str(len(x)))", "!memory"),
    ("doubling text", "x = 'x'\nwhile True: x += x", "!memory"),
    ("repetition", "return 'x' * 10**10", "!memory"),
    ("repetition of a list", "return [0] * 10**10", ("!memory", "!raised")),
    ("padding", "return 'x'.ljust(10**10)", "!memory"),
    ("padding by a format", "return f'{1:>9999999999}'", ("!memory", "!raised")),
    ("padding by a percent sign", "return '%9999999999d' % 1", ("!memory", "!raised")),
    ("padding by format()", "return format(1, '9999999999')", ("!memory", "!raised")),
    ("memory that is caught", "x = []\nwhile True:\n  try:\n    x.append('x' * 10**6)\n  except MemoryError:\n    x.append(1)", ("!cpu", "!memory", "!killed")),
    ("list of everything", "return list(range(10**9))", "!memory"),
    ("bytes", "return bytes(10**10)", "!memory"),
    ("replace that multiplies", "return ('x' * 10**5).replace('x', 'y' * 10**5)", "!memory"),
    ("join that multiplies", "return ('x' * 10**4).join(['y'] * 10**6)", "!memory"),
    ("huge set", "return len({x for x in range(10**8)})", ("!memory", "!cpu")),
    ("deque without end", "d = collections.deque()\nwhile True: d.append('x' * 10**5)", "!memory"),
    # depth
    ("recursion", "def f(): return f()\nreturn f()", "!stack"),
    ("recursion in two functions", "def f(): return g()\ndef g(): return f()\nreturn f()", "!stack"),
    ("recursion in repr", "x = []\nfor _ in range(10**5): x = [x]\nreturn repr(x)", ("!stack", "!raised")),
    ("recursion in JSON", "return json.loads('[' * 10**5)", ("!stack", "!raised")),
    ("recursion in the result", "x = []\nx.append(x)\nreturn x", "!output"),
    ("recursion in the source", "return " + "(" * 30_000 + ")" * 30_000, "!syntax"),
    ("operators nested in the source", "return " + "-" * 30_000 + "1", ("!syntax", -1, 1)),
    ("nesting deeper than a value may be", "x = 1\nfor _ in range(200): x = [x]\nreturn x", "!output"),
    ("recursion in a regular expression", "return re.compile('(' * 10**4 + ')' * 10**4)", ("!stack", "!raised", "!cpu")),
    ("recursion in isinstance", "x = int\nfor _ in range(10**5): x = (x,)\nreturn isinstance(1, x)", ("!stack", "!raised")),
    # output
    ("large result", "return 'x' * 200000", "!output"),
    ("large variable", "vars['x'] = 'x' * 200000", "!output"),
    ("log without end", "while True: log('x')", "!log"),
    ("log without end, errors caught", "for i in range(1000):\n  try: log(i)\n  except: pass", "!log"),
    ("print without end", "while True: print('x')", "!log"),
    ("a function as result", "return len", "!output"),
    ("a module as result", "return json", "!output"),
    ("keys that are no text", "return {(1, 2): 3}", "!output"),
    ("half a surrogate pair", r"return '\ud800'", "!output"),
    # getting out
    ("open", "return open('/etc/passwd').read()", "!raised"),
    ("import of os", "import os\nreturn os.listdir('/')", "!raised"),
    ("import of sys", "from sys import modules\nreturn list(modules)", "!raised"),
    ("import of ctypes", "import ctypes", "!raised"),
    ("import of everything", "from json import *", "!syntax"),
    ("import by name", "return __import__('os')", "!syntax"),
    ("eval", "return eval('1')", ("!syntax", "!raised")),
    ("exec", "exec('x = 1')", ("!syntax", "!raised")),
    ("compile", "return compile('1', 'x', 'eval')", "!raised"),
    ("globals", "return globals()", "!raised"),
    ("locals", "return locals()", "!raised"),
    ("breakpoint", "breakpoint()", "!syntax"),
    ("input", "return input()", "!raised"),
    ("type", "return type('X', (), {})", "!raised"),
    ("class of a value", "return ().__class__.__bases__[0].__subclasses__()", "!syntax"),
    ("class through getattr", "return getattr((), '__class__')", "!raised"),
    ("class through a text subclass", "class S(str):\n  def startswith(self, x): return False\nreturn getattr((), S('__class__'))", "!raised"),
    ("builtins by name", "return __builtins__", "!syntax"),
    ("globals of a function", "def f(): pass\nreturn f.__globals__", "!syntax"),
    ("frame of a generator", "g = (x for x in [1])\nreturn g.gi_frame.f_back", ("!syntax", "!raised")),
    ("frame through getattr", "g = (x for x in [1])\nreturn getattr(g, 'gi_frame')", "!raised"),
    ("traceback", "try: 1/0\nexcept Exception as e: return e.__traceback__", "!syntax"),
    ("frame of a traceback", "try: 1/0\nexcept Exception as e: return getattr(e, 'tb_frame')", "!raised"),
    ("format string", "return '{0.__class__}'.format(())", "!raised"),
    ("format string of the class", "return str.format('{0.__class__}', ())", "!raised"),
    ("format_map", "return '{x.__class__}'.format_map({'x': 1})", "!raised"),
    ("format through map", "return list(map(str.format, ['{0.__class__}'], [()]))", "!raised"),
    ("f-string", "return f'{().__class__}'", "!syntax"),
    ("formatter", "return string.Formatter().format('{0.__class__}', ())", "!raised"),
    ("name that begins with an underscore", "_x = 1", "!syntax"),
    ("guard replaced", "_getattr_ = getattr", "!syntax"),
    ("guard replaced in a class", "class A:\n  _getattr_ = 1", "!syntax"),
    ("metaclass", "class A(metaclass=print): pass", "!syntax"),
    ("matching a class", "match ():\n  case object(__class__=c): return c", ("!syntax", "!raised")),
    ("decorator", "@eval\ndef f(): pass", ("!syntax", "!raised")),
    ("async", "async def f(): pass\nreturn f().cr_frame", "!syntax"),
    ("module of a module", "return json.codecs", "!raised"),
    ("module behind random", "return random.os", "!raised"),
    ("changing a module", "json.loads = 5", "!raised"),
    ("changing a builtin class", "int.real = 5", "!raised"),
    ("changing a class through setattr", "setattr(str, 'upper', None)", "!raised"),
    ("adding to a module in place", "json.loads += 5", "!raised"),
    ("adding to a class in place", "().__class__ += 5", "!syntax"),
    ("adding to a builtin in place", "int.real += 5", "!raised"),
    ("changing http", "http.get = 5", "!raised"),
    ("the channel behind http", "return http.get.args[0](b'D', {})", "!raised"),
    ("exit", "raise SystemExit(0)", "!raised"),
    ("interrupt", "raise KeyboardInterrupt", "!raised"),
    ("generator exit", "raise GeneratorExit", "!raised"),
    # calls
    ("too many HTTP calls", "while True: http.get('https://x.example/')", "!http"),
    ("too many refused HTTP calls", "while True:\n  try: http.get('https://refused.example/')\n  except: pass", "!http"),
    ("too many e-mails", "while True: email.send(to='a@b.example', subject='s', text='t')", "!email"),
    ("header injection in an e-mail", r"email.send(to='a@b.example\nBcc: c@d.example', subject='s', text='t')", "!email"),
    ("body larger than a call may have", "http.post('https://x.example/', body='x' * 300000)", ("!http", "!output")),
    ("a call that is no JSON", "http.post('https://x.example/', json=len)", "!raised"),
    ("an address that is no text", "http.get(5)", "!http"),
    # other runs
    ("leaving something in a module", "random.seed = 5", "!raised"),
    ("leaving something in a shared list", "string.left = 1", "!raised"),
    ("dictionary of the class", "return dict.fromkeys.__self__", "!syntax"),
    ("mutable default", "def f(x=[]):\n  x.append(1)\n  return len(x)\nf()\nreturn f()", 2),
]  # fmt: skip


@pytest.mark.parametrize(("source", "ends"), [row[1:] for row in SCRIPTS], ids=[row[0] for row in SCRIPTS])
def test_hostile_script(withstand: Callable[[str, str, Any], None], source: str, ends: Any) -> None:
    withstand("python", source, ends)
