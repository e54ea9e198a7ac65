"""The words that people use for families, parameters, noise and parts of the inputs.

Written from general English, not from the prose of `functions`. Patterns are matched against normalised text, which
is in lower case.
"""

import re


def _either(*patterns: str) -> str:
    return "|".join(patterns)


# Families: what a phrase may mean, in the order of trial. More than one name where the word does not tell.
_FAMILY_WORDS: tuple[tuple[str, str], ...] = (
    (
        "leaky_relu",
        _either(
            r"leaky[- _]?re-?lu|leaky rectifie\w+|\brelu\b|rectified linear|\bhinge\b",
            r"two straight (?:pieces|lines|segments)",
        ),
    ),
    ("leaky_relu piecewise_linear", r"piecewise[- ]linear|broken line"),
    (
        "step rectangle square_wave floor ceil signum",
        r"piecewise[- ]constant|(?:two|2) (?:constant )?(?:levels|values|plateaus)",
    ),
    ("square_wave", r"square[- _]?wave"),
    ("triangle_wave", r"triang\w+[- ]?wave|saw-?tooth|zigzag"),
    ("sinc", r"\bsinc\b"),
    ("neural_network", r"neural net\w*|multi-?layer perceptron|\bmlp\b"),
    ("damped_oscillation", r"damped|dying (?:oscillation|wave|sine)|decaying (?:oscillation|wave|sine)"),
    ("modulo", r"\bmodulo\b|remainder|\bmod \d"),
    ("two_sinusoids", r"two (?:incommensurate )?(?:sine|sinus\w+|frequenc\w+)|incommensurate|2 incommensurate"),
    ("quantised_sine quantised_tanh quantised_gaussian", r"quanti[sz]ed"),
    ("root", r"square[- _]?root|cube[- _]?root|cubic root|\bsqrt\b|\bcbrt\b|\broots?\b(?![- ]mean)"),
    ("tanh", r"hyperbolic tangent|\btanh\b|sigmoid\w*|logistic|s-?shaped|s-curve"),
    ("rational", r"(?:ratio|quotient) of (?:two )?polynomials|\brational\b(?: function)?"),
    ("cosine", r"\bcosine\b|\bcos\b"),
    ("sine cosine", r"sinusoid\w*|harmonic oscillation|\bsinus\b|\bsine-like\b"),
    ("sine", r"\bsines?\b|\bsin\b"),
    ("reciprocal", r"reciprocal|hyperbol(?:a|ic)\b(?! tangent)|inverse(?:ly)?(?: proportional)?|one over\b"),
    (
        "gaussian",
        _either(
            r"gaussian(?! (?:\w+ )?(?:noise|distribut|scatter|jitter))|bell[- ]?(?:shaped|curve)",
            r"normal curve|(?:inverted|smooth|upside[- ]down) bell\b",
        ),
    ),
    ("logarithm", r"logarithm\w*|\blog\b|\bln\b"),
    (
        "absolute",
        _either(
            r"absolute[- ]value|\babs\b|v[- ]shaped?|\bmodulus\b|absolute (?=difference|distance)|\btent\b",
            r"(?:upside[- ]down|inverted|downward) v\b|\bv (?=with|turned|upside|whose)",
        ),
    ),
    ("polynomial", r"polynomial|quadratic|\bcubic\b|quartic|quintic|parabol\w+"),
    ("rectangle", r"rectang\w+|box-?car|box function|top[- ]hat|\bpulse\b|\ba box\b|raised plateau"),
    ("signum", r"sign function|signum|\bsgn\b|(?<!no )(?<!any )\bsign of\b"),
    (
        "step",
        _either(
            r"step[- ]function|heaviside|\ba step\b|single step|threshold function",
            r"\bstep (?=at|from|with|up|down|between)",
            r"(?:single|one) (?:drop|jump|rise|switch)\b|jumps? once|switches once",
        ),
    ),
    ("floor", r"\bfloor\b|round\w* down|integer part"),
    ("ceil", r"\bceil(?:ing)?\b|round\w* up"),
    ("floor ceil", r"stair\w*"),
    (
        "constant",
        _either(
            r"\bconstant(?:ly)?\b(?! (?:term|offset|on either|on both|left|right|below|above|shift|amplitude"
            r"|slope|rate|noise|factor|scale))",
            r"\bflat (?:line|at|value)|horizontal line|\bconst\b|ignores (?:x|the input|its input)|(?:not"
            r"|n't) depend on (?:x|the input|its input)",
            r"\balways (?:returns? |gives? |equals? |outputs? |answers? |exactly |about |get )*(?=-?\d)"
            r"|(?:independent|regardless|irrespective) of (?:x|the input)",
            r"no matter (?:what|which)|same (?:value|number|output|answer) (?:for (?:every|all|any)|everywhere"
            r"|whatever|regardless|no matter)",
        ),
    ),
    (
        "linear",
        r"(?<!piecewise )(?<!piecewise-)(?<!non-)(?<!non)(?:\blinear\w*|straight[- ]line|\baffine\b|\bline\b)",
    ),
    (
        "sine cosine square_wave triangle_wave damped_oscillation two_sinusoids sinc quantised_sine modulo",
        r"\bwav(?:e|es|y)\b(?! function)|\boscillat\w+|\bundulat\w+|\bripples?\b",
    ),
    ("sum", r"\bthe sum of|\bsum\b|added to|superposition|\bplus an?\b|\badditive combination"),
    ("product", r"\bproduct\b|multiplied (?:by|with) (?:an?|the)\b|modulated|\btimes an?\b"),
    ("composition", r"composit\w+|composed|applied to|nested|fed (?:in)?to"),
)
FAMILIES = tuple((frozenset(names.split()), re.compile(pattern)) for names, pattern in _FAMILY_WORDS)
JOINS = frozenset({"sum", "product", "composition"})

