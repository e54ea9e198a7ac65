"""What an experiment tries in order to get more queries, or to speak for somebody else."""

from sandbox.check.behaviour import HANDLED, attack
from sandbox.client import Status
from sandbox.policy import Promise

CHEATING = (
    attack(
        "asking_beyond_the_budget_is_refused",
        Promise.QUERIES_COUNTED,
        """
from lab import oracle
left = oracle.remaining
oracle.query([0.25] * left)
for _ in range(3):
    try:
        print("LEAKED", oracle.query([0.25]))
    except Exception as error:
        print(error)
""",
        prints="budget_exhausted",
        budget=50,
    ),
    attack(
        "a_race_of_processes_gets_no_query_more",
        Promise.QUERIES_COUNTED,
        """
import os
from lab import oracle
left = oracle.remaining
reading, writing = os.pipe()
for _ in range(8):
    if os.fork() == 0:
        got = 0
        try:
            while True:
                oracle.query([1.0]); got += 1
        except Exception:
            os.write(writing, b"x" * got)
            os._exit(0)
os.close(writing)
total = 0
while chunk := os.read(reading, 4096):
    total += len(chunk)
print("LEAKED" if total > left else "nothing", total, left)
""",
        budget=50,
    ),
    attack(
        "patching_the_client_gets_no_query_more",
        Promise.QUERIES_COUNTED,
        """
import lab.client, sandbox.protocol
from lab import oracle
sandbox.protocol.MAX_INPUTS = lab.client.MAX_INPUTS = 10**9
left = oracle.remaining
try:
    print("LEAKED", len(oracle._ask({"op": "query", "inputs": [0.0] * (left + 1)})["outputs"]))
except Exception as error:
    print(error)
""",
        prints="budget_exhausted",
        budget=50,
    ),
    attack(
        "words_of_the_host_are_no_words_of_the_lab",
        Promise.QUERIES_COUNTED,
        """
from lab import oracle
before = oracle.remaining
for frame in ({"op": "mark", "id": 1}, {"op": "settle"}, {"op": "query", "inputs": [1.0], "budget": 10**6},
              {"op": "status", "remaining": 10**6}, {"op": "hello", "version": 1, "secret": True}):
    try:
        oracle._ask(frame)
    except Exception:
        pass
print("LEAKED" if oracle.remaining < before - 1 or oracle.remaining > before else "nothing")
""",
        budget=50,
    ),
    attack(
        "nobody_can_answer_for_the_oracle",
        Promise.FUNCTION_HIDDEN,
        """
import os, socket
from lab import oracle
path = oracle._path
in_files = not path.startswith("\\0")  # else it is a name without a file, which the worker holds
attempts = [lambda: socket.socket(socket.AF_UNIX).bind(path)]
if in_files:
    attempts += [lambda: os.unlink(path), lambda: os.rename(path, path + "x"), lambda: open(path + ".mine", "w"),
                 lambda: os.chmod(path, 0), lambda: os.symlink("/scratch/s", path + ".link"),
                 lambda: socket.socket(socket.AF_UNIX).bind(os.path.join(os.path.dirname(path), "other"))]
for attempt in attempts:
    try:
        attempt()
        print("LEAKED", attempt)
    except OSError:
        pass
print("refused", len(attempts))
""",
        prints="refused",
    ),
    attack(
        "the_workers_channel_cannot_be_written",
        Promise.NO_HOST_PROCESSES,
        """
import glob, os
for path in glob.glob("/proc/[0-9]*/fd/*"):
    if f"/{os.getpid()}/" not in path:
        try:
            with open(path, "wb", 0) as channel:
                channel.write(b'{"status":"ok","stdout":"LEAKED"}\\n')
        except OSError:
            pass
for fd in range(3, 256):
    try:
        os.write(fd, b'{"status":"ok","stdout":"LEAKED"}\\n')
        print("LEAKED", fd)
    except OSError:
        pass
""",
        ends=HANDLED | {Status.LOST},
    ),
    attack(
        "a_frame_on_stdout_is_only_text",
        Promise.OUTPUT_CAPPED,
        """
print('{"status": "out_of_memory", "stdout": "forged", "stderr": "", "truncated": false, "retire": false}')
""",
        prints='"forged"',
    ),
    attack(
        "a_bad_batch_costs_nothing",
        Promise.QUERIES_COUNTED,
        """
import socket
from lab import oracle
before = oracle.remaining
sock = socket.socket(socket.AF_UNIX); sock.connect(oracle._path)
for line in (b'{"op":"query","inputs":[NaN]}', b'{"op":"query","inputs":[true]}', b'{"op":"query","inputs":[1e999]}',
             b'{"op":"query","inputs":[[1]]}', b'{"op":"query","inputs":["1"]}',
             b'{"op":"query","inputs":' + b"[" * 999,
             b'{"op":"query","inputs":[' + b"9" * 999 + b"]}", b"\\xff\\xfe", b"[]", b"null", b""):
    sock.sendall(line + b"\\n")
    reply = sock.recv(4096)
    if b"outputs" in reply or b"Traceback" in reply:
        print("LEAKED", reply)
print("LEAKED" if oracle.remaining != before else "nothing")
""",
        budget=50,
    ),
    attack(
        "a_replayed_request_is_charged_again",
        Promise.QUERIES_COUNTED,
        """
from lab import oracle
left = oracle.remaining
for _ in range(3):
    oracle._ask({"op": "query", "inputs": [1.5], "id": 7, "seq": 0})
print("LEAKED" if oracle.remaining != left - 3 else "charged", oracle.remaining)
""",
        prints="charged",
        budget=50,
    ),
    attack(
        "requests_sent_all_at_once_get_no_query_more",
        Promise.QUERIES_COUNTED,
        """
import socket
from lab import oracle
sock = socket.socket(socket.AF_UNIX); sock.settimeout(5); sock.connect(oracle._path)
sock.sendall(b'{"op":"query","inputs":[0.5]}\\n' * 90)
data = b""
while data.count(b"\\n") < 90:
    data += sock.recv(65536)
print("LEAKED" if data.count(b"outputs") > 50 else "counted", data.count(b"outputs"))
""",
        prints="counted",
        budget=50,
    ),
    attack(
        "threads_that_race_get_no_query_more",
        Promise.QUERIES_COUNTED,
        """
import threading
from lab import oracle
got = []
def race():
    try:
        while True:
            got.append(oracle.query(1.0))
    except Exception as error:
        print(error)
threads = [threading.Thread(target=race) for _ in range(3)]
[t.start() for t in threads]; [t.join() for t in threads]
print("LEAKED" if len(got) > 50 else "counted", len(got))
""",
        prints="counted 50",
        budget=50,
    ),
    attack(
        "leaving_before_the_answer_is_charged_once",
        Promise.QUERIES_COUNTED,
        """
import os, socket
from lab import oracle
sock = socket.socket(socket.AF_UNIX); sock.connect(oracle._path)
sock.sendall(b'{"op":"query","inputs":[0.5,0.6,0.7]}\\n')
os._exit(0)
""",
        then="""
from lab import oracle, observations
if oracle.remaining not in (50, 47) or len(observations.x) != 50 - oracle.remaining:
    print("LEAKED", oracle.remaining, len(observations.x))
""",
        budget=50,
    ),
    attack(
        "a_batch_one_too_large_gets_nothing",
        Promise.QUERIES_COUNTED,
        """
from lab import oracle
try:
    print("LEAKED", oracle.query([0.5] * 51))
except Exception as error:
    print(error, len(oracle.query([0.5] * 50)))
""",
        prints="budget_exhausted 50",
        budget=50,
    ),
    attack(
        "an_empty_batch_gets_nothing",
        Promise.QUERIES_COUNTED,
        """
from lab import oracle
print(oracle._ask({"op": "query", "inputs": []}))
""",
        prints="{'outputs': [], 'remaining': 50}",
        budget=50,
    ),
    attack(
        "strange_frames_are_refused_and_cost_nothing",
        Promise.QUERIES_COUNTED,
        """
import socket
from lab import oracle
for line in (b"[" * 100_000, b'{"a":' * 100_000, b'{"op":' + b"[" * 20 + b"]" * 20 + b"}", b'{"op":"query"}', b"{}",
             b'{"op":["query"],"inputs":[1]}', b'{"op":"query","inputs":{"0":1}}', b'{"op":"hello","version":-1}',
             b'{"op":"query","inputs":[-Infinity]}', b'{"op":"query","inputs":["\\\\ud800"]}', b"\\x00",
             b'{"op":"QUERY"}'):
    sock = socket.socket(socket.AF_UNIX); sock.settimeout(5); sock.connect(oracle._path)
    sock.sendall(line + b"\\n")
    reply = sock.recv(4096)
    if b'"error":"' not in reply or b" " in reply:
        print("LEAKED", line[:40], reply)
print("LEAKED" if oracle.remaining != 50 else "nothing")
""",
        prints="nothing",
        budget=50,
    ),
    attack(
        "a_slow_client_holds_nobody_up",
        Promise.QUERIES_COUNTED,
        """
import socket
from lab import oracle
slow = [socket.socket(socket.AF_UNIX) for _ in range(20)]
for sock in slow:
    sock.connect(oracle._path); sock.send(b"{")
for n in range(20):
    slow[n].send(b'"'); oracle.query(float(n))
print("served")
""",
        prints="served",
        then="from lab import oracle\noracle.query(1.0)",
    ),
    attack(
        "whoever_never_reads_is_answered_no_more",
        Promise.QUERIES_COUNTED,
        """
import socket
from lab import oracle
sock = socket.socket(socket.AF_UNIX); sock.settimeout(0.3); sock.connect(oracle._path)
try:
    for _ in range(100_000):
        sock.sendall(b'{"op":"brief"}\\n' * 100)
    print("LEAKED")
except OSError as error:
    print(type(error).__name__)
""",
        then="from lab import oracle\noracle.query(1.0)",
    ),
    attack(
        "descriptors_sent_to_the_oracle_are_dropped",
        Promise.QUERIES_COUNTED,
        """
import os, socket
from lab import oracle
sock = socket.socket(socket.AF_UNIX); sock.connect(oracle._path)
for _ in range(300):
    try:
        socket.send_fds(sock, [b'{"op":"status"}\\n'], [0] * 8)
        sock.recv(4096)
    except OSError as error:
        print(error); break
""",
        then="from lab import oracle\noracle.query(1.0)",
    ),
    attack(
        "only_the_first_submission_counts",
        Promise.QUERIES_COUNTED,
        """
from lab import oracle
refused = 0
for _ in range(150):
    try:
        oracle._ask({"op": "submit", "interpretation": {"description": "x" * 1000}})
    except Exception as error:
        refused += str(error) == "already_submitted"
print("refused", refused)
""",
        prints="refused 149",
        budget=50,
    ),
    attack(
        "observations_cannot_be_forged",
        Promise.QUERIES_COUNTED,
        """
from lab import observations
observations.extend([12345.678], [1.0])
""",
        then="""
from lab import observations
if 12345.678 in observations.x: print("LEAKED")
""",
    ),
    attack(
        "the_oracle_has_no_process_here",
        Promise.NO_HOST_PROCESSES,
        """
import os, socket, struct
from lab import oracle
sock = socket.socket(socket.AF_UNIX); sock.connect(oracle._path)
pid, uid, gid = struct.unpack("3i", sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
if pid > 0 and "oracle" in open(f"/proc/{pid}/cmdline").read(): print("LEAKED", pid)
""",
    ),
    attack(
        "half_a_frame_is_dropped_and_costs_nothing",
        Promise.QUERIES_COUNTED,
        """
import socket
from lab import oracle
for half in (b'{"op":"query","inputs":[1.0', b'{"op":"query","inputs":[1.0]}', b'{', b'"'):
    sock = socket.socket(socket.AF_UNIX); sock.connect(oracle._path)
    sock.sendall(half); sock.shutdown(socket.SHUT_WR)
    sock.settimeout(5)
    if b"outputs" in sock.recv(4096):
        print("LEAKED", half)
print("LEAKED" if oracle.remaining != 50 else "nothing")
""",
        prints="nothing",
        budget=50,
    ),
    attack(
        "many_connections_hold_nobody_up",
        Promise.QUERIES_COUNTED,
        """
import socket
from lab import oracle
oracle.query(1.0)
held = []
try:
    for _ in range(100):
        sock = socket.socket(socket.AF_UNIX); sock.settimeout(0.2); sock.connect(oracle._path)
        held.append(sock)
except OSError as error:
    print(type(error).__name__)
oracle.query(2.0)
print("served")
""",
        prints="served",
        then="from lab import oracle\noracle.query(1.0)",
    ),
    attack(
        "nobody_asks_after_the_end",
        Promise.NO_SURVIVORS,
        """
import os, socket, time
from lab import oracle
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        sock = socket.socket(socket.AF_UNIX); sock.connect(oracle._path)
        time.sleep(0.3)
        sock.sendall(b'{"op":"query","inputs":[4.5]}\\n'); sock.recv(4096)
    os._exit(0)
os.wait()
""",
        then="""
import time
from lab import observations, oracle
time.sleep(0.5)
if 4.5 in observations.x or oracle.remaining != 50: print("LEAKED", oracle.remaining)
""",
        budget=50,
    ),
    attack(
        "numbers_in_disguise_are_refused_and_cost_nothing",
        Promise.QUERIES_COUNTED,
        """
from lab import oracle
for inputs in (["0.5"], [None], [[0.5]], [{"x": 1}], [True], "0.5", {"0": 0.5}, 0.5, None):
    try:
        print("LEAKED", oracle._ask({"op": "query", "inputs": inputs}))
    except Exception as error:
        print(error)
print("LEAKED" if oracle.remaining != 50 else "nothing")
""",
        prints="nothing",
        budget=50,
    ),
)
