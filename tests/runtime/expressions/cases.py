"""Expressions of every feature, to be computed here and by PostgreSQL alike.

One expression a line (⏎ stands for a line break); after ## the values of its placeholders. The result may be of any type: the tests compare what
both print, NULL, and whether there is an error.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple


class Case(NamedTuple):
    """An expression and the values it reads."""

    feature: str
    expression: str
    values: dict[str, Any]


FEATURES: dict[str, str] = {
    "literals of unknown type": r"""
'10' < '9'
'10' < 9
'-7.5' < 0
'-7' < 0
'' <= 3
'US' <= 3
'abc' = 'abc'
' 12 ' = 12
'1e3' = 1000
'1e3' = 1000.0
1 = '1'
1.5 = '1.50'
'5' + 1
'5' + '1'
-'5'
'2020-01-01' < date '2020-01-02'
'true' = true
'yes' and 'off'
'maybe' or true
not 'f'
null
null = null
'a' || 'b'
'a' || 1
1 || 'a'
1 || 2
true || 'a'
'a' || null
'a' || 1.50 || '-' || true
'a' || '1 day'::interval
abs('-5')
abs('-5.5')
round('2.5')
length('abc')
lower(5)
length(5)
'9223372036854775808' > 5::bigint
'2147483648' > 5
2147483648
9223372036854775807
9223372036854775808
-2147483648
-9223372036854775808
- 2147483648
-(2147483648)
.5
5.
1e3
1.5e-3
1e400
""",
    "placeholders": """
'{{x}}' <= 3 ## {"x": "2"}
'{{x}}' <= 3 ## {"x": 2}
'{{x}}' <= 3 ## {"x": 2.5}
'{{x}}' <= 3 ## {"x": "abc"}
'{{x}}' <= 3 ## {"x": ""}
'{{x}}' <= 3 ## {}
'{{x}}' <= 3 ## {"x": null}
'{{x}}' <= 3.0 ## {"x": "2.5"}
'{{price}}' >= 9 ## {"price": 12}
'{{price}}' >= 9 ## {"price": 12.5}
'{{x}}' = 'it''s' ## {"x": "it's"}
'{{x}}' = '' ## {"x": "' or true --"}
'{{x}}' ## {"x": "{{y}}", "y": "no"}
'Hello {{name}}!' = 'Hello Ann!' ## {"name": "Ann"}
'{{a}}-{{b}}' ## {"a": 1, "b": true}
'{{a}}' ## {"a": [1, "x", null]}
'{{a}}'::jsonb -> 1 ->> 'k' ## {"a": [1, {"k": "v"}]}
'{{a}}'::jsonb ->> 'ü' ## {"a": {"ü": "ß"}}
'{{a}}' = true ## {"a": true}
'{{a}}' ## {"a": "back\\\\slash"}
'{{x}}' like 'A%' ## {"x": "Ann"}
'abc' like '{{x}}%' ## {"x": "a_"}
length('{{attribute.name}}') >= 5 ## {"attribute.name": "Maria"}
length('{{attribute.name}}') >= 5 or ('{{attribute.city}}' = 'Chicago' and '{{attribute.age}}' <= 3) ## {"attribute.name": "Ann", "attribute.city": "Chicago", "attribute.age": 3}
length('{{attribute.name}}') >= 5 or ('{{attribute.city}}' = 'Chicago' and '{{attribute.age}}' <= 3) ## {"attribute.name": "Maria", "attribute.city": "Boston", "attribute.age": "x"}
'{{tier}}' = 'gold' and '{{price}}' >= 9 ## {"tier": "gold", "price": "9"}
'{{size}}' in ('small', 'large') ## {"size": "large"}
'{{n}}' in (1, 2, 3) ## {"n": "3"}
'{{n}}' in (1, 2.5, '3') ## {"n": "2.50"}
'{{n}}' between 1 and 10 ## {"n": "10"}
'{{n}}' between '1' and '5' ## {"n": "10"}
date '{{d}}' > '2020-01-01' ## {"d": "2021-05-06"}
date '{{d}}' > '2020-01-01' ## {"d": "soon"}
('{{n}} days')::interval > '1 week' ## {"n": 8}
interval '{{n}} days' > '1 week' ## {"n": 6}
E'{{x}}\\\\n' ## {"x": "a"}
$${{x}}$$ ## {"x": "a'b"}
'{{ x }}' ## {"x": "spaced"}
'{{x}}' = any(string_to_array('a,b', ',')) ## {"x": "b"}
'{{x}}' ~ '^[A-Z][a-z]+$' ## {"x": "Ann"}
nullif('{{x}}', '') is null ## {"x": ""}
coalesce(nullif('{{x}}', ''), '0')::int + 1 ## {"x": ""}
false and '{{x}}' <= 3 ## {"x": "abc"}
case when '{{x}}' ~ '^[0-9]+$' then '{{x}}'::text::int > 3 else false end ## {"x": "abc"}
case when '{{x}}' ~ '^[0-9]+$' then '{{x}}'::int > 3 else false end ## {"x": "abc"}
upper('{{x}}') ## {"x": "añb"}
""",
    "precedence and grammar": r"""
1 + 2 * 3
(1 + 2) * 3
- 2 ^ 2
2 ^ 3 ^ 2
-5 % 3
7 - 3 - 2
12 / 4 / 3
1 < 2 = true
(1 < 2) = true
1 = 1 is true
not true or true
not (true or true)
not 1 = 2
true = not false
true or false and false
1 + 1 || 'a'
1 || 'a' || 2 + 3
'a' || 'b' like 'ab'
1 between 0 and 2 and true
not 1 between 2 and 3
1 is null is null
1 is null = false
5 between 1 and 3 or true
1 in (1) = true
2 - -1
2 - - 1
1=-1
1<>-1
1!=2
1 +-1
10 - 2 /* five */ * 3 -- seven
1 /* a /* nested */ b */ + 1
-5::int
-'5'::int
(-5)::text
'1' '2'
'a'⏎  'b'
5::int::text::int
- - 5
+5
((((1))))
1 = 1 = 1
1 < 2 < 3
a = 1
2 *
(1
1)
case 1 when 1 then 'a' end is null
true is not false is true
1::text || 2
3 > 2 is distinct from false
'a' 'b'
E'\u00e9' = 'é'
E'a\'b'
E'\x41\101\n' = 'AA' || chr(10)
$tag$it's$tag$
$$a$$ || $$b$$
'\n'
length(E'\\')
true AND NOT false
TRUE
1 isnull
1 notnull
null isnull
""",
    "three-valued logic": r"""