FAMILY_PATTERNS = tuple(pattern for _, pattern in _FAMILY_WORDS)

# Families that nobody can be blamed for confusing: the one can be written as the other, or nearly.
ALIKE: tuple[frozenset[str], ...] = (
    frozenset({"sine", "cosine"}),
    frozenset({"step", "signum"}),
    frozenset({"floor", "ceil"}),
)

# What formulas and descriptions of a family are full of: to name such a part is neither right nor wrong.
MADE_OF: dict[str, frozenset[str]] = {
    family: frozenset(parts.split())
    for family, parts in [
        ("square_wave", "floor sine signum step constant"),
        ("tanh", "step"),
        ("neural_network", "leaky_relu"),
        ("two_sinusoids", "sine cosine sum root"),
        ("damped_oscillation", "sine cosine product gaussian absolute"),
        ("sinc", "sine product reciprocal rational"),
        ("modulo", "floor linear"),
        ("triangle_wave", "floor absolute linear leaky_relu"),
        ("piecewise_linear", "linear leaky_relu absolute sum"),
        ("quantised_sine", "sine cosine floor ceil step"),
        ("quantised_tanh", "tanh floor ceil step"),
        ("quantised_gaussian", "gaussian floor ceil step"),
    ]
}

# A parameter's word, followed by a number, says which kind of number it is.
_MOVES = "rises|rising|grows|growing|increases|increasing|climbs|falls|falling|decreases|decreasing|drops"
HINTS: tuple[tuple[str, str], ...] = (
    ("span", r"peak[- ]to[- ]peak(?: amplitude| height)?"),
    ("amplitude", r"amplitude|swing(?:s|ing)?(?: by)?|height|depth"),
    ("frequency", r"(?:angular |spatial )?frequency|\brate\b|steepness|angular speed"),
    ("period", r"period(?:icity)?|wavelength|repeat(?:s|ing)? (?:itself )?every|cycle length"),
    ("phase", r"phase(?: shift| offset| angle)?"),
    ("slope", rf"slope|gradient|(?:{_MOVES}) by"),
    (
        "offset",
        _either(
            r"(?:y-?|vertical )?intercept|crosses (?:the )?y-?axis at|baseline|\bbias\b|constant term|mean level",
            r"midline|(?:vertical )?offset|(?:raised|lowered|lifted) by|vertical(?:ly)? shift(?:ed)?(?: by)?",
            r"shifted (?:up|down)(?:wards?)?(?: by)?",
        ),
    ),
    (
        "place",
        _either(
            r"cent(?:er|re)(?:ed|d)?|vertex|\btip\b|peak(?:s|ing)? (?:at|near)|midpoint|inflection(?: point)?"
            r"|located",
            r"\bpole|asymptote|singularity|diverges|\bstart(?:s|ing)?|begin(?:s|ning)?|\bknee|\bkink|threshold",
            r"jumps? (?:up )?at|switch(?:es)? at|\bbend",
        ),
    ),
    ("width", r"width|standard deviation|\bsigma\b|(?:step|stair) length"),
    ("scale", r"scale|scaling(?: factor)?|factor|multiplier|prefactor|gain|multiplied by"),
    ("leak", r"\bleak"),
    ("degree", r"\bdegree|\border|exponent|to the power"),
    ("coefficient", r"coefficient"),
    ("value", r"constant(?: value)?|\bvalue|\balways|\bconst\b|\bflat (?:line )?at"),
)

# An adjective behind a number says it too.
BEHIND = re.compile(r" (?:units? |each )?(?:(?P<wide>wide|long|across|apart)|high|tall|deep|up)\b(?! to)")

