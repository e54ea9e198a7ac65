"""The words that people use for families, parameters, noise and parts. Written from general English, not from our prose."""

import re

# What a phrase may mean: more than one family where the word does not tell them apart.
FAMILIES: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (pattern, frozenset(families.split()))
    for pattern, families in [
        (r"leaky[- _]?re-?lu|leaky rectifie\w+|\brelu\b|rectified linear|hinge|piecewise[- ]linear|two straight", "leaky_relu"),
        (r"square[- _]?wave", "square_wave"),
        (r"square[- _]?root|cube[- _]?root|cubic root|\bsqrt\b|\bcbrt\b|\broots?\b(?![- ]mean)", "root"),
        (r"hyperbolic tangent|\btanh\b|sigmoid\w*|logistic|s-?shaped|s-curve", "tanh"),
        (r"ratio of (?:two )?polynomials|quotient of (?:two )?polynomials|rational\b(?: function)?", "rational"),
        (r"\bcosine\b|\bcos\b", "cosine"),
        (r"sinusoid\w*|harmonic oscillation", "sine cosine"),
        (r"\bsines?\b|\bsin\b", "sine"),
        (r"reciprocal|hyperbol(?:a|ic)\b(?! tangent)|inverse(?:ly)?(?: proportional)?|one over\b", "reciprocal"),
        (r"gaussian(?! (?:\w+ )?(?:noise|distribut|scatter|jitter))|bell[- ]?(?:shaped|curve)|normal curve", "gaussian"),
        (r"logarithm\w*|\blog\b|\bln\b", "logarithm"),
        (r"absolute[- ]value|\babs\b|v[- ]shaped?|\bmodulus\b|absolute (?=difference|distance)", "absolute"),
        (r"polynomial|quadratic|\bcubic\b|quartic|quintic|parabol\w+", "polynomial"),
        (r"rectang\w+|box-?car|box function|top[- ]hat|\bpulse\b", "rectangle"),
        (r"sign function|signum|\bsgn\b|(?<!no )(?<!any )\bsign of\b", "signum"),
        (r"step[- ]function|heaviside|\ba step\b|single step|\bstep (?=at|from|with|up|down|between)|threshold function", "step"),
        (r"\bfloor\b|round\w* down|integer part", "floor"),
        (r"\bceil(?:ing)?\b|round\w* up", "ceil"),
        (r"stair\w*", "floor ceil"),
        (r"\bconstant(?:ly)?\b(?! (?:term|offset|shift|amplitude|slope|rate|noise|factor|scale))|\bflat (?:line|at|value)|horizontal line", "constant"),
        (r"(?<!piecewise )(?<!piecewise-)(?<!rectified )(?<!non-)(?<!non)(?:\blinear\w*|straight[- ]line|\baffine\b|\bline\b)", "linear"),
        (r"\bthe sum of|\bsum\b|added to|superposition|\bplus an?\b|\badditive combination", "sum"),
        (r"\bproduct\b|multiplied (?:by|with) (?:an?|the)\b|modulated|\btimes an?\b", "product"),
        (r"composit\w+|composed|applied to|nested|fed (?:in)?to", "composition"),
    ]
)
JOINS = frozenset({"sum", "product", "composition"})

# Families that people cannot be blamed for confusing: each can be written as the other.
ALIKE: tuple[frozenset[str], ...] = (frozenset({"sine", "cosine"}), frozenset({"step", "signum"}), frozenset({"floor", "ceil"}))

