"""What is left to a process that a script has taken over: the layers around it, tried from inside with machine access.

Each attempt is made in a process of its own behind the named layers.
"""

from __future__ import annotations

import os
import platform
import struct
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from botflow_runtime.sandbox import CodeRunner
from botflow_runtime.sandbox.processes import Worker
from botflow_runtime.sandbox.worker import seccomp

TRY = """
import ctypes, mmap, os, resource, signal, socket, sys, threading, time
sys.path[:] = {path!r}
from botflow_runtime.sandbox.worker import isolation, landlock, seccomp
libc = ctypes.CDLL(None, use_errno=True)

def call(number, *arguments):
    if libc.syscall(ctypes.c_long(number), *arguments) == -1:
        raise OSError(ctypes.get_errno(), "refused")

def is_refused(attempt):
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    try:
        here = os.getpid()
        if {user} and os.getuid() == 0:
            os.setgroups([]); os.setresgid({user}, {user}, {user}); os.setresuid({user}, {user}, {user})
        {layers}
        exec(attempt)
    except (OSError, ValueError, MemoryError, RuntimeError):
        os._exit(0)
    finally:
        os._exit(1)

for name, attempt in {attempts!r}.items():
    if is_refused(attempt):
        print(name)
"""
LAYERS = {
    "none": "pass",
    "all": "isolation.enclose(); isolation.limit(1 << 30, 10); seccomp.install()",
    "seccomp": "seccomp.install()",
    "landlock": "seccomp.prctl(seccomp.PR_SET_NO_NEW_PRIVS, 1); landlock.apply()",
    "limits": "isolation.limit(1 << 30, 10)",
}

ATTEMPTS = {
    "read a file": "os.open('/etc/passwd', os.O_RDONLY)",
    "write a file": "os.open('/tmp/left-behind', os.O_CREAT | os.O_WRONLY)",
    "list a folder": "os.listdir('/')",
    "look at a process": "open('/proc/self/environ').read()",
    "open a socket": "socket.socket()",
    "open a unix socket": "socket.socket(socket.AF_UNIX)",
    "make a socket pair": "socket.socketpair()",
    "make a pipe": "os.pipe()",
    "fork": "os.fork()",
    "start a thread": "threading.Thread(target=print).start()",
    "execute a program": "os.execv('/bin/true', ['true'])",
    "kill its parent": "os.kill(os.getppid(), 0)",
    "kill everything": "os.kill(-1, 0)",
    "kill itself by number": "os.kill(here, 0)",
    "change the user": "os.setuid(0)",
    "mount": "call({mount}, b'none', b'/', b'tmpfs', 0, 0)",
    "trace another process": "call({ptrace}, 16, os.getppid(), 0, 0)",
    "read another process": "call({process_vm_readv}, os.getppid(), 0, 0, 0, 0, 0)",
    "load a kernel filter": "call({bpf}, 0, 0, 0)",
    "open by handle": "call({io_uring_setup}, 8, 0)",
    "executable memory": "mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC)",
    "a new namespace": "libc.unshare(0x10000000) and call(-1)",
    "raise a limit": "resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))",
    "change a mode": "os.chmod('/tmp', 0o777)",
    "set the clock": "time.clock_settime(time.CLOCK_REALTIME, 0)",
}
NUMBERS = {
    "x86_64": {"mount": 165, "ptrace": 101, "process_vm_readv": 310, "bpf": 321, "io_uring_setup": 425},
    "aarch64": {"mount": 40, "ptrace": 117, "process_vm_readv": 270, "bpf": 280, "io_uring_setup": 425},
}[platform.machine()]


@cache
def refused(layers: str, user: int = 0) -> set[str]:
    """The attempts that fail behind these layers, made by root where the tests are root's, or else by `user`."""
    attempts = {name: attempt.format(**NUMBERS) for name, attempt in ATTEMPTS.items()}
    script = TRY.format(path=sys.path, user=user, layers=LAYERS[layers], attempts=attempts)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    return set(done.stdout.splitlines())


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_a_worker_that_was_taken_over_is_refused(attempt: str) -> None:
    assert attempt in refused("all")


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_seccomp_holds_by_itself(attempt: str) -> None:
    assert attempt in refused("seccomp", user=1234)


@pytest.mark.parametrize(
    "attempt", ["read a file", "write a file", "list a folder", "look at a process", "execute a program"]
)
def test_landlock_holds_by_itself(attempt: str) -> None:
    assert attempt in refused("landlock", user=1234)


