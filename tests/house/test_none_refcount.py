"""The Qt binding keeps the references to None that it takes."""

import subprocess
import sys

CALLS = 500
# A good binding leaves the count alone; a bad one takes one reference with nearly every call.
PROGRAM = f"""
import sys
from PySide6 import QtCore, QtWidgets

application = QtWidgets.QApplication(sys.argv)
widget = QtWidgets.QLabel("text")
before = sys.getrefcount(None)
for number in range({CALLS}):
    widget.setText(str(number))
    widget.update()
    widget.setEnabled(True)
print(sys.getrefcount(None) - before)
"""


def test_void_calls_do_not_use_up_none() -> None:
    # In a process of its own: a binding that fails this ends the process that it runs in.
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "-platform", "offscreen"], capture_output=True, encoding="utf-8", timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > -CALLS // 10