null and true
null and false
false and null
null or true
null or false
not null::boolean
null::int = 1
null::int <> 1
null is null
null is not null
1 is null
null::boolean is true
null::boolean is not true
null::boolean is unknown
true is unknown
(1 = null) is unknown
false is not unknown
null is distinct from null
1 is distinct from null
1 is not distinct from 1
1 is distinct from 2.0
null is not distinct from 1
'a' is distinct from 'b'
5 is true
'x' is true
null in (1, 2)
1 in (1, null)
3 in (1, null)
3 not in (1, null)
1 not in (1, null)
1 not in (2, 3)
null between 1 and 2
1 between null and 0
1 between null and 2
coalesce(null, null) is null
nullif(1, 1)
nullif(1, 2)
nullif(null, 1)
nullif(1, null)
nullif('a', 'b')
nullif(1, 1.0)
nullif(2, 1.5)
case when null then 1 else 2 end
case null when null then 1 else 2 end
greatest(1, null, 3)
least(null, null) is null
length(null)
""",
    "evaluation order": r"""
false and 1/0 = 1
1/0 = 1 and false
true or 1/0 = 1
null and 1/0 = 1
false and 'abc' <= 3
case when true then 1 else 1/0 end
case when false then 1/0 else 1 end
case when 1 = 1 then 'a' when 1/0 = 1 then 'b' end
coalesce(1, 1/0)
coalesce(null, 1, 1/0)
coalesce(null, 1/0, 1)
greatest(1, 1/0)
1 in (1, 1/0)
1 in (1/0)
now() is null and 1/0 = 1
concat('a') = 'b' and 1/0 = 1
concat('a') = 'a' or 1/0 = 1
case when concat('a') = 'a' then 1 else 1/0 end
coalesce(concat('a'), (1/0)::text)
null + 1/0
concat('a') || null || (1/0)::text
nullif(1/0, 1)
1 between 2 and 1/0
3 between 1/0 and 2
false and concat('x') = (1/0)::text
concat('x') = 'y' and (false and 1/0 = 1)
""",
    "comparison": r"""
1 < 2.5
1::bigint = 1
1::float8 = 1.0
0.1::float8 + 0.2::float8 = 0.3
0.1 + 0.2 = 0.3
'a' < 'B'
'Z' < 'a'
'é' > 'z'
'a' = 'a '
'abc' > 'ab'
true > false
true = 1
'a' = 1
1 = true
date '2020-01-01' = timestamp '2020-01-01 00:00'
date '2020-01-01' < timestamptz '2020-01-01 00:00:01+00'
timestamp '2020-01-01' = timestamptz '2020-01-01 00:00+00'
interval '1 month' = interval '30 days'
interval '24 hours' = '1 day'
'NaN'::numeric = 'NaN'
'NaN'::float8 > 1e300
'Infinity'::float8 > 1
'-Infinity'::numeric < 0
'[1]'::jsonb = '[1.0]'::jsonb
'{"a":1,"b":2}'::jsonb = '{"b":2, "a":1}'
'{"a":1}'::jsonb > '[1,2]'::jsonb
'[]'::jsonb < '1'::jsonb
'"b"'::jsonb > '"a"'
'null'::jsonb < '"a"'
array[1,2] = array[1,2]
array[1,2] < array[1,3]
array[1] < array[1,null]
'{1,2}'::int[] = '{1,2}'
1 between symmetric 3 and 0
1 between 3 and 0
1 not between symmetric 3 and 0
1 not between 3 and 5
'b' between 'a' and 'c'
1.5 between 1 and 2
greatest(1, 2.5, '3')
least('b', 'a', 'C')
greatest('a', 1)
greatest(date '2020-01-01', '2021-01-01')
greatest(true, false)
1 in (1, 2)
'a' in ('b', 'a')
1 in ('1', '2')
1 in ('x')
1 in (1.0, 2)
'1' in (1, 2)
1 in (1, true)
'a' in ('a', null)
(1 = 1) in (true)
""",
    "numbers": r"""