# A parameter's word, followed by a number, says which kind of number it is.
HINTS: tuple[tuple[str, str], ...] = (
    (r"peak[- ]to[- ]peak(?: amplitude| height)?", "span"),
    (r"amplitude|swing(?:s|ing)?(?: by)?", "amplitude"),
    (r"height|depth", "amplitude"),
    (r"(?:angular |spatial )?frequency|\brate\b|steepness|angular speed", "frequency"),
    (r"period(?:icity)?|wavelength|repeat(?:s|ing)? (?:itself )?every|cycle length", "period"),
    (r"phase(?: shift| offset| angle)?", "phase"),
    (r"slope|gradient|(?:rises|rising|grows|growing|increases|increasing|climbs|falls|falling|decreases|decreasing|drops) by", "slope"),
    (r"(?:y-?|vertical )?intercept|crosses (?:the )?y-?axis at", "offset"),
    (r"(?:vertical )?offset|(?:raised|lowered|lifted) by|vertical(?:ly)? shift(?:ed)?(?: by)?|shifted (?:up|down)(?:wards?)?(?: by)?"
     r"|baseline|\bbias\b|constant term|mean level|midline", "offset"),
    (r"cent(?:er|re)(?:ed|d)?|vertex|tip|peak(?:s|ing)? (?:at|near)|midpoint|inflection(?: point)?|located|located at", "place"),
    (r"\bpole|asymptote|singularity|diverges", "place"),
    (r"\bstart(?:s|ing)?|begin(?:s|ning)?|\bknee|\bkink|threshold|jumps? (?:at|up at)|switch(?:es)? at|bend", "place"),
    (r"width|standard deviation|\bsigma\b|(?:step|stair) (?:length|width)", "width"),
    (r"scale|scaling(?: factor)?|factor|multiplier|prefactor|gain|multiplied by", "scale"),
    (r"\bleak", "leak"),
    (r"\bdegree|\border|exponent|to the power", "degree"),
    (r"coefficient", "coefficient"),
    (r"constant(?: value)?|\bvalue", "value"),
)  # fmt: skip

NOISE = re.compile(r"nois\w*|jitter\w*|scatter\w*|stochastic\w*|random\w*|deterministic\w*|repeat(?:ed|ing) (?:quer|call|eval|meas)\w*")
NOISE_KINDS: tuple[tuple[str, str], ...] = (
    ("gaussian", r"gaussian|normal(?:ly)?\b|bell"),
    ("uniform", r"uniform\w*"),
    ("poisson", r"poisson\w*"),
)
NO_NOISE = re.compile(
    r"(?:\bno|without(?: any)?|free of|free from|zero|not any|lacks) (?:\w+ ){0,3}(?:noise|randomness|jitter|scatter)\b"
    r"|noise[- ]?(?:free|less)|\bnot noisy|(?<!not )(?<!non-)(?:fully |completely |entirely )?\bdeterministic"
    r"|nois\w+ (?:is |was )?(?:absent|not present|none)|noise: ?none|no sign of noise"
)
NO_REGION = re.compile(
    r"(?:\bno|without(?: any)?|free of|free from|not any) (?:\w+ ){0,3}(?:region|interval|anomal\w+|corruption|irregular\w*|exception)s?\b"
    r"|(?:same|single|one) (?:\w+ )?(?:rule|formula|behaviou?r|expression|law|way) (?:\w+ )?(?:everywhere|throughout|over)"
    r"|(?:holds|applies|true) (?:everywhere|throughout|on the (?:whole|entire))|nowhere (?:corrupted|irregular|disturbed)"
    r"|(?:not|nowhere|never) (?:\w+ )?(?:corrupted|irregular|disturbed|overridden)|regions?: ?none|\bno part\b"
)
REGION = re.compile(
    r"\b(?:irregular|corrupt\w*|anomal\w*|disturb\w*|overrid\w*|replaced|instead|inside|within|there\b(?! (?:is|are|was))|exception"
    r"|(?:in|on|over) (?:that|this) (?:range|region|interval|stretch|part|zone|window))"
)
ELSEWHERE = re.compile(r"\b(?:elsewhere|otherwise|everywhere else|outside|rest of|remaining|apart from|other than|all other|other inputs)\b")
NEGATED = re.compile(r"\b(?:not|no|isn't|never|neither|nor|without|rather than|instead of|unlike|nothing like)(?: \w+){0,2} ?(?:an? |the )?$")
ALTERNATIVE = re.compile(r"\bor\b|\beither\b")
FALLING = re.compile(r"(?:fall\w*|decreas\w*|drop\w*|lower\w*|down(?:wards?)?|depth|sink\w*|minus|negative)(?: of| by| is|,)? ?$")
COUNTED = re.compile(
    r"^ ?(?:%|percent|quer\w+|samples?|points?|observations?|evaluations?|experiments?|measurements?|repeats?|decimals?|digits|times (?:as|out))"
)
