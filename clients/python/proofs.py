"""Counts proofs and prints them the way the test command reads."""

import traceback
from functools import partial


class Proofs:
    """Runs named proofs, goes on after a failure, and sums up."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def prove(self, name, work):
        """Runs `work`; an exception is a failure."""
        try:
            work()
        except Exception:
            self.failed += 1
            print(f"FAILED {name}")
            traceback.print_exc()
        else:
            self.passed += 1
            print(f"ok {name}")

    def prove_each(self, clients, within):
        """Runs every proof of every client that is there; `within` is called with its work."""
        for client in clients:
            missing = client.missing()
            if missing:
                print(f"skipped: {client.NAME}: {missing}")
                continue
            for name, work in client.PROOFS.items():
                self.prove(f"{client.NAME} {name}", partial(within, work))

    def sum_up(self):
        """The last line, and whether nothing failed."""
        print(f"{self.passed} passed, {self.failed} failed, 0 skipped")
        return self.failed == 0