7 / 2
-7 / 2
7 % 3
-7 % 3
7.0 / 2
1 / 3.0
2 / 3.0
10.0 / 3
1.000 / 7
1e10 / 3.0
1 / 3e10
0.001 / 3
123456789012345678901234567890 / 7.0
5 / 0
5.0 / 0
5 % 0
0.0 / 5
2147483647 + 1
2147483647 * 2
9223372036854775807 + 1
-2147483648 / -1
(-2147483648)::int / (-1)
abs(-2147483648)
1.10 + 2.205
1.10 * 2.20
2.5 - 2.50
1.5 % 1
-7.5 % 2
7.5 % 0
2 ^ 10
2 ^ 0.5
2.0 ^ 3
2.0 ^ 0.5
2.0 ^ -2
10.0 ^ 20
1.5 ^ 100
0 ^ 0
0.0 ^ 0
0.0 ^ -1
(-2.0) ^ 3
(-2.0) ^ 0.5
(-8) ^ (1.0/3)
power(2, 3)
power(2.0, 3)
power(9, 0.5)
power(9.0, 0.5)
power(1.0000001, 1000000)
power(0.5, 2000)
sqrt(2)
sqrt(2.0)
sqrt(0.0)
sqrt(144.0)
sqrt(1e20::numeric)
sqrt(0.0001)
sqrt(123456789.123)
sqrt(-1)
sqrt(-1.0)
abs(-5)
abs(-5.50)
abs(-5::float8)
ceil(1.2)
ceil(-1.2)
ceil(5)
ceiling(-0.5)
ceil(-0.5::float8)
floor(1.8)
floor(-1.8)
floor(7.9::float8)
round(2.5)
round(-2.5)
round(3.5)
round(2.5::float8)
round(3.5::float8)
round(-0.4::float8)
round(2.345, 2)
round(1234.5, -2)
round(1250, -2)
round(5, 2)
round(5.5::float8, 1)
round(1.1, 400)
trunc(2.9)
trunc(-2.9)
trunc(2.987, 2)
trunc(1299, -2)
trunc(-2.9::float8)
mod(7, 3)
mod(-7, 3)
mod(7.5, 2)
mod(7, 0)
mod(5::bigint, 3)
mod(5.5::float8, 2)
sign(-5)
sign(5.5)
sign(0.00)
sign(-2::float8)
width_bucket(5.35, 0.024, 10.06, 5)
width_bucket(5, 0, 10, 4)
width_bucket(-1, 0, 10, 4)
width_bucket(10, 0, 10, 4)
width_bucket(3, 10, 0, 4)
width_bucket(3, 0, 0, 4)
width_bucket(3, 0, 10, 0)
width_bucket(3.5::float8, 0, 10, 7)
width_bucket(5, array[1, 3, 7])
width_bucket(5.5, array[1, 3, 7])
width_bucket('2020-06-01'::date, array['2020-01-01', '2020-12-31']::date[])
0.1::float8 + 0.2
1e15::float8
123456789012345678::float8
1e16::float8
0.0001::float8
0.00001::float8
1.5e300::float8 * 1e10
1e300::float8 * 1e300
1e-300::float8 * 1e-300
1::float8 / 0
1::float8 / 3
'NaN'::float8 + 1
'Infinity'::float8 - 'Infinity'
-0.0::float8
1.0::float8
100::float8
2 * 3.5
2::bigint * 3
3000000000 + 1
1e3 + 1
10 - 2.50
+ 5
- (-5.0)
'NaN'::numeric + 1
'Infinity'::numeric * 0
'Infinity'::numeric / 'Infinity'
5 % 'Infinity'::numeric
""",
    "casts": r"""
'5'::int
'5.5'::int
5.5::int
6.5::int
-5.5::int
5.5::float8::int
6.5::float8::int
3000000000::int
1e20::bigint
'12345678901234567890'::bigint
'1_000'::int
5::boolean
0::boolean
true::int
'yes'::boolean
'on'::bool
'of'::bool
'o'::bool
'2'::bool
true::text
1.50::text
'1.50'::numeric::text
1.50::float8::text
'1.234'::numeric(5,2)
1.235::numeric(5,2)
123456::numeric(5,2)
99.995::numeric(4,2)
1234::numeric(2,-2)
5::numeric(3)
cast('12' as integer) + 1
cast(1.5 as text)
int '7' + 1
numeric '7.10'
float8 '7.10'
double precision '1.5'
text 'a'
bool 't'
boolean 'f'
1::text = '1'
'2020-01-01'::date
'2020-01-01'::date::text
'2020-01-01 10:11:12'::timestamp
'2020-01-01 10:11:12.5'::timestamp::date
'2020-01-01'::date::timestamp
'2020-01-01'::timestamp::timestamptz
'1 day'::interval::text
'{"a": 1}'::jsonb
' [1, 2.50,"x" , null,true] '::jsonb
'{"b":1,"a":2,"aa":3,"b":4}'::jsonb
'1e3'::jsonb
'{bad}'::jsonb
'"\u00e9\n"'::jsonb
'"\u0000"'::jsonb
'5'::jsonb::int
'5.7'::jsonb::int
'"5"'::jsonb::int
'true'::jsonb::boolean
'{"a":5}'::jsonb::int
'5'::text::int
'abc'::text::int
1::date
true::numeric
'1'::text::boolean
'a'::text::boolean
'{1,2}'::int[]
'{1,2}'::int[]::text[]
'{"a b",c,NULL,"NULL"}'::text[]
'{}'::int[]
'{1,x}'::int[]
array[1,2]::text
'1'::int::bigint::numeric::float8
'  7 '::int8
'0x10'::int
'1e2'::int
'1e2'::numeric
'1e-5'::numeric
'1e-5'::float8
'.5'::numeric
'5.'::numeric
'.'::numeric
'+5'::int
'--5'::int
'inf'::float8
'infinity'::numeric
'1e400'::float8
'1e-400'::float8
''::text
''::int
'nan'::numeric
int4('5')
""",
    "LIKE": r"""
'abc' like 'abc'
'abc' like 'a%'
'abc' like '%c'
'abc' like '%b%'
'abc' like 'a_c'
'abc' like '_'
'abc' like '___'
'abc' like 'ABC'
'abc' ilike 'ABC'
'ÉCLAIR' ilike 'éclair'
'abc' ilike 'A_C'
'abc' not like 'a%'
'abc' not ilike 'B%'
'a%c' like 'a\%c'
'abc' like 'a\%c'
'a_c' like 'a#_c' escape '#'
'abc' like 'a#_c' escape '#'
'a\c' like 'a\c' escape ''
'a#c' like 'a##c' escape '#'
'abc' like 'abc\'
'ab' like 'abc\'
'abd' like 'abc\'
'a' like 'b' escape 'xx'
'' like ''
'' like '%'
'abc' like ''
'a%b' like 'a%%b'
'aXbXc' like '%X_X%'
'añb' like 'a_b'
'abc' like null
null like 'a'
1 like '1'
'line⏎two' like 'line%two'
'abcabc' like '%abc'
'ab%' like '%\%'
'abc' like any(array['x%', 'a%'])
'abc' like all(array['x%', 'a%'])
'abc' not like all(array['x%', 'y%'])
'abc' ilike any('{X%,A%}')
'a\b' like 'a\\b'
""",
    "SIMILAR TO": r"""
