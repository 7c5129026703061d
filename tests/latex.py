"""LaTeX as the records write it, evaluated with numbers: so that what is read can be compared with what runs.

No library that we tried reads all of it (\\tfrac12, cases, hats, arguments without brackets; one reads \\sin^22x as
sin^22 x), so here is the grammar that the records use, and an error for anything else. Symbols get the names that the
screen shows: ``\\beta_1`` is "β₁", ``\\lambda_w`` "λ_w", ``\\hat m`` "m̂".
"""

import math
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

Names = dict[str, Any]  # a symbol's value; "x[]" is the sequence x_1, x_2, … by index, "#n" what a bare sum runs over
Value = Callable[[Names], Any]

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "epsilon": "ε", "varepsilon": "ε", "eta": "η", "theta": "θ", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "rho": "ρ", "sigma": "σ", "tau": "τ", "varphi": "φ", "infty": "∞",
}  # fmt: skip
ACCENTS = {"\\hat": "\u0302", "\\tilde": "\u0303", "\\bar": "\u0304"}
LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+\.?\d*|\S")
SPACE = re.compile(r"\\[,;: ]|\\q?quad(?![A-Za-z])")
SILENT = r"\s|\\!|\\(?:left|right|[bB]igg?[lr]?|textstyle|displaystyle)(?![A-Za-z])"
NEXT = re.compile(rf"(?P<space>(?:{SILENT}|{SPACE.pattern})*)(?P<token>(?:{TOKEN.pattern})?)")
FUNCTION = re.compile(rf"(?:{SPACE.pattern}|\s)*(\w)\((\w)\)\s*")
RELATIONS = {"<": np.less, ">": np.greater, "=": np.equal}
RELATIONS |= {"\\le": np.less_equal, "\\leq": np.less_equal, "\\ge": np.greater_equal, "\\geq": np.greater_equal}
FUNCTIONS = {"\\sin": np.sin, "\\cos": np.cos, "\\exp": np.exp, "\\ln": np.log}
CLOSING = {"(": ")", "[": "]", "{": "}", "|": "|", "\\|": "\\|", "\\lVert": "\\rVert", "\\lfloor": "\\rfloor"}
AROUND = {"|": np.abs, "\\|": np.linalg.norm, "\\lVert": np.linalg.norm, "\\lfloor": np.floor}
STOPS = {"", ")", "]", "}", ",", "+", "-", "/", "&", "\\\\", "\\cdot", "\\leftarrow", "\\rfloor", *RELATIONS}


def softmax(*logits: Any) -> tuple[Any, ...]:
    every = np.ravel(logits)
    raised = np.exp(every - every.max())
    return tuple(raised / raised.sum())


NAMED = {"sign": np.sign, "softmax": softmax, "\\min": lambda *all: np.minimum.reduce(np.broadcast_arrays(*all))}
NAMED["\\max"] = lambda *all: np.maximum.reduce(np.broadcast_arrays(*all))


class Row(np.ndarray):
    """What ``\\top`` makes of a vector."""


def times(left: Any, right: Any) -> Any:
    """Coordinate by coordinate, but for matrices and transposed vectors."""
    if isinstance(right, Row):
        return np.outer(left, right)
    return np.asarray(left) @ right if isinstance(left, Row) or np.ndim(left) == 2 else left * right


def power(base: Any, exponent: str, value: Value | None, names: Names) -> Any:
    if exponent == "\\top":
        return base.T if np.ndim(base) == 2 else np.asarray(base).view(Row)
    if exponent == "+":
        return np.linalg.pinv(base)
    if exponent == "\\circ":
        return np.radians(base)
    assert value
    return np.linalg.matrix_power(base, int(value(names))) if np.ndim(base) == 2 else base ** value(names)


@dataclass(frozen=True)
class Statement:
    """``target <- value`` or ``target = value``; a value alone has no target."""

    target: str
    index: str  # of the target, as written: "", "t", "0", "n"
    argument: str  # of a function that is defined: h(r) = …
    arrow: bool
    value: Value


