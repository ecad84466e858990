"""The app as it is, and one page that takes its time."""

import time

from directory.app import create_app

app = create_app()


@app.get("/slow")
def slow() -> str:
    """Longer than any page takes, so that whoever comes meanwhile waits."""
    time.sleep(0.2)
    return "done"