'abc' similar to 'abc'
'abc' similar to 'a'
'abc' similar to '%(b|d)%'
'abc' similar to '(b|c)%'
'abc' similar to 'a_c'
'abc' similar to 'a.c'
'a.c' similar to 'a.c'
'abc' similar to '[a-c]+'
'abc' similar to '[^d]*'
'aaa' similar to 'a{3}'
'aaa' similar to 'a{2,}'
'aaa' similar to 'a{1,2}'
'a%c' similar to 'a\%c'
'abc' similar to 'a\%c'
'a%c' similar to 'a#%c' escape '#'
'abc' not similar to 'a%'
'ab' similar to 'ab|cd'
'abd' similar to 'ab|cd'
'xcd' similar to 'ab|cd'
'a$' similar to 'a$'
'^a' similar to '^a'
'abc' similar to 'a(b)c'
null similar to 'a'
'abc' similar to '('
'a\b' similar to 'a\\b'
'a' similar to 'a' escape 'ab'
'a|b' similar to 'a[|]b'
""",
    "regular expressions": r"""
'abc' ~ 'b'
'abc' ~ '^b'
'abc' ~ 'B'
'abc' ~* 'B'
'abc' !~ 'b'
'abc' !~* 'D'
'the cat' ~ '\mcat\M'
'concat' ~ '\mcat\M'
'cats' ~ 'cat\M'
'cats' ~ '\ycat\y'
'cats' ~ 'cat\Y'
'cat' ~ '[[:<:]]cat[[:>:]]'
'año' ~ '\mo'
'año' ~ 'a\w+'
'abc1' ~ '\d'
'abc' ~ '\D\D\D'
'a b' ~ 'a\sb'
'a b' ~ '\S\s\S'
'a_b' ~ '^\w+$'
'a-b' ~ '^\w+$'
'a-b' ~ '\W'
'AbC' ~ '[[:upper:]].*[[:upper:]]'
'abc' ~ '^[[:alpha:]]{3}$'
'ab1' ~ '^[[:alnum:]]+$'
'a]b' ~ 'a[]]b'
'a-b' ~ 'a[b-]b'
'a\b' ~ 'a[\\]b'
'ab' ~ 'a|'
'ab' ~ '()'
'aab' ~ '^a{2}b'
'aab' ~ '^a{3}b'
'aab' ~ 'a{1,2}?b'
'a{' ~ 'a{'
'ab' ~ '(a)(b)\2'
'abb' ~ '(a)(b)\2'
'abab' ~ '^(ab)\1$'
'abAB' ~* '^(ab)\1$'
'foobar' ~ 'foo(?=bar)'
'foobaz' ~ 'foo(?!bar)'
'foobar' ~ '(?<=foo)bar'
'foobar' ~ '(?<!foo)bar'
'ABC' ~ '(?i)abc'
'a' || chr(10) || 'b' ~ 'a.b'
'a' || chr(10) || 'b' ~ '(?n)a.b'
'a' || chr(10) || 'b' ~ 'a$'
'a' || chr(10) || 'b' ~ '(?n)a$'
'a' || chr(10) || 'b' ~ '(?w)a$'
'ab' ~ '(?x)a b # comment'
'a.b' ~ '***=a.b'
'axb' ~ '***=a.b'
'axb' ~ '***:a.b'
'a' ~ '('
'a' ~ ')'
'a' ~ 'a)'
'a' ~ '*a'
'a' ~ 'a**'
'a' ~ 'a+?'
'a' ~ '['
'a' ~ '[b-a]'
'a' ~ '[[:foo:]]'
'a' ~ 'a\'
'a' ~ '\q'
'a' ~ 'a{2,1}'
'a' ~ 'a{256}'
'a' ~ '^*'
'a' ~ '(?=a)*'
'a' ~ '(?:a)'
'a' ~ '(?<name>a)'
'a' ~ ''
'' ~ '^$'
'é' ~ '\u00e9'
'é' ~ '^.$'
'é' ~* 'É'
'A' ~ '\x41'
chr(9) ~ '\t'
'a1' ~ '[\d]'
'a1' ~ '[^\d]1'
'a' ~ '[\w-]'
'x' ~ '[[.x.]]'
'-' ~ '[[.hyphen.]]'
'a' ~ '[[=a=]]'
'$5' ~ '\$\d'
'a.b' ~ 'a\.b'
'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' ~ '^(a+)+$'
'abc' ~ any(array['x', 'c$'])
'abc' ~ null
'foobar' ~ '\Afoo'
'foobar' ~ 'bar\Z'
'ab' ~ 'a(?#comment)b'
'xay' ~ '\Ba'
'a' ~ '\1'
'aa' ~ '(a)\1'
'a*b' ~ 'a\*b'
'tel 555-1234' ~ '\d{3}-\d{4}'
'ann@example.com' ~ '^[^@ ]+@[^@ ]+\.[a-z]{2,}$'
'aB' ~ '^[a-z]+$'
'aB' ~* '^[a-z]+$'
'ab' ~ '[[:ALPHA:]]'
""",
    "text functions": r"""