# Degrees that are said in a word.
DEGREES: tuple[tuple[float, str], ...] = (
    (2.0, r"quadratic|parabol\w+|square[- ]?root|\bsqrt\b"),
    (3.0, r"\bcubic\b|cube[- ]?root|\bcbrt\b|third[- ](?:degree|order)"),
    (4.0, r"quartic|fourth[- ](?:degree|order)"),
    (5.0, r"quintic|fifth[- ](?:degree|order)"),
)

# Noise
NOISE = re.compile(
    _either(
        r"nois\w*|jitter\w*|scatter\w*|stochastic\w*|random\w*|deterministic\w*",
        r"repeat(?:ed|ing) (?:quer|call|eval|meas)\w*",
    )
)
NOISE_KINDS: tuple[tuple[str, str], ...] = (
    ("gaussian", r"gaussian|normal(?:ly)?\b|bell"),
    ("uniform", r"uniform\w*"),
    ("poisson", r"poisson\w*"),
)
DEVIATION = re.compile(r"deviation|\bstd\b|\bsd\b|\bsigma\b|\brms\b")
VARIANCE = re.compile(r"\bvariance")
FULL_WIDTH = re.compile(
    r"(?:full|total)[- ](?:width|range)|peak[- ]to[- ]peak|\bwide\b"
    r"|(?<!half-)(?<!half )\bwidth of"
)
NO_NOISE = re.compile(
    _either(
        r"(?:\bno|(?<!output )without(?: any)?|free of|free from|zero|not any|lacks) (?:\w+ ){0,3}"
        r"(?:noise|randomness|jitter|scatter)\b",
        r"noise[- ]?(?:free|less)|\bnot noisy|(?<!not )(?<!non-)(?:fully |completely |entirely )?\bdeterministic",
        r"nois\w+ (?:is |was )?(?:absent|not present|none)|noise: ?none",
    )
)

# Parts of the inputs
NO_REGION = re.compile(
    _either(
        r"(?:\bno|without(?: any)?|free of|free from|not any) (?:\w+ ){0,3}"
        r"(?:region|interval|anomal\w+|corruption|irregular\w*|exception)s?\b",
        r"(?:same|single|one) (?:\w+ )?(?:rule|formula|behaviou?r|expression|law|way) "
        r"(?:\w+ )?(?:everywhere|throughout|over)",
        r"(?:holds|applies|true) (?:everywhere|throughout|on the (?:whole|entire))|regions?: ?none|\bno part\b",
        r"(?:not|nowhere|never) (?:\w+ )?(?:corrupted|irregular|disturbed|overridden)",
    )
)
REGION = re.compile(
    _either(
        r"\b(?:irregular|corrupt\w*|anomal\w*|disturb\w*|overrid\w*|replaced|instead|exception)",
        r"^(?:and )?there\b(?! (?:is|are|was))|^(?:inside|within)\b|\b(?:inside|within) (?:it|that|this|the)\b",
        r"\b(?:in|on|over) (?:that|this) (?:range|region|interval|stretch|part|zone|window)",
    )
)
ELSEWHERE = re.compile(
    _either(
        r"\b(?:elsewhere|otherwise|everywhere else|rest of|remaining|apart from|other than|all other|other inputs)\b",
        r"^outside\b|\boutside (?:of|that|this|these|it|the|there|[-\d\[(])|(?<!\d )\boutside$",
    )
)
SHAPE = re.compile(r"rectang\w+|\bpulse\b|box-?car|top[- ]hat|\bstep\b|threshold")  # its interval is its own
NEUTRAL = re.compile(
    r"\b(?:undefined|not defined|only defined|defined (?:only|for)|domain|nan|tested|queried|sampled)\b"
)
OUTPUTS = re.compile(  # `oscillates between 1 and 5` speaks of outputs
    r"(?:swing|oscillat|var|rang|alternat|switch|jump|mov|bounc|fluctuat|toggl|rise|fall|go|run|stay)\w*"
    r"(?: (?:smoothly|up|down|only))? ?$|(?:modulo|remainder),? ?$"
)

# Small words with large effects; each looks at what stands right before or behind.
NEGATED = re.compile(
    r"\b(?:not|no|isn't|never|neither|nor|without|rather than|instead of|unlike|nothing like)"
    r"(?: \w+){0,2} ?(?:an? |the )?$"
)
ALTERNATIVE = re.compile(r"\bor\b|\beither\b")
FALLING = re.compile(
    r"(?:fall\w*|decreas\w*|drop\w*|lower\w*|down(?:wards?)?|depth|sink\w*|minus|negative)(?: of| by| is|,)? ?$"
)
COUNTED = re.compile(  # numbers that count the team's own doing or a network's units, or are one part of a fraction
    r" ?/ ?\d| ?(?:%|percent|quer\w+|samples?|points?|observations?|evaluations?|experiments?|measurements?|repeats?)"
    r"| (?:hidden |relu )+(?:units?|neurons?)"
)
