"""An older build of the program beside this one, and fresh copies of the source of both."""

import shutil
import subprocess

from driver import sides

# The last commit of 2026-11-29, the day that docs/performance.md was measured: from its figures the
# limits come that name an older build.
REVISION = "36ec617"


class Older:
    """The program as it was at a commit."""

    def __init__(self, revision):
        self.revision = _git("rev-parse", "--short", f"{revision}^{{commit}}").decode().strip()

    def built(self):
        """The folder of its source, with what the build leaves in target; it stays there."""
        # Its archive of classes is of one java.
        folder = sides.WORK / "older" / f"{self.revision}-java-{sides.java_version()}"
        if not (folder / "built").exists():
            self.source(folder)
            subprocess.run(
                ["./mvnw", "-q", "-ntp", "package", "-DskipTests"], cwd=folder, check=True
            )
            (folder / "built").touch()
        return folder

    def source(self, folder):
        """Puts its source into a new folder."""
        _unpack(_git("archive", self.revision), folder)


def our_source(folder):
    """Puts the source as it is here, with what is not committed, into a new folder."""
    listed = _git("ls-files", "-z", "--cached", "--others", "--exclude-standard").split(b"\0")
    present = b"\0".join(name for name in listed if name and (sides.ROOT / name.decode()).exists())
    tar = ["tar", "-c", "--null", "-T", "-"]
    packed = subprocess.run(tar, cwd=sides.ROOT, input=present, capture_output=True, check=True)
    _unpack(packed.stdout, folder)


def _git(*words):
    return subprocess.run(["git", *words], cwd=sides.ROOT, capture_output=True, check=True).stdout


def _unpack(packed, folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    subprocess.run(["tar", "-x"], cwd=folder, input=packed, check=True)