length('añb')
char_length('abc')
character_length('')
octet_length('añb')
bit_length('añb')
length(' a ')
lower('ABC Ñ')
upper('abc ñ')
initcap('hello wORLD-foo bar_baz 1st')
initcap('ñandú éTé')
trim('  a b ')
trim(both 'x' from 'xxaxx')
trim(leading 'x' from 'xxaxx')
trim(trailing 'xy' from 'axyx')
trim('x' from 'xax')
trim(from ' a ')
trim('xax', 'x')
trim(both from ' a ')
btrim('xyaxy', 'yx')
ltrim('  a ')
ltrim('zzytest', 'xyz')
rtrim('a  ')
rtrim('testxxzx', 'xyz')
trim('a', '')
substring('abcdef' from 2 for 3)
substring('abcdef' from 2)
substring('abcdef' for 2)
substring('abcdef', 2, 3)
substring('abcdef', 3)
substring('abcdef' from -1 for 4)
substring('abcdef' from 0 for 3)
substring('abcdef' from 2 for -1)
substring('abcdef' from 10)
substring('abcdef' for 3 from 2)
substr('abcdef', 2, 2)
substring('foobar' from 'o.b')
substring('foobar' from 'o(.)b')
substring('foobar' from 'x')
substring('foobar' from '(f)(o)')
substring('foobar' from '(x)?foo')
substring('foobar' from 'o*')
substring('foobar' from 'o+?')
substring('foobar' from 'foo|foobar')
substring('XY1234Z' from 'Y*([0-9]{1,3})')
substring('XY1234Z' from 'Y*?([0-9]{1,3})')
substring('abcde' from '(b|bc)(c|cde)')
substring('abbbc' from 'a(b+?)(b*)c')
substring('aaa' from 'a{2,3}?')
substring('Thomas' similar '%#"o_a#"_' escape '#')
substring('Thomas' from '%#"o_a#"_' for '#')
substring('abc' from 'a#"b#"c' for '#')
substring('abc' from 'x#"b#"c' for '#')
substring('abc' from 'a%' for '#')
substring(12345 from 2)
left('abcdef', 2)
left('abcdef', -2)
left('abc', 10)
left('abc', -10)
right('abcdef', 2)
right('abcdef', -2)
right('abc', 0)
right('abc', 10)
right('abc', -10)
position('c' in 'abc')
position('x' in 'abc')
position('' in 'abc')
strpos('abcabc', 'b')
strpos('', 'a')
split_part('a,b,c', ',', 2)
split_part('a,b,c', ',', 5)
split_part('a,b,c', ',', -1)
split_part('a,b,c', ',', 0)
split_part('abc', '', 1)
split_part('abc', '', 2)
split_part('abc', '', -1)
split_part('', ',', 1)
split_part('a||b||c', '||', -2)
replace('abcabc', 'b', 'XX')
replace('abc', '', 'x')
replace('aaa', 'aa', 'b')
translate('12345', '143', 'ax')
translate('abc', 'aa', 'xy')
translate('abc', '', 'x')
overlay('Txxxxas' placing 'hom' from 2 for 4)
overlay('abcdef' placing 'XY' from 3)
overlay('abc' placing 'X' from 0)
overlay('abc' placing 'X' from 10)
overlay('abcdef' placing 'X' from 3 for 0)
overlay('abcdef' placing 'X' from 3 for -1)
overlay('abcdef', 'X', 2, 2)
regexp_replace('Thomas', '.[mN]a.', 'M')
regexp_replace('hello', 'l', 'L')
regexp_replace('hello', 'l', 'L', 'g')
regexp_replace('Hello', 'h', 'J', 'i')
regexp_replace('hello world', '(\w+) (\w+)', '\2 \1')
regexp_replace('abc', 'b', '[\&]')
regexp_replace('abc', 'b', 'a\\b')
regexp_replace('abc', 'b', '\q')
regexp_replace('abc', '', '-', 'g')
regexp_replace('abc', 'x*', '-', 'g')
regexp_replace('baaac', 'a*', 'x', 'g')
regexp_replace('foobarbaz', 'b(..)', 'X\1Y', 'g')
regexp_replace('abcabc', 'b', 'X', 3)
regexp_replace('abcabc', 'b', 'X', 1, 2)
regexp_replace('abcabc', 'b', 'X', 1, 0, 'g')
regexp_replace('ABCabc', 'b', 'X', 1, 2, 'i')
regexp_replace('abc', 'b', 'X', 0)
regexp_replace('abc', 'b', 'X', 'z')
regexp_replace('abc', '(', 'X')
regexp_replace('a1b22', '[0-9]+', '#', 'g')
regexp_replace('aaa', '^a', 'b', 'g')
regexp_replace('(555) 123-4567', '[^0-9]', '', 'g')
regexp_replace('foo   bar', '\s+', ' ', 'g')
regexp_replace('ab', '(a)|(b)', '<\1\2>', 'g')
concat('a', 1, null, true, 1.50)
concat(null)
concat('a', date '2020-01-01')
concat_ws(',', 'a', null, 'b', 3)
concat_ws(null, 'a')
concat_ws('-', null)
concat()
lpad('5', 3, '0')
lpad('hello', 2)
lpad('a', 5)
lpad('a', -1)
lpad('a', 5, '')
lpad('x', 6, 'abc')
rpad('5', 3, 'ab')
rpad('hello', 2)
repeat('ab', 3)
repeat('ab', 0)
repeat('ab', -1)
reverse('añb')
starts_with('abc', 'ab')
starts_with('abc', '')
ascii('a')
ascii('ñ')
ascii('')
chr(65)
chr(241)
chr(0)
chr(-1)
chr(1114112)
chr(55296)
md5('abc')
md5('ñ')
md5('')
string_to_array('a,b,c', ',')
string_to_array('a,b,c', null)
string_to_array('', ',')
string_to_array('a,,c', ',', '')
string_to_array(null, ',')
string_to_array('abc', '')
(string_to_array('a b c', ' '))[2]
(string_to_array('a b c', ' '))[9]
length(repeat('x', 1000))
upper(5)
trim(5)
lower('a', 'b')
left('abc', '2')
left('abc', 2.0)
lpad(5, 3)
""",
    "CASE and the like": r"""
case when 1 = 1 then 'a' else 'b' end
case when 1 = 2 then 'a' end
case 2 when 1 then 'one' when 2 then 'two' end
case 'a' when 'a' then 1 else 2.5 end
case when true then 1 else 2.5 end
case when true then 1 else 'x' end
case when true then '1' else 2 end
case when true then 1 else true end
case 1 when '1' then true end
case '1' when 1 then true end
case when 1 then 2 end
case when true then null else null end
case when false then 1 when true then 2::bigint end
case when true then date '2020-01-01' else timestamp '2020-01-01' end
coalesce(1, 2.5)
coalesce(null, 'a', 'b')
coalesce(1, 'a')
coalesce('1', 2)
coalesce(null::int, 3)
coalesce('', 'x') = ''
nullif('a', 'a')
nullif('5', 5)
nullif(5, 'a')
greatest('10', 9)
greatest('10', '9')
least(1.5, 2, -3)
greatest(1::float8, 2.5)
coalesce(date '2020-01-01', now())::date
""",
    "jsonb": r"""