class Reader:
    """Reads one expression from the left, by the usual precedence; an argument without brackets ends at a space."""

    def __init__(self, source: str, functions: Collection[str] = ()) -> None:
        self.source, self.at, self.functions, self.open = source, 0, functions, [""]

    def next(self) -> re.Match[str]:
        """Spaces, then a token or nothing."""
        found = NEXT.match(self.source, self.at)
        assert found
        return found

    def look(self) -> str:
        """The next token."""
        return self.next()["token"]

    def spaced(self) -> bool:
        """Whether a space that is seen comes before it."""
        return bool(SPACE.search(self.next()["space"]))

    def take(self, wanted: str = "") -> str:
        found = self.next()
        if not found["token"] or (wanted and found["token"] != wanted):
            raise SyntaxError(f"{wanted or 'more'} expected at {self.source[self.at :]!r} of {self.source!r}")
        self.at = found.end()
        return found["token"]

    def raw(self) -> str:
        """The next argument as written: a group without its braces, a command with what it needs, or one character."""
        token, begin = self.look(), self.next().start("token")
        if token == "{":
            first, depth = begin + 1, 0
            for found in TOKEN.finditer(self.source, begin):
                depth += {"{": 1, "}": -1}.get(found.group(), 0)
                if depth == 0:
                    self.at = found.end()
                    return self.source[first : found.start()].strip()
            raise SyntaxError(f"open brace in {self.source!r}")
        size = len(token) if token.startswith("\\") else 1
        self.at = begin + size
        return token[:size]

    def inside(self, source: str) -> "Value":
        return whole(source, self.functions)

    def expression(self) -> Value:
        sign = self.look() if self.look() in ("+", "-") else ""
        if sign:
            self.take()
        total = self.term()
        if sign == "-":
            total = (lambda first: lambda names: -first(names))(total)
        while (operator := self.look()) in ("+", "-"):
            self.take()
            total = _joined(np.add if operator == "+" else np.subtract, total, self.term())
        return total

    def term(self) -> Value:
        product = self.factor()
        while True:
            token = self.look()
            if token in ("\\cdot", "\\circ", "/"):
                self.take()
                product = _joined(np.divide if token == "/" else times, product, self.factor())
            elif token in STOPS or token == self.open[-1]:
                return product
            else:
                product = _joined(times, product, self.factor())

    def bare(self) -> Value:
        """The argument of a function that has no brackets: up to a space, an operator or the next function."""
        product = self.factor()
        while not self.spaced():
            token = self.look()
            if token in STOPS or token in FUNCTIONS or token == self.open[-1]:
                break
            product = _joined(times, product, self.factor())
        return product

    def factor(self) -> Value:
        base = self.atom()
        while self.look() == "^":
            self.take()
            raw = self.raw()
            exponent = None if raw in ("\\top", "+", "\\circ") else self.inside(raw)
            base = (lambda b, r, e: lambda names: power(b(names), r, e, names))(base, raw, exponent)
        return base

    def several(self, first: Value | None = None) -> Value:
        """(a, b, …), or what is left of it after the first: a tuple."""
        if first is None:
            self.take("(")
            self.open.append(")")
        found = [first or self.expression()]
        while self.look() == ",":
            self.take()
            found.append(self.expression())
        self.open.pop()
        self.take(")")
        return lambda names: tuple(each(names) for each in found)

    def call(self, function: Callable[..., Any]) -> Value:
        arguments = self.several()
        return lambda names: function(*arguments(names))

    def atom(self) -> Value:
        token = self.take()
        if token in CLOSING:
            self.open.append(CLOSING[token])
            value = self.expression()
            if self.look() == ",":
                return self.several(value)
            self.open.pop()
            self.take(CLOSING[token])
            around = AROUND.get(token, lambda inner: inner)
            return lambda names: around(value(names))
        if token[0].isdigit():
            return lambda names: float(token)
        if token in ("\\frac", "\\tfrac", "\\dfrac"):
            return _joined(np.divide, self.inside(self.raw()), self.inside(self.raw()))
        if token == "\\sqrt":
            under = self.inside(self.raw())
            return lambda names: np.sqrt(under(names))
        if token == "\\begin":
            return self.cases()
        if token == "\\sum":
            return self.sum()
        if token in FUNCTIONS:
            return self.function(FUNCTIONS[token])
        if token in NAMED:
            return self.over_all(NAMED[token]) if self.look() == "_" else self.call(NAMED[token])
        if token in ("\\mathrm", "\\operatorname"):
            word = self.raw()
            return self.call(NAMED[word]) if word in NAMED else self.symbol(word)
        return self.symbol(self.letter(token))

    def function(self, function: Callable[[Any], Any]) -> Value:
        exponent = 1.0
        if self.look() == "^":
            self.take()
            exponent = float(self.raw())
        argument = self.atom() if self.look() == "(" else self.bare()
        return lambda names: function(argument(names)) ** exponent

    def letter(self, token: str) -> str:
        """The name of the symbol that begins with this token."""
        if token in ACCENTS:
            return unicodedata.normalize("NFC", self.letter(self.raw()) + ACCENTS[token])
        if token == "\\nabla":
            return "∇" + self.take()
        if token[1:] in GREEK:
            return GREEK[token[1:]]
        if token == "\\pi":
            return "π"
        if len(token) == 1 and token.isalpha():
            return token
        raise SyntaxError(f"{token!r} in {self.source!r}")

    def symbol(self, name: str) -> Value:
        index = ""
        if self.look() == "_":
            self.take()
            index = self.raw()
        if name in self.functions and self.look() == "(":
            arguments = self.several()
            return lambda names: names[name](*arguments(names))
        return _looked_up(name, index, self.functions)

    def sum(self) -> Value:
        self.take("_")
        under = self.raw()
        above = ""
        if self.look() == "^":
            self.take()
            above = self.raw()
        runs = _range(under, above, self.functions)
        term = self.term()
        name = under[0]
        return lambda names: sum(term({**names, name: value}) for value in runs(names))

    def over_all(self, function: Callable[..., Any]) -> Value:
        """The largest or least of what follows, over an index."""
        self.take("_")
        name = self.raw()
        runs, each = _range(name, "", self.functions), self.atom()
        return lambda names: function(*(each({**names, name: value}) for value in runs(names)))

    def cases(self) -> Value:
        if self.raw() != "cases":
            raise SyntaxError(f"unknown environment in {self.source!r}")
        end = self.source.index("\\end{cases}", self.at)
        rows = [row.split("&") for row in self.source[self.at : end].split("\\\\") if row.strip()]
        self.at = end + len("\\end{cases}")
        values = [self.inside(value) for value, _ in rows]
        conditions = [_condition(condition, self.functions) for _, condition in rows]
        return lambda names: _first_true([each(names) for each in conditions], values, names)


