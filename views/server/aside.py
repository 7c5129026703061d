"""A process beside the server that works at the lowest priority, and never outlives it. Loads quickly: until it is
apart, it must not be stopped."""

import ctypes
import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1  # sys/prctl.h


def aside() -> None:
    """Work until all is done, or the server is gone."""
    if sys.platform != "win32":
        os.setpriority(os.PRIO_PROCESS, 0, 19)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)  # also while it rests
        with suppress(OSError):  # a desktop's kernel shares the processor out among sessions first
            Path("/proc/self/autogroup").write_text("19")
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    sys.stdout.write("\n")  # it is apart now
    sys.stdout.flush()
    from views.server.warm import everything

    everything()
    os._exit(0)  # the reader of stdin would hold up the end
