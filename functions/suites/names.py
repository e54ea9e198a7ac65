"""The names that suites draw from. A suite keeps its names, so that what is added to a catalogue later changes none."""


def _names(lines: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in lines.replace("\n", ",").split(",") if name.strip())


NUMERIC_FAMILIES_1 = _names("""
    linear, polynomial, absolute, root, logarithm, step, leaky_relu, tanh, constant, sine, cosine, reciprocal, gaussian,
    rational, rectangle, square_wave, signum, floor, ceil
""")
NUMERIC_REPLACEMENTS_1 = _names("constant, linear, absolute, polynomial, sine, cosine, step, tanh")
VECTOR_FAMILIES_1 = _names("""
    linear, polynomial, absolute, step, leaky_relu, tanh, sine, cosine, gaussian, rectangle
""")
VECTOR_REPLACEMENTS_1 = _names("constant, linear, absolute, sine, tanh")
STRING_OPERATIONS_1 = _names("""
    abbreviate, add prefix, add suffix, alternate case, append digit sum, append hash, append length,
    append letter sum, append mirror, append start, append sum letter, append word count, append word lengths,
    before first repeat, camel case, capitalise every, capitalise first half, capitalise vowels, capitalise word ends,
    capitalise words, capitals last, code parity, code sum, collapse runs, count characters, count sounds,
    digit lookalikes, digits first, double consonants, double every, double vowels, double words, drop end, drop ends,
    drop start, echo vowels, enclose, enclose words, first half, first vowel everywhere, first word last,
    from first vowel, initials, insert after digits, insert after vowels, insert before capitals, insert between,
    insert every, insert middle, keep end, keep last occurrences, keep letters, keep start, keyed alphabet, length,
    length in words, letter numbers, letter sum, long run lengths, longest word, look and say, lower case, mask end,
    mask start, mirror alphabet, mirror first half, mirror second half, number characters, number vowels, number words,
    numeronym, pair alphabet, palindrome, prepend end, prepend mirror, prepend vowel count, push vowels,
    remove capitals, remove consonants, remove digits, remove early letters, remove every, remove letters,
    remove middle, remove repeated, remove repeats, remove spaces, remove vowels, repeat characters, repeat first,
    repeat in turn, repeat joined, repeat last, repeat text, replace consonants, replace digits, replace every,
    replace first again, replace letter, replace others, replace repeats, replace runs, replace spaces, replace vowels,
    reverse, reverse blocks, reverse each word, reverse halves, reverse letters, reverse start, reverse vowels,
    reverse words, rotate by vowels, rotate left, rotate right, rotate words, run lengths, second half, sentence case,
    shift after vowels, shift alternately, shift back, shift by key, shift by length, shift by neighbour,
    shift by position, shift consonants, shift digits, shift forward, shift vowels, snake case, sort backwards,
    sort characters, sort letters, sort words, sort words by length, sound pattern, spell digits, statistics, stutter,
    swap case, swap ends, swap halves, swap pairs, swap word ends, symmetric part, take every, up to last vowel,
    upper case, vowels first, vowels last, word endings, word lengths
""")
STRING_CONDITIONS_1 = _names("""
    all capitals, all different, contains digit, contains letter, contains other, contains space, ends with vowel,
    equal ends, even length, even letter sum, even vowels, has double, is palindrome, length in threes, longer than,
    many vowels, many words, no capitals, rising, shorter than, starts early, starts with capital, starts with vowel,
    vowel pair, vowels prevail
""")
RELATION_RULES_1 = _names("""
    capital of country, continent of country, two-letter code of country, three-letter code of country,
    calling code of country, internet domain of country, country of capital, continent of capital,
    country of two-letter code, capital of two-letter code, country of internet domain, country of calling code,
    country of city, continent of city, time zone of city, postal code of state, state of postal code,
    French name of country, German name of country, Spanish name of country, Italian name of country,
    language of country, currency of country, currency code of country, English from German country,
    French from German country, code of language, own name of language, French name of language,
    German name of language, language of code, code of currency, currency of code, symbol of element,
    atomic number of element, group of element, period of element, series of element, element after element,
    element of symbol, atomic number of symbol, element of atomic number, symbol of atomic number, next month or day,
    previous month or day, French month or day, Spanish month or day, next date, previous date, date a week later,
    day of year, number in words, ordinal of number, Roman numeral of number, digits of number words,
    ordinal of number words, successor of number words, double of number words, digits of Roman numeral,
    plural of noun, singular of noun, past tense of verb, past participle of verb, ing-form of verb,
    third person of verb, base form of past tense, comparative of adjective, superlative of adjective, antonym of word,
    hypernym of noun, noun of adjective, adjective of adverb, adverb of adjective
""")
HELD_OUT_OPERATIONS_1 = _names("""
    interleave halves, luhn digit, mirror long words, pig latin, rail fence, sort by frequency, sound code,
    weighted check
""")
