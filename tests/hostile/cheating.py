"""What an experiment tries in order to get more queries, or to speak for somebody else."""

from sandbox.policy import Promise
from tests.hostile.behaviour import attack

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
    ),
    attack(
        "nobody_can_answer_for_the_oracle",
        Promise.FUNCTION_HIDDEN,
        """
import os, socket
from lab import oracle
path = oracle._path
for attempt in (lambda: os.unlink(path), lambda: os.rename(path, path + "x"), lambda: open(path + ".mine", "w"),
                lambda: os.chmod(path, 0), lambda: os.symlink("/scratch/s", path + ".link"),
                lambda: socket.socket(socket.AF_UNIX).bind(os.path.join(os.path.dirname(path), "other"))):
    try:
        attempt()
        print("LEAKED", attempt)
    except OSError:
        pass
""",
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
    ),
)
