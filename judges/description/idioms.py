"""Operations on texts as programmers and people in passing say them, in the words of the catalogue's phrases."""

import re

_A = r"(?:s|x|t|text|str|string|word|inp|input|input_str|input_string)"
_N = r"(\d{1,3})"
_TIMES = {"tripled": 3, "trebled": 3, "thrice": 3, "threefold": 3, "quadrupled": 4, "fourfold": 4}

_CODE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), f", then {by}, ")
    for pattern, by in [
        (rf"(?:reversed\( ?{_A} ?\)|{_A}? ?\[ ?: ?: ?-1 ?\])", "reverse the text"),
        (rf"{_A}? ?\[ ?: ?- ?{_N} ?\]", r"remove the last \1 characters"),
        (rf"{_A}? ?\[ ?- ?{_N} ?: ?\]", r"keep the last \1 characters only"),
        (rf"{_A}? ?\[ ?{_N} ?: ?- ?\1 ?\]", r"remove the first and the last \1 characters"),
        (rf"{_A}? ?\[ ?{_N} ?: ?\] ?\+ ?{_A} ?\[ ?: ?\1 ?\]", r"rotate the text left by \1"),
        (rf"{_A}? ?\[ ?- ?{_N} ?: ?\] ?\+ ?{_A} ?\[ ?: ?- ?\1 ?\]", r"rotate the text right by \1"),
        (rf"{_A}? ?\[ ?{_N} ?: ?\]", r"remove the first \1 characters"),
        (rf"{_A}? ?\[ ?: ?: ?{_N} ?\]", r"keep every \1th character, beginning with the first"),
        (rf"(?<=[\w)])\[ ?: ?{_N} ?\]", r"keep the first \1 characters only"),
        (rf"sorted\( ?{_A} ?, ?reverse ?= ?true ?\)", "sort the characters by code, highest first"),
        (rf"sorted\( ?{_A}(?:\.split\(\))? ?, ?key ?= ?len ?\)", "sort the words by length"),
        (rf"sorted\( ?{_A}\.split\(\) ?\)", "sort the words"),
        (rf"sorted\( ?{_A} ?\)", "sort the characters by code, lowest first"),
        (rf"{_A}?\.upper\(\)", "write every letter in upper case"),
        (rf"{_A}?\.lower\(\)", "write every letter in lower case"),
        (rf"{_A}?\.swapcase\(\)", "swap the case of every letter"),
        (rf"{_A}?\.title\(\)", "make the first character of every word a capital"),
        (rf"{_A}?\.capitalize\(\)", "write the first character in upper case and all the others in lower case"),
        (rf"{_A}?\.replace\( ?(['\"])(.+?)\1 ?, ?(['\"])\3 ?\)", r'remove every "\2"'),
        (rf"{_A}?\.replace\( ?(['\"]) \1 ?, ?(['\"])(.+?)\2 ?\)", r'replace every space by "\3"'),
        (rf"{_A}?\.replace\( ?(['\"])(.+?)\1 ?, ?(['\"])(.+?)\3 ?\)", r'replace every "\2" by "\4"'),
        (rf"{_A}? ?\* ?{_N}\b", r"write the text \1 times in a row"),
        (rf"(?<!if )\bstr\(len\( ?{_A} ?\)\)", "append the number of characters"),
        (r"\bre\.sub\( ?r?(['\"])(?:\\d|\[0-9\])\+?\1 ?, ?(['\"])\2[^)]*\)", "remove all digits"),
        (r"\bre\.sub\( ?r?(['\"])\[aeiou(?:aeiou)?\]\1 ?, ?(['\"])\2[^)]*\)", "remove all vowels"),
        (
            r"\bre\.sub\( ?r?(['\"])\(\[a-z\]\)\1 ?, ?r?(['\"])(\W)\\1\2[^)]*\)",
            r'insert "\3" before every capital letter',
        ),
    ]
)
_SAID: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), by)
    for pattern, by in [
        (r"\bchars?\b", "character"),
        (r"\bchars\b", "characters"),
        (
            (
                r"\b(?:returns?|gives?(?: back)?|yields?|leaves|keeps?|outputs?|prints?) (?:everything|all"
                r"|the (?:whole )?\w+) (?:but|except(?: for)?|apart from|minus|save) "
            ),
            "remove ",
        ),
        (
            (
                r"\b(?:everything|all|anything) (?:but|except(?: for)?|apart from"
                r"|other than) (?:the )?([^,.;]{3,40}?) (?:is|are|gets?) (?:\w+ )?(?:removed|dropped|deleted"
                r"|stripped|lost|discarded|thrown away|cut(?: off| away)?|gone)"
            ),
            r"keep only the \1",
        ),
        (
            (
                r"\b(?:only|just) (?:the )?([^,.;]{3,40}?) (?:is|are|remains?|survives?|stays?) ?(?:kept"
                r"|left(?: over)?|retained|returned|preserved)?"
            ),
            r"keep only the \1",
        ),
        (
            (
                r"\b(?:thrown (?:away|out)|throws? (?:away|out)|filter(?:s|ed)? out|chop(?:s|ped)? (?:off|away)?"
                r"|lop(?:s|ped)? off|trim(?:s|med)? (?:off|away)?|get(?:s|ting)? rid of|erases?d?|eliminat\w+"
                r"|takes? away|taken away|cuts? away|wip\w+|vanish\w*|disappear\w*|gone\b|left off|left out"
                r"|leav(?:es|ing) off|los(?:es|ing|t)|ditch\w*|scrap\w*|skip\w*|suppress\w*|purg\w+|knock\w* off"
                r"|shav\w+ off|is cut off|are cut off|stripp\w+|unwanted)"
            ),
            "removed",
        ),
        (
            (
                r"(?<!contains )(?<!contain )(?<!has )(?<!have )(?<!with )(?<!is )(?<!are )\bno (?:longer )?"
                r"(?=(?:digits?|numbers?|vowels?|spaces?|consonants?|capitals?"
                r"|punctuation)\b)(?!\w+ (?:in|at all))"
            ),
            "remove ",
        ),
        (r"\b(remov\w+|strip\w*|delet\w+|drop\w*|keep\w*|all|any|the) numbers\b(?! of)", r"\1 digits"),
        (r"\bnumbers (?=(?:are|get) (?:removed|dropped|deleted|stripped))", "digits "),
        (r"\b(?:halfway(?: point)?|half-way point|cent(?:er|re)|central)\b", "middle"),
        (
            r"\bleet\w*(?:[- ]?speak)?\b(?: substitutions?)?(?: of vowels and s)?",
            "replace letters by digits that look like them",
        ),
        (r"\batbash\b(?: cipher)?", "replace every letter by its mirror image in the alphabet"),
        (
            (
                r"\b(?:caesar\w*(?: cipher| shift| shifts)?|shift\w*|rotat\w*)(?:[ -](?:cipher|shift))?(?: of| by"
                r"| with)? \+?(\d+) ?/ ?-\1\b"
            ),
            r"shift letters at odd positions \1 forward and letters at even positions \1 back in the alphabet",
        ),
        (r"\b(?:rot)-?(\d+)\b", r"shift every letter \1 forward in the alphabet"),
        (r"\b(?:alternating|mocking|sponge\w*)[- ]?(?:caps|case)\b", "alternate upper and lower case"),
        (r"\btitle[- ]?cased?\b", "make the first character of every word a capital"),
        (r"\b(?:acronym|initialism)\b", "initials of the words"),
        (r"\bhyphenates?\b:?", ""),
        (
            r"\bevery (?:other|second|2nd) (?=char|letter|symbol|position|place)|\balternate (?=char|letter)",
            "every 2nd ",
        ),
        (r"\bpositions? (\d), \d+, \d+(?:,? (?:etc\.?|and so on|\.\.\.|…))?", r"every \1th character"),
        (
            (
                r"\bat (?:every )?(?:position|index|place)s? (?:that (?:is|are) )?(?:divisible by"
                r"|multiples? of) (\d|two|three|four)"
            ),
            r"every \1th",
        ),
        (r"\b(?:its |their |the )(?:own )?(?:index|offset)\b|\bindices\b", "its position"),
        (
            (
                r"\b(?:descending|decreasing) (?:\w+ )?order\b|\bfrom high\w* to"
                r" low\w*\b(?! length)|\bbiggest first|\blargest first"
            ),
            "highest first",
        ),
        (
            (
                r"\b(?:ascii|unicode|code ?point|character)[- ](?:codes?|values?|numbers?)\b|\bby ascii\b"
                r"|\bascii order\b|\bin ascii\b"
            ),
            "character codes",
        ),
        (
            (
                r"\b(?:shortest|short) to (?:longest|long)\b|\bby (?:increasing|ascending) length\b"
                r"|\bfrom short to long\b"
            ),
            "by length, shortest first",
        ),
        (
            r"\balphabetically\b|\bin alphabetical order\b|\balphabetized\b",
            "sort alphabetically",
        ),
        (
            (
                r"\b(?:glued?|stuck|sticks?|tack\w*|attach\w*|hung|added|adds?|puts?|placed?|written|writes?"
                r"|inserted|inserts?)(?: on(?:to)?)? (?:to |at |on |onto |after |behind )?(?:the )?(?:very )?(?:end"
                r"|back|tail)\b"
            ),
            "append",
        ),
        (r"\b(?:parenthes[ie]s|parens|round brackets|brackets round|in brackets)\b", 'enclose every word in "()"'),
        (r"\bsquare brackets\b", '"[]"'),
        (r"\b(?:angle|pointy) brackets\b", '"<>"'),
        (r"\bcurly (?:braces|brackets)|\bbraces\b", '"{}"'),
        (r"\b(?:period|full stop)\b", "dot"),
        (r"\b(?:starred|asterisked)\b", 'replaced by "*"'),
        (r"\bmasked\b|\bmasks\b|\bcensors?\b|\bcensored\b|\bhidden behind\b|\bobscured?\b", "hide characters behind"),
        (r"\bdedup\w*|\bde-dup\w*|\buniquif\w+", "keep only the first occurrence of each character"),
        (
            r"\bkeep only the first occurrence of each character consecutive (?:\w+)?",
            "shorten every run of equal neighbouring characters to one",
        ),
        (
            (
                r"\b(?:collaps\w+|squeez\w+|squash\w+) (?:runs?|repeats|repeated|consecutive|double|doubled"
                r"|duplicate)\w*(?: of)?(?: the)?(?: same| equal| identical| repeated)?(?: characters?| letters?)?"
            ),
            "shorten every run of equal neighbouring characters to one",
        ),
        (
            (
                r"\bstays? put\b|\bstay(?:s|ing)? where (?:it|they) (?:is|are|were|was)\b|\bin position\b"
                r"|\bdoes not move|\bdo not move|\bkeep(?:s|ing)? (?:its|their) (?:place|position)s?"
            ),
            "keep their places",
        ),
        (r"\bcoming? (?:back )?(?:as (?:it|they) (?:is|are)|the same)\b", "unchanged"),
    ]
)


def plain_words(text: str) -> str:
    """The text with idioms replaced; what is quoted in code keeps its quotation marks."""
    if re.search(r"\w\(|\[.*:.*\]|\w\.\w|\* ?\d", text):
        for pattern, by in _CODE:
            text = re.sub(pattern.pattern, by, text, flags=re.IGNORECASE)
    for pattern, by in _SAID:
        text = pattern.sub(by, text)
    for word, times in _TIMES.items():
        text = re.sub(rf"\b{word}\b", f"written {times} times", text, flags=re.IGNORECASE)
    return re.sub(r"\btripl(?:es?|ing)\b", "write 3 times", text, flags=re.IGNORECASE)