@pytest.mark.parametrize(
    "attempt", ["read a file", "write a file", "list a folder", "open a socket", "make a pipe", "start a thread"]
)
def test_limits_hold_by_themselves(attempt: str) -> None:
    assert attempt in refused("limits", user=1234)


@pytest.mark.parametrize(
    "attempt",
    [
        "read a file",
        "list a folder",
        "open a socket",
        "make a pipe",
        "start a thread",
        "executable memory",
        "fork",
        "kill itself by number",
    ],
)
def test_without_layers_an_attempt_succeeds(attempt: str) -> None:
    """The attempts are real ones: a refusal above is the layers' doing."""
    assert attempt not in refused("none", user=1234)


def test_all_layers_are_in_force_here() -> None:
    with CodeRunner() as runner:
        isolation = runner.isolation
    assert isolation.unprivileged
    assert isolation.no_new_privileges
    assert isolation.seccomp
    assert str(isolation).startswith("unprivileged user, ")


def test_the_kernel_agrees_that_a_worker_is_locked_in() -> None:
    with CodeRunner() as runner:
        worker = runner._take("javascript")
        assert isinstance(worker, Worker)
        zygote = runner._zygote
        assert zygote
        status = dict(
            line.split(":\t") for line in Path(f"/proc/{zygote.pid}/status").read_text().splitlines() if ":\t" in line
        )
        worker.kill()
    assert status["NoNewPrivs"] == "1"
    assert set(status["Uid"].split()) != {"0"}


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_is_written_for_both_machines(machine: str) -> None:
    """Run the filter as the kernel would: the calls of its own machine pass, those of another machine kill."""
    architecture = seccomp.ARCHITECTURES[machine]
    column = architecture.column
    lines = seccomp.program(architecture)
    allowed = {numbers[column] for numbers in seccomp.SYSTEM_CALLS.values()}
    mapping = {numbers[column] for numbers in seccomp.MAPPING_CALLS.values()}
    for number in range(600):
        expected = seccomp.ALLOW if number in allowed | mapping else seccomp.REFUSE
        assert filtered(lines, architecture.audit, number) == expected, number
        assert filtered(lines, architecture.audit, number | 0x40000000) == seccomp.REFUSE  # the x32 numbers
        assert filtered(lines, architecture.audit ^ 1, number) == seccomp.KILL
    for number in mapping:
        assert filtered(lines, architecture.audit, number, (0, 0, 3)) == seccomp.ALLOW
        assert filtered(lines, architecture.audit, number, (0, 0, 5)) == seccomp.REFUSE


def filtered(lines: list[tuple[int, int, int, int]], audit: int, number: int, arguments: tuple[int, ...] = ()) -> int:
    """What the filter answers for a system call: an interpreter of the five instructions that it uses."""
    data = struct.pack(
        "<iIQ6Q", number if number < 1 << 31 else number - (1 << 32), audit, 0, *(arguments + (0,) * 6)[:6]
    )
    at = accumulator = 0
    while True:
        code, yes, no, k = lines[at]
        at += 1
        if code == seccomp.LOAD:
            (accumulator,) = struct.unpack_from("<I", data, k)
        elif code == seccomp.EQUALS:
            at += yes if accumulator == k else no
        elif code == seccomp.HAS_BITS:
            at += yes if accumulator & k else no
        else:
            assert code == seccomp.RETURN
            return k


AS_SOMEBODY = """
import os
from botflow_runtime.sandbox import CodeRequest, CodeRunner, Limits
assert os.getuid() != 0
limits = Limits(cpu_seconds=0.1)
with CodeRunner() as runner:
    print(runner.isolation)
    for language, source in {scripts!r}:
        result = runner.run(CodeRequest("r", language, source, limits=limits))
        print(result.error.kind if result.error else result.value)
"""
SCRIPTS = [
    ("javascript", "return 1"),
    ("javascript", "for (;;);"),
    ("javascript", "return 2"),
    ("python", "return 3"),
    ("python", "while True: pass"),
    ("python", "return open('/etc/passwd')"),
    ("python", "return 4"),
]


def test_an_ordinary_user_has_the_same_layers_and_errors() -> None:
    """Root becomes somebody who may read files, since the interpreter can lie where only root may look."""
    powers = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    become = ["setpriv", "--reuid=1234", "--regid=1234", "--clear-groups", *powers] if os.getuid() == 0 else []
    command = [*become, sys.executable, "-c", AS_SOMEBODY.format(scripts=SCRIPTS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    layers, *results = done.stdout.splitlines()
    assert "no new privileges" in layers
    assert layers.endswith("seccomp")
    assert "NO seccomp" not in layers
    assert results == ["1", "cpu", "2", "3", "cpu", "raised", "4"]
