"""What goes wrong now and then, and what that excuses."""

import random
import time

# Every so many runs meets a fault.
EVERY = 10
# Of a thousand calls to AWS, in a run that meets this fault
SHARE = 100
# Readers may get 503 for so long after calls were disturbed: a failed read of the bucket is
# repeated after 5 s, and a reader waits for it for up to 10 s.
AFTERMATH = 20

# How a run may end that meets a fault
KINDS = {
    "calls": ("succeeded", "partial"),
    "feed once": ("succeeded",),
    "feed cut": ("succeeded",),
    "feed slow": ("succeeded",),
    "feed away": ("failed",),
    "day refused": ("partial",),
}


class Faults:
    """Begins and ends faults. Readers ask whether an answer is excused."""

    def __init__(self, seed, cloud, feed_server):
        self._random = random.Random(seed)
        self._cloud = cloud
        self._feed_server = feed_server
        self._since = None
        self._until = 0.0
        self.begun = {kind: 0 for kind in KINDS}
        self.counts = {}
        cloud.ask("watch")

    def choose(self, number):
        """The fault of a run, by its number; None: none. The first one is of
        all that readers notice, too: a short soak has it."""
        if number % EVERY:
            return None
        if number == EVERY:
            return "calls"
        kinds = [kind for kind in KINDS if kind != "day refused"]
        # Calls twice as often: they are of many sorts.
        return self._random.choice([*kinds, "calls"])

    @staticmethod
    def allowed(kind):
        """How a run may end."""
        return KINDS[kind] if kind else ("succeeded",)

    def begin(self, kind, place="", day=""):
        self.begun[kind] += 1
        if kind == "calls":
            self._since = time.monotonic()
            self._cloud.ask(f"disturb {self._random.randrange(1 << 31)} {SHARE}")
        elif kind == "day refused":
            self._cloud.ask(f"refuse {day} {place}")
        else:
            self._feed_server.fail(kind.removeprefix("feed "))

    def end(self):
        self.counts = self._cloud.ask("calm")
        self._feed_server.fail(None)
        if self._since is not None:
            self._until = time.monotonic() + AFTERMATH
            self._since = None

    def excuse(self, begun):
        """Whether calls were disturbed at a time or since, or just before it."""
        return self._since is not None or begun < self._until
