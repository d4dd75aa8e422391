"""Out of the scratch: by links, archives, /proc, mounts, namespaces and open files."""

from __future__ import annotations

from ..attack import Attack, family

__all__ = ["ATTACKS"]

_new = family("escaping")


def _at(name: str, what: str, body: str) -> Attack:
    return _new(name, what, f"# %% after setup\nimport os\n{body}", right="dense", least=5)


ATTACKS = [
    _at("symbolic-links", "Links to files outside, and writes through the links.", """
for number, target in enumerate((here.tmp_file, here.home_file, here.gradebook, "/etc/shadow")):
    os.symlink(target, f"link-{number}")
    was_there = os.path.exists(target)
    for mode in ("r", "a"):
        try:
            open(f"link-{number}", mode).close()
            if was_there:
                breach(target)
        except OSError:
            pass
"""),
    _at("hard-links", "Links files outside by their second names.", """
for target in (here.tmp_file, here.site_file, "/usr/bin/env", "/questions.json", np.__file__):
    try:
        os.link(target, "second-" + os.path.basename(target))
        breach(target)
    except OSError:
        pass
"""),
    _at("work-folder", "Puts a link in the place of its own folder.", """
import shutil
here_ = os.getcwd()
os.chdir("/")
shutil.rmtree(here_, ignore_errors=True)
try:
    os.symlink("/etc", here_)
except OSError:
    pass
"""),
    _at("archives", "Unpacks archives with paths that lead outside.", """
import io, tarfile, zipfile
with tarfile.open("a.tar", "w") as archive:
    for name in ("../../../../../.." + here.tmp_file + "-new", here.home_file + "-new"):
        archive.addfile(tarfile.TarInfo(name), io.BytesIO())
    link = tarfile.TarInfo("out")
    link.type, link.linkname = tarfile.SYMTYPE, os.path.dirname(here.tmp_file)
    archive.addfile(link)
with zipfile.ZipFile("a.zip", "w") as archive:
    archive.writestr("../../../../../.." + here.tmp_file + "-new", "x")
for archive in (tarfile.open("a.tar"), zipfile.ZipFile("a.zip")):
    try:
        archive.extractall()
    except Exception:
        pass
"""),
    _at("proc-root", "Goes through /proc to the root and the folders of others.", """
for process in ("1", "self", "thread-self", str(here.grader)):
    for way in ("root", "cwd", "task/1/root"):
        for target in (here.tmp_file, here.gradebook, here.home_file, here.course + "/solutions"):
            path = f"/proc/{process}/{way}{target}"
            if os.path.exists(path):
                breach(path)
"""),
    _at("open-files", "Looks for files, folders and connections that were left open.", """
import stat
for number in os.listdir("/proc/self/fd"):
    try:
        status, name = os.fstat(int(number)), os.readlink(f"/proc/self/fd/{number}")
    except OSError:
        continue
    if stat.S_ISDIR(status.st_mode) and not name.startswith("/proc"):
        breach(f"{number}: {name}")
    if stat.S_ISREG(status.st_mode) and not name.startswith(("/sandbox", "/usr", here.site)):
        breach(f"{number}: {name}")
    if stat.S_ISSOCK(status.st_mode):
        import socket
        one = socket.socket(fileno=os.dup(int(number)))
        if one.type == socket.SOCK_SEQPACKET:
            breach(f"{number}: a connection to the grader")
"""),
    _at("mounts", "Mounts, and takes mounts away.", """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
for source, target, kind, flags in (
    (b"none", b"/tmp", b"tmpfs", 0), (b"/proc/1/root", b"/tmp", None, 4096),
    (b"none", b"/", None, 32 | 4096), (b"none", b"/usr", None, 32), (b"proc", b"/tmp", b"proc", 0),
):
    if libc.mount(source, target, kind, flags, None) == 0:
        breach(target)
for target in (b"/", b"/proc", b"/usr", b"/sandbox"):
    if libc.umount2(target, 2) == 0:
        breach(target)
"""),
    _at("namespaces", "Makes namespaces of its own, in which it is root.", """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
for flag in (0x10000000, 0x00020000, 0x20000000, 0x40000000, 0x02000000, 0x08000000, 0x04000000):
    if libc.unshare(flag | 0x10000000) == 0 or libc.unshare(flag) == 0:
        breach(hex(flag))
    if libc.syscall(56, flag | 17, 0, 0, 0, 0) == 0:
        os._exit(0)
"""),
    _at("enters-namespaces", "Enters the namespaces of others.", """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
for process in (1, here.grader):
    for name in ("mnt", "net", "pid", "user"):
        try:
            opened = os.open(f"/proc/{process}/ns/{name}", os.O_RDONLY)
        except OSError:
            continue
        if libc.setns(opened, 0) == 0:
            breach(name)
"""),
    _at("chroot", "Changes its root, and climbs out of it.", """
try:
    os.mkdir("deep")
    os.chroot("deep")
    breach("a new root")
except OSError:
    pass
import ctypes
if ctypes.CDLL(None).syscall(155, b".", b".") == 0:
    breach("pivoted")
"""),
    _at("devices", "Makes devices and opens those of the machine.", """
import stat
for kind, number in ((stat.S_IFBLK, (254, 0)), (stat.S_IFCHR, (1, 1)), (stat.S_IFBLK, (8, 0))):
    try:
        os.mknod("device", 0o666 | kind, os.makedev(*number))
        breach("a device")
    except OSError:
        pass
for name in ("mem", "kvm", "fuse", "loop-control", "vda", "tty", "ptmx", "zero", "pts/0"):
    try:
        os.close(os.open("/dev/" + name, os.O_RDWR | os.O_NOCTTY))
        breach(name)
    except OSError:
        pass
"""),
    _at("setuid", "Makes programs that others would run as itself, and runs those of root.", """
import shutil, subprocess
shutil.copy("/bin/sh", "mine")
os.chmod("mine", 0o6755)
for command in (["./mine", "-pc", "id -u"], ["/bin/mount"], ["/usr/bin/passwd", "-S", "root"]):
    if os.path.exists(command[0]):
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=2)
        if done.stdout.strip() == b"0":
            breach(command)
"""),
    _at("handles", "Opens files by handles that know no folders.", """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
block = ctypes.create_string_buffer(b"\\x80\\0\\0\\0" + b"\\0" * 136)
number = ctypes.c_int()
if libc.name_to_handle_at(-100, b"/usr", block, ctypes.byref(number), 0) == 0:
    breach("a handle")
"""),
    _at("other-calls", "Makes calls to the kernel that no notebook needs.", """
import ctypes, platform
if platform.machine() == "x86_64":
    libc = ctypes.CDLL(None, use_errno=True)
    for name, number in {"bpf": 321, "userfaultfd": 323, "io_uring_setup": 425, "keyctl": 250,
                         "perf_event_open": 298, "kexec_load": 246, "init_module": 175,
                         "reboot": 169, "swapon": 167, "fsopen": 430, "memfd_secret": 447}.items():
        if libc.syscall(number, 0, 0, 0, 0, 0) >= 0:
            breach(name)
    for number in (39, 57):  # the same by the numbers of x32
        if libc.syscall(0x40000000 + number) > 0:
            breach("x32")
"""),
    _at("32-bit", "Makes calls as a 32-bit program does, which the filter may not know.", """
import ctypes, mmap, platform
if platform.machine() == "x86_64":
    page = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=7)
    # push rbx; mov eax, 20 (getpid there); int 0x80; pop rbx; ret
    page.write(b"\\x53\\xb8\\x14\\0\\0\\0\\xcd\\x80\\x5b\\xc3")
    call = ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
    if 0 < call() < 2**31:
        breach("32-bit calls")
"""),
    _at("terminal", "Types into the terminal that the grader was started in.", """
import fcntl
for path in ("/dev/tty", "/proc/self/fd/0", "/proc/self/fd/1", "/dev/console"):
    try:
        fcntl.ioctl(os.open(path, os.O_RDWR | os.O_NOCTTY), 0x5412, b"x")
        breach(path)
    except OSError:
        pass
"""),
    _at("shared-memory-of-others", "Looks for what others share, by number and by name.", """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
for key in range(100):
    if libc.shmget(key, 0, 0) >= 0 or libc.msgget(key, 0) >= 0 or libc.semget(key, 0, 0) >= 0:
        breach("shared memory")
for path in ("/proc/sysvipc/shm", "/proc/sysvipc/msg", "/proc/sysvipc/sem"):
    if os.path.exists(path) and len(open(path).readlines()) > 1:
        breach(path)
"""),
    _at("control-groups", "Leaves its control group, and looks for others.", """
for path in ("/sys/fs/cgroup/cgroup.procs", "/sys/fs/cgroup/memory.max", "/proc/1/cgroup"):
    try:
        with open(path, "a") as file:
            file.write("1")
        breach(path)
    except OSError:
        pass
"""),
    _at("long-paths", "Makes folders too deep to be removed by name.", """
for _ in range(3000):
    try:
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
    except OSError:
        break
os.chdir(os.path.expanduser("~"))
"""),
    _at("odd-names", "Leaves names that are no text, pipes, sockets and sparse giants.", """
import socket
for name in (b"\\xff\\xfe", b"a\\nb", b"-rf", b"<script>", b"x" * 255):
    open(name, "w").close()
try:
    os.mkfifo("pipe")
except OSError:
    pass
socket.socket(socket.AF_UNIX).bind("socket")
with open("sparse", "wb") as file:
    file.truncate(60 * 2**20)
"""),
]  # fmt: skip