'{"a":{"b":[1,2,"x"]}}'::jsonb -> 'a'
'{"a":{"b":[1,2,"x"]}}'::jsonb -> 'a' -> 'b' -> 2
'{"a":{"b":[1,2,"x"]}}'::jsonb -> 'a' -> 'b' ->> 2
'{"a":{"b":[1,2,"x"]}}'::jsonb -> 'a' -> 'b' ->> -1
'{"a":{"b":[1,2,"x"]}}'::jsonb #>> '{a,b,1}'
'{"a":{"b":[1,2,"x"]}}'::jsonb #>> '{a,c}'
'{"a":{"b":[1,2,"x"]}}'::jsonb #>> '{}'
'{"a":null}'::jsonb -> 'a'
'{"a":null}'::jsonb ->> 'a'
('{"a":null}'::jsonb ->> 'a') is null
('{"a":null}'::jsonb -> 'a') is null
'{"a":1}'::jsonb -> 'b'
'[1,2]'::jsonb -> 'a'
'[1,2]'::jsonb -> 5
'"x"'::jsonb -> 0
'5'::jsonb -> 'a'
'{"1":"x"}'::jsonb -> 1
'{"1":"x"}'::jsonb -> '1'
'[{"k":1.50}]'::jsonb -> 0 ->> 'k'
('{"n":"5"}'::jsonb ->> 'n')::int + 1
('{"n":5}'::jsonb -> 'n')::int + 1
'{"a":true}'::jsonb ->> 'a' = 'true'
'{"a":[1, 2]}'::jsonb ->> 'a'
'{"a":1}'::jsonb || '{"b":2}'
'[1]'::jsonb || '2'::jsonb
'{"a":1}'::jsonb || '5'::jsonb
'1'::jsonb || '2'::jsonb
'{"a":1}' -> 'a'
'{"a":1}'::text -> 'a'
'{"a":"x"}'::jsonb ->> 'a' || 'y'
'[1,[2,3]]'::jsonb #>> '{1,0}'
'[1,[2,3]]'::jsonb #>> '{-1,-1}'
'[1,[2,3]]'::jsonb #>> '{1,x}'
'{"a":1}'::jsonb #>> array['a']
'{"a":1e2, "b":1.10, "c":-0}'::jsonb
'"a\"b\\c\u0001\t/"'::jsonb
'{"a":1}'::jsonb = '{"a":1.0}'
'[1,2,3]'::jsonb > '[1,2]'
'{}'::jsonb < '{"a":1}'
'true'::jsonb > 'false'::jsonb
'[]'::jsonb = '[]'
'[[]]'::jsonb > '[]'
'""'::jsonb
'01'::jsonb
'[1,]'::jsonb
''::jsonb
""",
    "arrays": r"""
1 = any(array[1,2])
3 = any(array[1,2])
1 = all(array[1,1])
1 <> all(array[2,3])
5 > any('{1,9}')
5 > all('{1,9}')
1 = any('{1,NULL}')
2 = any('{1,NULL}')
2 <> all('{1,NULL}')
1 = any('{}')
1 = all('{}')
null = any('{1}')
1 = any(null)
'a' = any('{a,b}')
'a' = any(array['a','b'])
'1' = any(array[1,2])
1 = any(array['1','2'])
1.0 = any(array[1,2])
1 = any(array[1.0, 2])
'a' = some(string_to_array('x a b', ' '))
1 = any(5)
1 = any('x')
1 + any(array[1])
array[1,2,3]
array[1,2.5]
array['a',null]
array[1,'a']
array[1,'2']
array[1] || 2
0 || array[1]
array[1] || array[2,3]
array[1] || '{2}'
array['a'] || 'b'::text
array['a'] || '{b}'
array[1] || null::int
(array[1,2,3])[2]
(array[1,2,3])[0]
array[]::int[]
array[]
array['a b','c,d','e"f','g\h','','null',null]
array[true,false]
array[1.50]
array[date '2020-01-01']
date '2020-01-01' = any('{2020-01-01,2021-01-01}')
'a' < any(array['b'])
'ab' = any(array['a' || 'b'])
'{a,b}'::text[] = array['a','b']
""",
    "dates": r"""