def _first_true(conditions: list[Any], values: list[Value], names: Names) -> Any:
    """The value whose condition holds first, coordinate by coordinate."""
    if all(np.ndim(condition) == 0 for condition in conditions):
        return next((value(names) for condition, value in zip(conditions, values, strict=True) if condition), np.nan)
    columns = (conditions, [value(names) for value in values])
    return np.select(*(list(np.broadcast_arrays(*column)) for column in columns), default=np.nan)


def _joined(operation: Callable[[Any, Any], Any], left: Value, right: Value) -> Value:
    return lambda names: operation(left(names), right(names))


def _looked_up(name: str, index: str, functions: Collection[str]) -> Value:
    told = key(name, index)
    place = whole(index, functions) if index and not index.startswith("\\") else None

    def value(names: Names) -> Any:
        if told in names:
            return names[told]
        if place and f"{name}[]" in names:
            return names[f"{name}[]"][int(place(names))]
        if not index or index == "t":  # η_t, g_t: the one of this step
            return {"e": math.e, "π": math.pi}[name] if name in "eπ" and name not in names else names[name]
        raise KeyError(f"{told} of {', '.join(names)}")

    return value


def key(name: str, index: str) -> str:
    """β₁, λ_w, v_max."""
    index = GREEK.get(index.lstrip("\\"), index.lstrip("\\"))
    return name + (index.translate(LOW) if index.isdigit() else f"_{index}" if index else "")


def whole(source: str, functions: Collection[str] = ()) -> Value:
    """An expression that is all of ``source``."""
    reader = Reader(source, functions)
    value = reader.expression()
    if reader.look():
        raise SyntaxError(f"{reader.source[reader.at :]!r} is left of {source!r}")
    return value


def _split(source: str, separators: Collection[str]) -> list[str]:
    """The parts between separators that stand in no bracket and no environment."""
    parts, depth, first = [], 0, 0
    for found in TOKEN.finditer(source):
        token = found.group()
        depth += (token in ("(", "[", "{", "\\begin")) - (token in (")", "]", "}", "\\end"))
        if token in separators and depth == 0:
            parts.append(source[first : found.start()])
            first = found.end()
    return [*parts, source[first:]]


def _condition(source: str, functions: Collection[str]) -> Value:
    """a < b \\le c, and another."""
    tests: list[tuple[Callable[..., Any], Value, Value]] = []
    for part in _split(source, ","):
        reader = Reader(part, functions)
        left = reader.expression()
        while reader.look():
            relation = RELATIONS[reader.take()]
            right = reader.expression()
            tests.append((relation, left, right))
            left = right
    return lambda names: np.logical_and.reduce(
        np.broadcast_arrays(*(test(left(names), right(names)) for test, left, right in tests))
    )


