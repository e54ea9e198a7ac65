"""How likely each kind of step and condition is beforehand: counted once, in functions of a training seed.

Costs are surprises in nats: those of steps and conditions add up, and the difference of two costs is how much likelier
one explanation is than another before anything is asked. Counted by
`python -m tests.toolkit.strings.learn_prior 70001 800`.
"""

from math import log

UNSEEN = 0.3
"""Counts of a kind that no training function had."""

HINT = 3.0
"""Nats for 1 of a kind's own `cost`, which orders the kinds that were never seen."""

PARAMETER = 1.0
"""Nats for each parameter."""

SCOPED = 2.0
"""Nats for a step that works on words and not on the whole text."""

DENIED = 0.3
"""Nats for the opposite of a condition."""


def _counts(listed: str) -> dict[str, int]:
    return {name: int(count) for name, _, count in (item.partition(":") for item in listed.split())}


STEPS = _counts("""
abbreviate:13 alternate_case:17 append_hash:28 append_letter_of_sum:18 append_number:7 append_number_in_words:11
append_reverse:17 append_start:20 append_sum:35 before_place:11 camel:12 capital_every:12 capital_half:15
capital_where:28 capitalise:11 capitals:8 capitals_only_of:10 codes_combined:10 cut:44 drop_ends:4 drop_first:4
drop_last:6 drop_middle:18 drop_repeats:7 echo_each:13 initials:14 join_words_in_one_case:10 keep_by_frequency:10
keep_every:10 keep_half:28 keep_last_of_equals:12 keep_word:13 look_alikes:7 make_equal:8 mask_inside:28
mirror_half:39 mirror_letters:7 move_group:19 number_characters:12 number_of:6 number_spelled:8 number_vowels:11
number_words:13 numbers_joined:7 numbers_of:9 only_from_first:7 only_up_to_last:13 palindrome:21 pattern:15
prepend_end:6 prepend_number:14 prepend_reverse:16 prepend_start:17 put_around:30 put_at_end:10 put_before_each:15
put_behind_chunks:14 put_behind_each:30 put_between:16 put_in_front:11 put_in_middle:12 remainder:17 remove:52
remove_every:19 remove_letters:13 remove_where:12 repeat_all:32 repeat_characters:12 repeat_each:31 repeat_every:6
repeat_first:15 repeat_in_turn:15 repeat_last:14 repeat_words:12 replace_by_longer:1 replace_character:3
replace_each:44 replace_every:8 replace_long_runs:14 replace_where:31 reverse:22 reverse_blocks:11 reverse_halves:5
reverse_only:19 reverse_start:10 reverse_words:4 rotate:29 rotate_by_count:9 rotate_words:11 run_lengths:24
shift_alternately:8 shift_by_keyword:6 shift_by_length:14 shift_by_neighbour:7 shift_by_place:8 shift_consonants:4
shift_digits:9 shift_letters:24 shift_vowels:5 shift_where:10 shorten_words:7 small:6 sort_backwards:10
sort_characters:11 sort_only:5 sort_words:14 spell_digits:16 squeeze:9 substitute:26 sum_of:19 swap_case:17
swap_ends:18 swap_halves_around_middle:4 swap_neighbours:11 swap_with_next:9 tally:8 word_lengths:4
words_with_lengths:11
""")
CONDITIONS = _counts("""
begins_in_half:7 begins_with:9 contains:24 contains_letter:5 ends_with:5 even_length:3 even_letter_sum:5
even_number_of:1 has_double:8 has_repeat:5 has_vowel_pair:6 length_divisible:3 longer_than:7 more_of:10 more_than:6
more_words_than:7 only:3 palindrome_exactly:5 rising_ends:4 same_end_letters:8
""")
ALL_STEPS, ALL_CONDITIONS = sum(STEPS.values()), sum(CONDITIONS.values())


def surprise_of_step(name: str, cost: float, parameters: int, scoped: bool) -> float:
    """Nats of a step, by the name of its kind; `cost` is what the kind's author thought of it."""
    return _surprise(STEPS.get(name, 0), ALL_STEPS, cost) + PARAMETER * parameters + SCOPED * scoped


def surprise_of_condition(name: str, cost: float, parameters: int, denied: bool) -> float:
    """Nats of a condition that leads into a branch."""
    return _surprise(CONDITIONS.get(name, 0), ALL_CONDITIONS, cost) + PARAMETER * parameters + DENIED * denied


def _surprise(seen: int, drawn: int, cost: float) -> float:
    return log(drawn / (seen or UNSEEN)) + (0 if seen else HINT) * cost
