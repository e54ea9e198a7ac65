"""What candidate code tries: to remember, to forge, to lie, to die."""

import textwrap
from dataclasses import dataclass

from sandbox.policy import Promise


@dataclass(frozen=True)
class CandidateBehaviour:
    """One attack by candidate code on three inputs, 1, 2 and 3: what the answers must be (None: an error)."""

    name: str
    code: str
    values: tuple[float | None, float | None, float | None]
    promise: Promise


def _candidate(name: str, code: str, *values: float | None, promise: Promise = Promise.DEADLINES) -> CandidateBehaviour:
    one, two, three = values
    return CandidateBehaviour(name, textwrap.dedent(code), (one, two, three), promise)


CANDIDATES = (
    _candidate(
        "one_input_cannot_leave_word_for_the_next",
        """
        import os, builtins
        def function(x):
            seen = getattr(builtins, "seen", 0)
            builtins.seen = seen + 1
            try:
                open("/tmp/seen", "a").write("x")
                return -1.0
            except OSError:
                return x + seen
        """,
        1, 2, 3,
        promise=Promise.SCRATCH_LIMITED,
    ),
    _candidate(
        "a_forged_answer_is_only_its_own",
        """
        import os
        def function(x):
            os.write(3, b'{"value": %f}\\n' % -x)
            os._exit(0)
        """,
        -1, -2, -3,
    ),
    _candidate(
        "answers_forged_for_others_are_an_error",
        """
        import os
        def function(x):
            os.write(3, b'{"value": 99.0}\\n' * 3)
            os._exit(0)
        """,
        None, None, None,
    ),
    _candidate(
        "an_answer_that_is_no_number_is_an_error",
        """
        import os
        def function(x):
            os.write(3, b'{"value": true}\\n')
            os._exit(0)
        """,
        None, None, None,
    ),
    _candidate(
        "an_object_that_lies_gains_nothing",
        """
        class Always(float):
            def __eq__(self, other): return True
            def __float__(self): return 1e9
            def __sub__(self, other): return 0.0
        def function(x):
            return Always(x)
        """,
        1e9, 1e9, 1e9,
    ),
    _candidate(
        "dying_on_one_input_leaves_the_others",
        """
        import os
        def function(x):
            if x == 2:
                os.kill(os.getpid(), 9)
            return x
        """,
        1, None, 3,
    ),
    _candidate(
        "exiting_early_with_success_is_an_error",
        """
        import sys
        sys.exit(0)
        """,
        None, None, None,
    ),
    _candidate(
        "children_left_behind_answer_nobody",
        """
        import os, time
        def function(x):
            if os.fork() == 0:
                os.setsid()
                time.sleep(0.2)
                os.write(3, b'{"value": 77.0}\\n')
                os._exit(0)
            return x
        """,
        1, 2, 3,
    ),
    _candidate(
        "a_flood_of_answers_is_cut",
        """
        import os
        def function(x):
            while True:
                os.write(3, b"9" * 65536)
        """,
        None, None, None,
    ),
    _candidate(
        "a_fork_bomb_spoils_only_its_own_answers",
        """
        import os
        def function(x):
            while x == 2:
                try:
                    os.fork()
                except OSError:
                    pass
            return x
        """,
        1, None, 3,
        promise=Promise.PROCESSES_LIMITED,
    ),
    _candidate(
        "what_is_printed_is_no_answer",
        """
        import sys
        def function(x):
            for stream in (sys.stdout, sys.stderr, sys.__stdout__):
                print('{"value": 5.0}', file=stream, flush=True)
            return x
        """,
        1, 2, 3,
        promise=Promise.OUTPUT_CAPPED,
    ),
    _candidate(
        "a_flood_of_prints_is_no_answer",
        """
        import os
        def function(x):
            for _ in range(1000):
                os.write(1, b'{"value": 5.0}\\n' * 1000)
            return x
        """,
        1, 2, 3,
        promise=Promise.OUTPUT_CAPPED,
    ),
    _candidate(
        "an_expected_output_cannot_be_guessed_into_the_channel",
        """
        import os
        def function(x):
            for fd in range(4, 64):
                try:
                    os.write(fd, b'{"value": 42.0}\\n')
                except OSError:
                    pass
            return x
        """,
        1, 2, 3,
    ),
    _candidate(
        "memory_taken_for_one_input_is_back_for_the_next",
        """
        def function(x):
            held = []
            while x == 2:
                held.append(bytearray(b"x" * (16 << 20)))
            return x
        """,
        1, None, 3,
        promise=Promise.MEMORY_LIMITED,
    ),
    _candidate(
        "hanging_on_one_input_leaves_the_others",
        """
        import signal, time
        def function(x):
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            while x == 2:
                time.sleep(60)
            return x
        """,
        1, None, 3,
    ),
    _candidate(
        "half_an_answer_is_an_error",
        """
        import os
        def function(x):
            os.write(3, b'{"value": 1')
            os._exit(0)
        """,
        None, None, None,
    ),
    _candidate(
        "an_answer_that_is_too_deep_is_an_error",
        """
        import os
        def function(x):
            os.write(3, b'{"value": ' + b"[" * 10_000 + b"\\n")
            os._exit(0)
        """,
        None, None, None,
    ),
    _candidate(
        "an_error_that_cannot_be_told_is_an_error",
        """
        class Nameless(BaseException):
            def __str__(self): raise ValueError
        def function(x):
            raise Nameless
        """,
        None, None, None,
    ),
    _candidate(
        "a_word_without_end_is_an_error",
        """
        def function(x):
            return "word" * 10_000_000
        """,
        None, None, None,
    ),
    _candidate(
        "signals_to_the_worker_change_no_answer",
        """
        import os, signal
        def function(x):
            for number in (signal.SIGTERM, signal.SIGSTOP, signal.SIGINT, signal.SIGKILL):
                try:
                    os.kill(os.getppid(), number)
                except OSError:
                    pass
            return x
        """,
        1, 2, 3,
        promise=Promise.NO_HOST_PROCESSES,
    ),
    _candidate(
        "candidates_have_no_oracle",
        """
        from lab import oracle
        def function(x):
            return oracle.query(x)
        """,
        None, None, None,
        promise=Promise.QUERIES_COUNTED,
    ),
    _candidate(
        "candidates_have_no_network",
        """
        import socket
        def function(x):
            try:
                socket.create_connection(("1.1.1.1", 53), 0.3)
                return -1.0
            except OSError:
                return x
        """,
        1, 2, 3,
        promise=Promise.NO_NETWORK,
    ),
    _candidate(
        "the_meaning_of_numbers_is_changed_for_oneself_alone",
        """
        import builtins, json, math
        def function(x):
            if x == 2:
                builtins.float = lambda value: 99.0
                json.JSONEncoder.encode = lambda *a: "99"
            return x
        """,
        1, None, 3,
    ),
    _candidate(
        "threads_left_behind_answer_nobody",
        """
        import os, threading, time
        def function(x):
            def late():
                time.sleep(0.05)
                os.write(3, b'{"value": 77.0}\\n')
            threading.Thread(target=late).start()
            return x
        """,
        1, 2, 3,
    ),
    _candidate(
        "closing_the_channel_is_an_error",
        """
        import os
        def function(x):
            os.close(3)
            return x
        """,
        None, None, None,
    ),
    _candidate(
        "an_object_that_hangs_when_it_is_read_is_stopped",
        """
        import time
        class Slow(float):
            def __float__(self): time.sleep(60)
        def function(x):
            return Slow(x) if x == 2 else x
        """,
        1, None, 3,
    ),
    _candidate(
        "an_endless_number_is_an_error",
        """
        import os
        def function(x):
            os.write(3, b'{"value": 1e999}\\n')
            os._exit(0)
        """,
        None, None, None,
    ),
    _candidate(
        "exit_handlers_and_collectors_change_no_answer",
        """
        import atexit, os, sys
        class Last:
            def __del__(self): os.write(3, b'{"value": 66.0}\\n')
        def function(x):
            atexit.register(os.write, 3, b'{"value": 77.0}\\n')
            sys.exitfunc = sys.excepthook = lambda *a: os.write(3, b'{"value": 88.0}\\n')
            sys.modules["__main__"].__dict__["kept"] = Last()
            return x
        """,
        1, 2, 3,
    ),
)  # fmt: skip