def _range(under: str, above: str, functions: Collection[str]) -> Value:
    """What a sum runs over: n; k=1 to 4; i \\le t; u \\in \\{x, y\\}."""
    name, rest = under[0], under[1:].strip()
    if not rest:
        return lambda names: names[f"#{name}"]
    if rest.startswith("\\in"):
        members = [whole(each, functions) for each in rest.split("\\{")[1].split("\\}")[0].split(",")]
        return lambda names: [member(names) for member in members]
    if rest.startswith("="):
        first, last = whole(rest[1:], functions), whole(above, functions)
        return lambda names: range(int(first(names)), int(last(names)) + 1)
    if rest.startswith("\\le"):
        last = whole(rest[3:], functions)
        return lambda names: range(int(last(names)) + 1)
    raise SyntaxError(f"a sum over {under!r}")


# ---- statements ------------------------------------------------------------------------------------------------------


def statements(source: str, functions: Collection[str] = ()) -> list[Statement]:
    """What a formula says, in order; a line that begins with an operator goes on with the one before."""
    source = re.sub(r"\\(begin|end)\{(aligned|gathered)\}", "", source)
    parts: list[str] = []
    for part in _split(source, (",", "\\\\")):
        if "\\approx" in part:  # a remark
            continue
        part = _split(part, "&")[0] + " ".join(_split(part, "&")[1:])
        if re.match(r"\s*(\\cdot|[+/-])", part) and parts:
            parts[-1] += part
        elif part.strip():
            parts.append(part)
    sides = [_split(part, ("\\leftarrow", "=")) for part in parts]
    defined = {found[1] for left, *_ in sides if (found := FUNCTION.fullmatch(left))}
    return [_statement(part, side, {*functions, *defined}) for part, side in zip(parts, sides, strict=True)]


def _statement(source: str, sides: list[str], functions: Collection[str]) -> Statement:
    if len(sides) == 1:
        return Statement("", "", "", False, whole(source, functions))
    left, right = sides
    if function := FUNCTION.fullmatch(left):
        return Statement(function[1], "", function[2], False, whole(right, functions))
    reader = Reader(left)
    name = reader.letter(reader.take())
    index = ""
    if reader.look() == "_":
        reader.take()
        index = reader.raw()
    if reader.look():
        raise SyntaxError(f"{left!r} is no symbol")
    return Statement(name, index, "", "\\leftarrow" in source, whole(right, functions))


def whole_is(statement: Statement, symbol: str) -> Statement:
    """The statement that the target is just this symbol."""
    return replace(statement, value=whole(symbol))


def carry_out(statement: Statement, names: Names) -> None:
    """Give the target its value in ``names``."""
    target, index = statement.target, statement.index
    if statement.argument:
        names[target] = lambda given: statement.value({**names, statement.argument: given})
    elif f"#{index}" in names:  # f_n = …, for every n
        names[f"{target}[]"] = {at: statement.value({**names, index: at}) for at in names[f"#{index}"]}
    else:
        value = statement.value(names)
        names[target if index == "t" else key(target, index)] = value
        if isinstance(value, tuple):
            names[f"{target}[]"] = dict(enumerate(value, 1))


def evaluate(source: str, given: Mapping[str, Any]) -> Any:
    """The value of a formula: of its first statement, the others being definitions."""
    names = dict(given)
    functions = [name for name, value in names.items() if callable(value)]
    with np.errstate(all="ignore"):
        first, *definitions = statements(source, functions)
        for statement in definitions:
            carry_out(statement, names)
        return first.value(names)


def step(told: list[Statement], names: Names) -> None:
    """One step of an update rule: every statement in order, with what the one before left behind.

    ``σ_0 = …`` holds at t = 0 alone, ``σ_t = …`` at the other steps; σ_{t−1} is the one before.
    """
    done = set()
    with np.errstate(all="ignore"):
        for statement in told:
            target, index, t = statement.target, statement.index, names["t"]
            if index == "0" and any(other.target == target and other.index != "0" for other in told):
                if t > 0:
                    continue
                carry_out(Statement(target, "", "", False, statement.value), names)
            elif target in done and index != "0":
                continue
            else:
                carry_out(statement, names)
            if index in ("0", "t"):
                names.setdefault(f"{target}[]", {})[t] = names[target]
                done.add(target) if index == "0" else None
