"""Eight threads at work hold two heaps, not eight."""

import re
import subprocess
import sys

import pytest

from directory.web.serving.heaps import HEAPS

COUNTS = """
import ctypes, sys, threading
from directory.web.serving.heaps import share_heaps
libc = ctypes.CDLL(None)
if not hasattr(libc, "malloc_info"):
    sys.exit("no glibc")
if sys.argv[1] == "shared" and not share_heaps():
    sys.exit("not set")
libc.malloc.restype = libc.fopen.restype = ctypes.c_void_p
libc.free.argtypes = libc.fclose.argtypes = [ctypes.c_void_p]
libc.malloc_info.argtypes = [ctypes.c_int, ctypes.c_void_p]
together = threading.Barrier(8)
def work():
    together.wait()
    held = [libc.malloc(50_000) for _ in range(50)]
    together.wait()
    for one in held:
        libc.free(one)
threads = [threading.Thread(target=work) for _ in range(8)]
for one in threads:
    one.start()
for one in threads:
    one.join()
out = libc.fopen(b"/dev/stdout", b"w")
libc.malloc_info(0, out)
libc.fclose(out)
"""


def heaps(how):
    """How many heaps a process with eight threads ended up with."""
    done = subprocess.run(
        [sys.executable, "-c", COUNTS, how], check=False, capture_output=True, text=True
    )
    if "no glibc" in done.stderr:
        pytest.skip("this C library has no heaps to count")
    assert done.returncode == 0, done.stderr
    return len(re.findall("<heap nr=", done.stdout))


def test_threads_share_the_heaps_of_a_worker():
    assert heaps("shared") <= HEAPS < heaps("as it comes")
