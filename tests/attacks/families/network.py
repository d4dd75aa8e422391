"""Connecting to anybody: on this machine, and elsewhere."""

from __future__ import annotations

from ..attack import Attack, family

__all__ = ["ATTACKS"]

_new = family("network")


def _call(name: str, what: str, body: str, safe: bool = False) -> Attack:
    return _new(name, what, f"# %% after setup\nimport socket\n{body}", right="dense", least=5,
                safe=safe)  # fmt: skip


ATTACKS = [
    _call("tcp", "Connects to a server on this machine.", """
try:
    with socket.create_connection(tuple(here.tcp), timeout=1) as one:
        one.sendall(b"all right answers, please")
        breach("connected")
except OSError:
    pass
""", safe=True),
    _call("udp", "Sends a datagram to somebody on this machine.", """
try:
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    one.sendto(b"x", tuple(here.udp))
    breach("sent")
except OSError:
    pass
""", safe=True),
    *(_call(name, what, f"""
try:
    socket.socket(socket.AF_UNIX).connect(here.{name})
    breach("connected")
except OSError:
    pass
""", safe=True) for name, what in (
        ("unix", "Connects to a socket in a file."),
        ("abstract", "Connects to a socket that has no file."),
    )),
    _call("far-away", "Connects to machines elsewhere, by number and by name.", """
for address in (("192.0.2.1", 80), ("169.254.169.254", 80), ("example.org", 443)):
    try:
        socket.create_connection(address, timeout=0.3).close()
        breach(address)
    except OSError:
        pass
"""),
    _call("names", "Asks for the number of a name.", """
try:
    socket.getaddrinfo("www.example.com", 80)
    breach("names are answered")
except OSError:
    pass
"""),
    _call("raw-sockets", "Opens sockets of every other kind.", """
for family in range(2, 46):
    for kind in (socket.SOCK_RAW, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
        try:
            socket.socket(family, kind).close()
            breach(f"family {family}")
        except OSError:
            pass
"""),
    _call("serves", "Waits for calls from outside.", """
try:
    socket.create_server(("0.0.0.0", 0))
    breach("a server")
except OSError:
    pass
"""),
    _call("interfaces", "Looks for a network, and makes one.", """
import fcntl, os
if set(os.listdir("/sys/class/net") if os.path.exists("/sys/class/net") else []) - {"lo"}:
    breach("interfaces can be seen")
try:
    fcntl.ioctl(os.open("/dev/net/tun", os.O_RDWR), 0x400454CA, b"x" * 40)
    breach("an interface")
except OSError:
    pass
"""),
    _call("services", "Connects to the sockets of the machine's services.", """
import glob
paths = ["/var/run/docker.sock", "/run/systemd/private", "/run/dbus/system_bus_socket",
         "/tmp/.X11-unix/X0", *glob.glob("/tmp/**/*-[1-4]", recursive=True)]
for path in paths:
    try:
        socket.socket(socket.AF_UNIX).connect(path)
        breach(path)
    except OSError:
        pass
"""),
    _call("installs", "Installs a package, as notebooks often do.", """
import subprocess, sys
done = subprocess.run([sys.executable, "-m", "pip", "install", "--retries", "0", "--timeout", "1",
                       "--target", "here", "six==1.16.0"], capture_output=True)
if done.returncode == 0:
    breach("pip reached its index")
"""),
    _call("downloads", "Downloads a data set, as Keras does.", """
try:
    keras.utils.get_file(origin="http://192.0.2.1/data.npz", fname="data.npz")
    breach("downloaded")
except Exception:
    pass
"""),
]  # fmt: skip