date '2020-02-30'
date '2020-02-29'
date '2021-02-29'
date '1/8/1999'
date '18/1/1999'
date 'January 8, 1999'
date '8 January 1999'
date 'Jan-08-1999'
date '08-Jan-1999'
date '1999-Jan-08'
date '19990108'
date '990108'
date '99-01-08'
date '1999.008'
date '0044-03-15 BC'
date 'epoch'
date 'infinity'
date '2020-01-01 10:00'
date '2020-13-01'
date 'yesterday' < date 'today'
date 'tomorrow' - date 'today'
date 'soon'
date ''
date '12345-01-01'
date '2020-1-5'
date '2020/01/05'
date 'Monday, January 6, 2020'
timestamp '2020-01-01 10:00'
timestamp '2020-01-01 10:00:30.123456'
timestamp '2020-01-01 10:00:30.1234567'
timestamp '2020-01-01T10:00:30Z'
timestamp '2020-01-01 10:00 PM'
timestamp '2020-01-01 12:00 AM'
timestamp '2020-01-01 24:00'
timestamp '2020-01-01 25:00'
timestamp '2020-01-01 10:61'
timestamp '2020-01-01 10:00+02'
timestamp '20200101T101112'
timestamp '2020-01-01'
timestamp 'infinity'
timestamp '10:00'
timestamptz '2020-01-01 10:00+02'
timestamptz '2020-01-01 10:00-0330'
timestamptz '2020-01-01 10:00 America/New_York'
timestamptz '2020-07-01 10:00 America/New_York'
timestamptz '2020-01-01 10:00 EST'
timestamptz '2020-01-01 10:00Z'
timestamptz '2020-01-01 10:00 Nowhere/City'
timestamp with time zone '2020-01-01 10:00'
timestamp without time zone '2020-01-01 10:00'
date '2020-01-31' + 1
1 + date '2020-01-31'
date '2020-03-01' - 1
date '2020-03-01' - date '2020-02-01'
date '2020-01-31' + interval '1 month'
date '2020-01-31' + '1 month'
date '2020-01-31' + '1'
date '2020-01-31' - interval '1 day'
date '2020-01-31' - '2020-01-01'
date '2020-01-01' + 1.5
timestamp '2020-01-31 10:00' + interval '1 month 1 day 1 hour'
timestamp '2020-03-31' - interval '1 month'
timestamp '2020-01-31 10:00' + '1 day'
timestamp '2020-03-01' - timestamp '2020-02-01 12:30'
timestamp '2020-02-01' - timestamp '2020-03-01 12:30'
timestamp '2020-03-01' - '2020-02-01'
timestamp '2020-03-01' - date '2020-02-01'
timestamptz '2020-03-01' - timestamp '2020-02-01'
timestamptz '2020-01-31 10:00+00' + interval '1 month'
interval '1 month' + date '2020-01-31'
timestamp '2020-01-01' + 1
now() - now()
now() = current_timestamp
current_date = now()::date
current_date + 1 > current_date
localtimestamp = now()
now()::date = current_date
now() > '2020-01-01'
now() + interval '1 day' > now()
now() between now() - interval '1 hour' and now() + interval '1 hour'
age(timestamp '2001-04-10', timestamp '1957-06-13')
age(timestamp '1957-06-13', timestamp '2001-04-10')
age(date '2020-03-31', date '2020-02-29')
age(date '2020-02-29', date '2020-03-31')
age('2020-03-01', '2020-01-31')
age(timestamp '2020-03-01 10:00', timestamp '2020-01-31 12:00')
age(timestamptz '2020-03-01', timestamptz '2019-03-01')
age(current_date)
age(now()::timestamp) < interval '1 day'
extract(year from date '2020-05-06')
extract(month from timestamp '2020-05-06 07:08:09.5')
extract(day from timestamp '2020-05-06 07:08:09.5')
extract(hour from timestamp '2020-05-06 07:08:09.5')
extract(minute from timestamp '2020-05-06 07:08:09.5')
extract(second from timestamp '2020-05-06 07:08:09.5')
extract(milliseconds from timestamp '2020-05-06 07:08:09.5')
extract(microseconds from timestamp '2020-05-06 07:08:09.5')
extract(epoch from timestamp '2020-05-06 07:08:09.5')
extract(epoch from date '2020-05-06')
extract(epoch from timestamptz '2020-05-06 00:00+02')
extract(dow from date '2020-05-10')
extract(isodow from date '2020-05-10')
extract(doy from date '2020-05-06')
extract(week from date '2021-01-01')
extract(isoyear from date '2021-01-01')
extract(week from date '2020-12-31')
extract(quarter from date '2020-05-06')
extract(decade from date '2020-05-06')
extract(century from date '2000-05-06')
extract(century from date '2001-05-06')
extract(millennium from date '2001-05-06')
extract(julian from date '2020-05-06')
extract(julian from timestamp '2020-05-06 12:00')
extract(hour from date '2020-05-06')
extract(timezone from timestamptz '2020-05-06')
extract(timezone_hour from now())
extract(year from interval '14 months')
extract(month from interval '14 months')
extract(day from interval '40 days')
extract(hour from interval '30 hours')
extract(epoch from interval '1 year 2 months 3 days 4 hours')
extract(second from interval '1.5 seconds')
extract(quarter from interval '7 months')
extract(week from interval '7 days')
extract(fortnight from date '2020-05-06')
extract('year' from date '2020-05-06')
extract(year from '2020-05-06')
extract(year from now()) >= 2024
extract(year from timestamp 'infinity')
extract(day from timestamp 'infinity')
extract(year from date '0044-03-15 BC')
extract(century from date '0044-03-15 BC')
date_part('year', date '2020-05-06')
date_part('hour', timestamp '2020-05-06 07:08:09.5')
date_part('hour', date '2020-05-06')
date_part('epoch', interval '1 day')
date_part('years', timestamp '2020-05-06')
date_trunc('hour', timestamp '2020-05-06 07:08:09.5')
date_trunc('day', timestamp '2020-05-06 07:08:09.5')
date_trunc('week', timestamp '2020-05-06 07:08:09.5')
date_trunc('month', timestamp '2020-05-06 07:08:09.5')
date_trunc('quarter', timestamp '2020-05-06 07:08:09.5')
date_trunc('year', timestamp '2020-05-06 07:08:09.5')
date_trunc('decade', timestamp '2026-05-06 07:08:09.5')
date_trunc('century', timestamp '2020-05-06 07:08:09.5')
date_trunc('millennium', timestamp '2020-05-06 07:08:09.5')
date_trunc('second', timestamp '2020-05-06 07:08:09.5')
date_trunc('milliseconds', timestamp '2020-05-06 07:08:09.123456')
date_trunc('month', date '2020-05-06')
date_trunc('month', '2020-05-06')
date_trunc('hour', interval '1 day 02:30')
date_trunc('month', interval '14 months 5 days')
date_trunc('week', interval '8 days')
date_trunc('foo', timestamp '2020-05-06')
date_trunc('day', now()) = current_date
date_trunc('MONTH', timestamp '2020-05-06')
'2020-01-01'::timestamptz
timestamp '294277-01-01'
date '5874898-01-01'
date '4714-11-23 BC'
date '2020-01-01' + 2147483647
date '2020-01-01' + interval '300000 years'
timestamp '2020-01-01' = '2020-01-01'
date '2020-01-01' in ('2020-01-01', '2020-01-02')
date '2020-01-15' between '2020-01-01' and '2020-01-31'
""",
    "intervals": r"""
interval '1 day'
interval '1 day 2 hours 3 minutes 4.5 seconds'
interval '1 year 2 months'
interval '1-2'
interval '1 02:03:04'
interval '02:03'
interval '1.5 days'
interval '1.5 months'
interval '1.5 years'
interval '2.5 weeks'
interval '1.25 hours'
interval '-1 day'
interval '1 day ago'
interval '1 day -2 hours'
interval '-1 year +2 months'
interval '90 minutes'
interval '36 hours'
interval '15'
interval 'P1Y2M3DT4H5M6S'
interval 'PT36H'
interval 'P1W'
interval '1 decade'
interval '1 century'
interval '1 mon'
interval '1 y 2 mons 3 d 4 h 5 m 6 s'
interval '100 ms'
interval '1 fortnight'
interval ''
interval '1 day 1 day'
interval '@ 1 minute'
interval '00:00'
interval '-00:30'
interval '1 day' * 2
2 * interval '1 day'
interval '1 day' * 1.5
interval '1 month' * 1.5
interval '1 month' / 2
interval '1 day' / 3
interval '1 day' / 0
interval '1 day 02:00' + interval '23:00'
interval '1 day' - interval '1 hour'
- interval '1 day 2 hours'
interval '1 day' > interval '23 hours'
interval '1 year' = interval '360 days'
interval '1 year' > '365 days'
interval '1 day'::text
'2 hours'::interval + '30 min'
interval '1 day' + 1
interval '3000000000 days'
interval '1 day' is null
interval '0.000001 seconds'
interval '1 week'
interval '1 day' || ''
""",
    "to_char": r"""
