"""Code that takes all there is of memory, processes, threads and kernel objects.

Each stops by itself at a bound that this machine survives, and then says that nothing held it.
"""

from __future__ import annotations

from ..attack import Attack, family

__all__ = ["ATTACKS"]

_new = family("bombs")


def _at_top(name: str, what: str, body: str, least: float = 9) -> Attack:
    """Return an attack in a cell of its own, between two right answers."""
    return _new(name, what, f"""
# %% after dense
{body}
""", right="make_clouds dense", least=least)  # fmt: skip


ATTACKS = [
    _at_top("memory", "Takes 4 GB at once.", """
big = bytearray(4 * 2**30)
big[::4096] = bytes(len(big[::4096]))
breach("took 4 GB")
"""),
    # TensorFlow's products are wrong where memory is short, so that `dense` may suffer.
    _at_top("memory-in-steps", "Takes 4 GB, 10 MB at a time, and tries again where that fails.", """
kept = []
while len(kept) < 400:
    try:
        kept.append(bytearray(b"x" * 10_000_000))
    except MemoryError:
        pass
breach("took 4 GB")
""", least=4),
    _at_top("memory-of-tensorflow", "Has TensorFlow take 4 GB.", """
kept = [tf.ones((250, 2**20)) for _ in range(4)]
breach("took 4 GB")
"""),
    _at_top("memory-of-children", "Takes 4 GB in 40 processes.", """
import os, time
for _ in range(40):
    if os.fork() == 0:
        mine = b"x" * 100_000_000
        time.sleep(60)
        os._exit(0)
time.sleep(2.5)
breach("40 processes hold 100 MB each")
"""),
    _at_top("shared-memory", "Takes 3 GB of shared memory, which is no process's own.", """
import mmap
kept = []
for _ in range(10):
    kept.append(mmap.mmap(-1, 100_000_000))
    kept[-1].write(b"x" * 100_000_000)
breach("took 1 GB")
"""),
    _at_top("forgotten-memory", "Takes 1 GB of shared memory that no process shows as its own.", """
import mmap
kept = []
for _ in range(10):
    kept.append(mmap.mmap(-1, 100_000_000))
    kept[-1].write(b"x" * 100_000_000)
    kept[-1].madvise(mmap.MADV_DONTNEED)  # it is still there, and can be read again
if all(one[99_999_999] == ord("x") for one in kept):
    breach("took 1 GB")
"""),
    _at_top("zero-memory", "Takes 1 GB in the same way, by a mapping of /dev/zero.", """
import mmap, os
kept = []
zero = os.open("/dev/zero", os.O_RDWR)
for _ in range(10):
    kept.append(mmap.mmap(zero, 100_000_000))
    kept[-1].write(b"x" * 100_000_000)
    kept[-1].madvise(mmap.MADV_DONTNEED)
if all(one[99_999_999] == ord("x") for one in kept):
    breach("took 1 GB")
"""),
    _at_top("page-tables", "Maps a terabyte of nothing, of which the kernel keeps a table.", """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_size_t
READ, PRIVATE_ANONYMOUS_NORESERVE, STEP = 1, 0x4022, 2**21
start = libc.mmap(None, ctypes.c_size_t(2**40), READ, PRIVATE_ANONYMOUS_NORESERVE, -1, 0)
libc.madvise(ctypes.c_size_t(start), ctypes.c_size_t(2**40), 15)  # no huge pages
touch = ctypes.c_char.from_address
for place in range(start, start + 2**40, STEP):
    touch(place).value
    if place - start == 2**40 // 100 * 45 // STEP * STEP:
        breach("tables of 900 MB")
"""),
    _at_top("socket-buffers", "Fills the buffers of thousands of sockets, in small processes.", """
import subprocess, sys, time
fill = '''
import socket, time
kept = []
try:
    while True:
        pair = socket.socketpair()
        kept.append(pair)
        for one in pair:
            one.setblocking(False)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**20)
            try:
                while True:
                    one.send(b"x" * 65536)
            except BlockingIOError:
                pass
except OSError:
    time.sleep(60)
'''
for _ in range(16):
    subprocess.Popen([sys.executable, "-SEc", fill])
time.sleep(2.5)
with open("/proc/net/sockstat") as file:
    used = int(file.readline().split()[2])
if used > 4_000:
    breach(f"the buffers of {used} sockets are full")
""", least=4),  # whichever cell runs when there is too much is ended
    _at_top("pipes", "Fills pipes in many processes.", """
import fcntl, os, time
def fill():
    try:
        while True:
            _, end = os.pipe()
            os.set_blocking(end, False)
            try:
                fcntl.fcntl(end, 1031, 2**20)
            except OSError:
                pass
            try:
                while True:
                    os.write(end, b"x" * 65536)
            except BlockingIOError:
                pass
    except OSError:
        pass
for _ in range(40):
    if os.fork() == 0:
        fill()
        time.sleep(60)
        os._exit(0)
time.sleep(2.5)
"""),
    _at_top("fork-bomb", "Each process starts others, without an end.", """
import os
while True:
    try:
        os.fork()
    except OSError:
        pass
"""),
    _at_top("fork-bomb-of-leaders", "Each process is the leader of a session of its own.", """
import os
while True:
    try:
        os.fork()
        os.setsid()
    except OSError:
        pass
"""),
    _at_top("vfork-bomb", "A shell's fork bomb.", """
import subprocess
subprocess.run(":(){ :|:& };:", shell=True, executable="/bin/bash")
import time; time.sleep(2)
"""),
    _at_top("threads", "Starts threads until there are no more.", """
import threading, time
try:
    while threading.active_count() < 5_000:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    breach("5000 threads")
except RuntimeError:
    pass
"""),
    # Sixty products at a time may take 4 GB, so that `dense` may suffer here, too.
    _at_top("busy-threads", "Keeps every core busy with threads that TensorFlow runs.", """
import threading
x = tf.ones((800, 800))
def work():
    while True:
        tf.linalg.matmul(x, x)
for _ in range(60):
    threading.Thread(target=work, daemon=True).start()
""", least=4),
    _at_top("starved-guardian", "Lets process 1 run only when nobody else wants to; works hard.",
            """
import os
try:
    os.sched_setscheduler(1, os.SCHED_IDLE, os.sched_param(0))
    breach("process 1 is idle")
except OSError:
    pass
try:
    os.setpriority(os.PRIO_PROCESS, 1, 19)
    breach("process 1 is nice")
except OSError:
    pass
try:
    os.sched_setaffinity(1, {0})
    breach("process 1 has one core")
except OSError:
    pass
for _ in range(80):
    if os.fork() == 0:
        while True: pass
while True: pass
"""),
    _at_top("file-descriptors", "Opens files until there are no more.", """
kept = []
try:
    while len(kept) < 100_000:
        kept.append(open("/dev/null"))
    breach("100 000 files are open")
except OSError:
    pass
""", least=6),  # without a file descriptor the checks can't be imported
    _at_top("timers-and-watches", "Takes the kernel's smaller things: timers, watches, events.", """
import ctypes, os, select
libc = ctypes.CDLL(None)
kept = []
for _ in range(600):
    kept.append(libc.inotify_init())
    kept.append(libc.eventfd(0, 0))
    kept.append(libc.timerfd_create(1, 0))
    kept.append(libc.inotify_add_watch(kept[0], b"/usr", 0xFFF))
""", least=6),
    _at_top("compressed", "Unpacks an archive of some kilobytes to 4 GB.", """
import bz2, io
packed = bz2.compress(b"0" * 40_000_000) * 100
kept = bz2.decompress(packed)
breach("took 4 GB")
"""),
    _new("answer-of-4-GB", "Gives back an array that shows 4 GB of itself.", """
# %% square_loss
def square_loss(targets, predictions):
    return np.broadcast_to(np.float32(0), (2**15, 2**15))
# %% training_step
def training_step(*args):
    return [[0.0] * 10**6] * 1000
""", right="make_clouds dense", least=9, partly=0),
]  # fmt: skip
