"""How one part is told with its offset: by its common name, with the numbers that go with that name, in English.

A step and a signum, a floor and a ceil are one shape. They are told as whichever needs fewer digits.
"""

from .statements import STATEMENTS, Numbers, ratio, show

Named = list[tuple[str, float]]


def called(name: str, n: Numbers, offset: float) -> str:
    """The common name of a family with the numbers `n`, raised by `offset`: its variants are one to most people."""
    if name.startswith("polynomial"):
        return "polynomial"
    if name == "step" and _digits(n[0] / 2, offset + n[0] / 2) < _digits(offset, offset + n[0]):
        return "signum"
    if name == "floor" and n[2] == 0 and _digits(offset - n[0]) < _digits(offset):
        return "ceil"
    last = name.split()[-1]
    return last if last in ("root", "logarithm", "rational") else name.replace(" ", "_")


def _digits(*values: float) -> int:
    """How many significant digits it takes to write these, dust aside."""
    return sum(len(f"{v:.9e}".split("e")[0].replace(".", "").lstrip("-").strip("0")) for v in values)


def numbers(name: str, n: Numbers, offset: float) -> Named:
    """The parameters that go with the common name, and the offset, where there is one and they do not hold it."""
    match called(name, n, offset):
        case "step":
            return [("threshold", n[1]), ("before", offset), ("after", offset + n[0])]
        case "signum":
            return _with(offset + n[0] / 2, [("scale", n[0] / 2), ("center", n[1])])
        case "rectangle":
            return [("start", n[1]), ("end", n[2]), ("inside", offset + n[0]), ("outside", offset)]
        case "floor" | "ceil" as way:
            start = [("start", n[2])] if n[2] else []
            return _with(offset - n[0] if way == "ceil" else offset, [("height", n[0]), ("width", n[1]), *start])
        case "rational":
            above, below = n[:-2], n[-2:]
            n1, n0 = above if len(above) == 2 else (0.0, *above)
            whole = (offset, n1 + offset * below[0], n0 + offset * below[1])
            return [*zip(("n2", "n1", "n0"), whole, strict=True), *zip(("d1", "d0"), below, strict=True)]
        case "linear":
            return [("slope", n[0]), *([("intercept", offset)] if offset else [])]
        case "polynomial":
            terms = [(key, v) for key, v in zip(STATEMENTS[name].names, n, strict=True) if v]
            return [("degree", float(terms[0][0][1:]) if terms else 0.0), *terms, *([("c0", offset)] if offset else [])]
        case "root":
            return _with(offset, [("degree", 3.0 if name == "cube root" else 2.0), ("scale", n[0]), ("start", n[1])])
        case "logarithm":
            return _with(offset, [("scale", n[0]), ("start", n[1])])
        case _:
            return _with(offset, list(zip(STATEMENTS[name].names, n, strict=True)))


def _with(offset: float, named: Named) -> Named:
    return [*named, *([("offset", offset)] if offset else [])]


def raised(name: str, n: Numbers, u: str, offset: float) -> str:
    """The English of one family with its offset, said as that family's levels or intercept where that is natural."""
    text = STATEMENTS[name].english(n, u)
    match called(name, n, offset):
        case "rational":
            return ratio(n, u, offset)
        case "ceil":
            return text.replace("floor", "ceil") + _and(offset - n[0])  # one stair up is rounding up
        case "signum":
            scale, center = show(_clean(n[0] / 2)), show(n[1])
            return f"a signum (sign function) of {u} with scale {scale} and center {center}" + _and(offset + n[0] / 2)
        case "step":
            levels = f"{show(offset)} before it and {show(_clean(offset + n[0]))} after it"
            return f"a step with its threshold at {u} = {show(n[1])}: {levels}"
        case "rectangle":
            return (
                f"a rectangle: {show(_clean(offset + n[0]))} inside, for {u} from its start {show(n[1])} "
                f"to its end {show(n[2])}, and {show(offset)} outside"
            )
        case "linear":
            return text + (f" and intercept {show(offset)}" if offset else "")
        case _:
            return text + _and(offset)


def _and(offset: float) -> str:
    return f", with an offset of {show(offset)}" if _clean(offset) else ""


def _clean(value: float) -> float:
    """Without what the arithmetic of decimals leaves."""
    return float(f"{value:.10g}") if abs(value) > 1e-12 else 0.0