to_char(timestamp '2020-03-05 14:05:06.789', 'YYYY-MM-DD HH24:MI:SS')
to_char(timestamp '2020-03-05 14:05:06.789', 'YYYY-MM-DD HH12:MI:SS AM')
to_char(timestamp '2020-03-05 04:05:06.789', 'HH:MI pm')
to_char(timestamp '2020-03-05 04:05:06.789', 'HH:MI a.m.')
to_char(timestamp '2020-03-05 14:05:06.789', 'MS US FF3')
to_char(timestamp '2020-03-05 14:05:06.789', 'Day, DD Month YYYY')
to_char(timestamp '2020-03-05 14:05:06.789', 'FMDay, FMDD FMMonth YYYY')
to_char(timestamp '2020-03-05 14:05:06.789', 'DAY day Dy DY dy')
to_char(timestamp '2020-03-05 14:05:06.789', 'MONTH month Mon MON mon')
to_char(timestamp '2020-03-05 14:05:06.789', 'DDD D ID W WW IW Q')
to_char(timestamp '2020-03-05 14:05:06.789', 'YYY YY Y Y,YYY IYYY IYY IY I')
to_char(timestamp '2020-03-05 14:05:06.789', 'CC J RM rm')
to_char(timestamp '2020-03-05 14:05:06.789', 'DDth FMDDth DDTH')
to_char(timestamp '2020-03-01 14:05:06.789', 'FMDDth FMMMth')
to_char(timestamp '2020-03-22 14:05:06.789', 'FMDDth')
to_char(timestamp '2020-03-11 14:05:06.789', 'FMDDth')
to_char(timestamp '2020-03-05 14:05:06.789', '"Year:" YYYY "quoted \" text"')
to_char(timestamp '2020-03-05 14:05:06.789', 'SSSS SSSSS')
to_char(timestamp '2020-03-05 14:05:06.789', 'YYYYMMDD"T"HH24MISS')
to_char(timestamp '2020-03-05 14:05:06.789', '')
to_char(timestamp '2020-03-05 14:05:06.789', 'hello yyyy mm dd')
to_char(date '2020-03-05', 'DD/MM/YYYY')
to_char(date '0044-03-15 BC', 'YYYY-MM-DD BC')
to_char(date '2020-03-05', 'AD a.d.')
to_char(timestamptz '2020-03-05 14:05:06+00', 'HH24:MI TZ tz OF TZH TZM')
to_char(now(), 'YYYY') = extract(year from now())::text
to_char(timestamp 'infinity', 'YYYY')
to_char(interval '1 day 26:03:04', 'DD HH24:MI:SS')
to_char(interval '14 months', 'YY MM')
to_char(interval '-1:30', 'HH24:MI')
to_char(interval '15 hours', 'HH12 AM')
to_char(interval '15 hours', 'Day')
to_char(125, '999')
to_char(125, '9999')
to_char(125, '0999')
to_char(125, '99')
to_char(-125, '999')
to_char(-125, 'S999')
to_char(125, 'S999')
to_char(-125, '999S')
to_char(-125, '999MI')
to_char(125, '999MI')
to_char(125, 'FM999MI')
to_char(125, 'PL999')
to_char(125, 'SG999')
to_char(-125, 'SG999')
to_char(-125, '999PR')
to_char(125, '999PR')
to_char(125.8, '999D9')
to_char(125.85, '999.9')
to_char(1234567, '9,999,999')
to_char(1234567, '9G999G999')
to_char(1234.5, '9,999.99')
to_char(1234.5, 'FM9,999.99')
to_char(1234.5, 'FM9,999.00')
to_char(1234, 'FM9,999')
to_char(12, '9,999')
to_char(12, 'FM9,999')
to_char(12, '0,000')
to_char(0.1, '0.9')
to_char(0.1, '9.9')
to_char(0.1, 'FM9.9')
to_char(-0.1, '99.99')
to_char(-0.1, 'FM9.99')
to_char(0, '9.9')
to_char(0, 'FM9.9')
to_char(12, '9990999.9')
to_char(12, 'FM9990999.9')
to_char(485, '9 9 9')
to_char(1485, '9,999')
to_char(148.5, '999.999')
to_char(148.5, 'FM999.999')
to_char(148.5, 'FM999.990')
to_char(-485, '999S')
to_char(-485, '9SG99')
to_char(485, 'L999')
to_char(482, '999th')
to_char(481, '999TH')
to_char(485.8, '"Pre:"999" Post:" .999')
to_char(5, '999')
to_char(5.5::float8, '999.99')
to_char(1e15::float8, '9999999999999999.99')
to_char(-0.5, '999')
to_char(0.5, '999')
to_char(5000000000, '9999999999')
to_char(5, '')
to_char('5', '999')
to_char(5, '9.9.9')
to_char(5, '0')
to_char(-5, '00')
to_char(5, '00.00')
to_char(12345.678, '99999D99')
to_char(5, 'FM0000')
to_char(5, '$9')
""",
}


def all_cases() -> list[Case]:
    """Every case of the table, in order."""
    return [_case(feature, line) for feature, block in FEATURES.items() for line in block.strip().splitlines()]


def _case(feature: str, line: str) -> Case:
    expression, _, values = line.partition(" ## ")
    return Case(feature, expression.replace("⏎", "\n"), json.loads(values) if values else {})
