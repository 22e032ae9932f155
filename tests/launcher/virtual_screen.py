"""Runs a command on a virtual screen of its own: `python virtual_screen.py COMMAND...`; exits with its status."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def virtual_screen() -> Iterator[str]:
    """A fresh Xvfb for the time of the block: its DISPLAY. Raises OSError where none can be started."""
    reader, writer = os.pipe()
    # Xvfb finds a free number itself and announces it. In a session of its own: Ctrl-C is for the command, which needs
    # the screen to end well.
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1920x1080x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[writer],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        with os.fdopen(reader, encoding="ascii") as announced:
            number = announced.readline().strip()
        if not number:
            raise OSError("Xvfb did not start")
        yield f":{number}"
    finally:
        screen.terminate()
        screen.wait()


def main(command: list[str]) -> int:
    """Run `command` on a virtual screen: its exit status. An interruption is the command's to answer."""
    with virtual_screen() as display, subprocess.Popen(command, env={**os.environ, "DISPLAY": display}) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
