"""Outputs by the gigabyte, threads that go on printing, and daemons that stay."""

from __future__ import annotations

from ..attack import Attack, family

__all__ = ["ATTACKS"]

_new = family("floods")


def _at_top(name: str, what: str, body: str, safe: bool = False, least: float = 5) -> Attack:
    return _new(name, what, f"# %% after setup\n{body}", right="dense", least=least, safe=safe)


_STAY = """
import time
while True:
    time.sleep(0.01)
    try:
        open("still-here", "a").close()
    except OSError:
        pass
"""

ATTACKS = [
    _at_top("prints", "Prints without an end.", "while True: print('x' * 100_000)"),
    _at_top("prints-to-stderr", "Warns without an end.",
            "import sys\nwhile True: print('x' * 100_000, file=sys.stderr, flush=True)"),
    _at_top("prints-small", "Prints a million short lines, each sent by itself.",
            "for i in range(1_000_000): print(i, flush=True)"),
    _at_top("prints-in-answer", "Prints without an end where it is looked at.", """
# %% square_loss
def square_loss(targets, predictions):
    while True: print("x" * 100_000)
"""),
    _at_top("raw-descriptors", "Writes to the standard streams of the process.", """
import os
for _ in range(1000):
    for descriptor in (1, 2):
        os.write(descriptor, b"x" * 1_000_000)
"""),
    _at_top("a-child-prints", "Starts programs that print without an end.", """
import subprocess
subprocess.Popen("yes & yes >&2 &", shell=True)
get_ipython().system("head -c 300000000 /dev/zero")
"""),
    _at_top("displays", "Displays a hundred thousand things.", """
from IPython.display import display
for i in range(100_000): display(i)
"""),
    _at_top("pictures", "Displays picture after picture, each of 5 MB.", """
from IPython.display import Image, display
while True: display(Image(b"\\x89PNG\\r\\n\\x1a\\n" + b"x" * 5_000_000, format="png"))
"""),
    _at_top("raw-messages", "Sends messages of 50 MB past everything that counts.", """
kernel = get_ipython().kernel
parts = [b"x", b"<IDS|MSG>", b"", b"x" * 50_000_000, b"{}", b"{}", b"{}"]
while True: kernel.iopub_socket.send_multipart(parts)
"""),
    _at_top("one-raw-message", "Sends one message of 400 MB.", """
kernel = get_ipython().kernel
block = b"x" * 400_000_000
kernel.iopub_socket.send_multipart([b"x", b"<IDS|MSG>", b"", block, b"{}", b"{}", b"{}"])
"""),
    _at_top("raw-small-messages", "Sends a million messages that nobody asked for.", """
kernel = get_ipython().kernel
for _ in range(1_000_000):
    kernel.iopub_socket.send_multipart([b"x", b"<IDS|MSG>", b"", b"{}", b"{}", b"{}", b"{}"])
"""),
    _at_top("shell-messages", "Replies with hundreds of megabytes.", """
kernel = get_ipython().kernel
for _ in range(40):
    kernel.session.send(kernel.shell_stream or kernel.shell_socket, "execute_reply",
                        {"status": "ok", "x": "x" * 20_000_000},
                        ident=kernel._shell_parent_ident.get())
"""),
    _new("every-cell-displays", "Displays 15 MB in each of 20 cells.",
         "".join("\n# %% after dense\nfrom IPython.display import display\n"
                 "display({'text/plain': 'x' * 15_000_000}, raw=True)\n" for _ in range(20)),
         right="make_clouds dense", least=9),
    _new("every-cell-prints", "Prints as much as it may in each of 300 cells.",
         "".join("\n# %% after dense\nprint('x' * 99_000)\n" for _ in range(300)),
         right="make_clouds dense", least=9),
    _at_top("huge-exception", "Raises an exception of 100 MB, again and again.",
            "raise ValueError('x' * 100_000_000)"),
    _at_top("threads-go-on-printing", "Threads print on while the checks run.", """
import threading, time
def go_on():
    while True:
        print("3")
        time.sleep(0.001)
for _ in range(8): threading.Thread(target=go_on, daemon=True).start()
""", safe=True),
    _at_top("threads-go-on-forging", "Threads send full marks while the checks run.", """
import threading, time
from IPython.display import display
def go_on():
    while True:
        display("3")
        time.sleep(0.001)
threading.Thread(target=go_on).start()
""", safe=True),
    _at_top("threads-go-on-raising", "Threads raise in every other thread.", """
import ctypes, threading, time
def go_on():
    while True:
        time.sleep(0.05)
        for other in list(threading._active):
            if other != threading.get_ident():
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(other), ctypes.py_object(KeyboardInterrupt))
threading.Thread(target=go_on, daemon=True).start()
""", least=0),
    _at_top("stays-alive", "Leaves a thread that keeps Python from ending.", """
import threading, time
threading.Thread(target=lambda: time.sleep(86400)).start()
""", safe=True),
    _at_top("daemon", "Leaves a process that has left its parents.", f"""
import os
if os.fork() == 0:
    if os.fork():
        os._exit(0)
    try: os.setsid()
    except OSError: pass
    exec({_STAY!r})
"""),
    _at_top("nohup", "Leaves programs that no hangup ends.", f"""
import subprocess, sys
for _ in range(3):
    subprocess.Popen(["nohup", sys.executable, "-SEc", {_STAY!r}], start_new_session=False)
subprocess.Popen("setsid sleep 86400 &", shell=True)
"""),
    _at_top("deaf-daemon", "Leaves a process that hears no signal, and starts itself anew.", """
import os, signal, time
if os.fork() == 0:
    for number in range(1, 32):
        try: signal.signal(number, signal.SIG_IGN)
        except OSError: pass
    while True:
        time.sleep(0.1)
        if os.fork():
            os._exit(0)
"""),
    _at_top("scheduled", "Asks others to start it later.", """
import shutil, subprocess
for command in ("at now + 1 minute", "crontab -", "systemd-run --user sleep 86400"):
    if shutil.which(command.split()[0]):
        done = subprocess.run(command, shell=True, input=b"* * * * * sleep 86400\\n",
                              stderr=subprocess.DEVNULL)
        if done.returncode == 0:
            breach(command)
"""),
    _at_top("inherited-descriptors", "Leaves a child that holds the kernel's sockets open.", """
import os, time
if os.fork() == 0:
    time.sleep(86400)
"""),
    _at_top("answers-in-a-fork", "Lets a child go on in its place, and ends.", """
import os
if os.fork():
    os._exit(0)
"""),
    _at_top("fills-the-disk", "Writes until there is no room.", """
try:
    with open("big", "wb") as file:
        for _ in range(1000):
            file.write(b"x" * 1_000_000)
    breach("wrote 1 GB")
except OSError:
    pass
for number in range(1000):
    try:
        open(f"big-{number}", "wb").write(b"x" * 1_000_000)
    except OSError:
        break
else:
    breach("wrote 1 GB")
""", least=0),
    _at_top("many-files", "Makes files and folders until there are no more.", """
import os
made = 0
try:
    while made < 200_000:
        os.makedirs(f"d{made}/e/f/g")
        made += 1
    breach("800 000 folders")
except OSError:
    pass
""", least=0),
]  # fmt: skip
