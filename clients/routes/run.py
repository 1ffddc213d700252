"""Fuzzes every route: python run.py --url URL --instructor TOKEN [--seed N] [--seconds N]; --number N asks one request again."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.with_name("python")))

import json_api  # noqa: E402
from fhir_routes import Routes  # noqa: E402
from house import is_well, move_in  # noqa: E402
from proofs import Proofs  # noqa: E402
from ward import Ward  # noqa: E402

FORMS = 500


def main():
    """Runs every proof; the exit code says whether all held."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--url", required=True)
    words.add_argument("--instructor", required=True)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--seconds", type=int, default=60)
    words.add_argument("--number", type=int)
    given = words.parse_args()
    learner, bystander = (move_in(given.url, given.instructor, name) for name in ("fuzzed", "bystander"))
    routes = Routes(learner, bystander)
    if given.number is not None:
        print("\n".join(routes.ask(given.number)) or "it was answered as it should be")
        return 0
    return 0 if fuzz(given, learner, bystander, routes) else 1


def fuzz(given, learner, bystander, routes):
    """Half of the time for each face, forms of clinical work, and then a look at what is left."""
    proofs, before, half, ward = Proofs(), bystander.state(), given.seconds // 2, Ward(learner)

    def fhir():
        routes.fuzz(given.seed, half)
        answered = ", ".join(f"{count} with {status}" for status, count in sorted(routes.statuses.items()))
        print(f"{sum(routes.statuses.values())} requests to FHIR from number {given.seed} on: {answered}")

    def api():
        print(f"{json_api.fuzz(learner, bystander, given.seed, half)} requests to the JSON API with seed {given.seed}")

    proofs.prove("FHIR answers whatever it is asked", fhir)
    proofs.prove("the JSON API answers whatever it is asked", api)
    proofs.prove(f"{FORMS} forms of clinical work are answered", lambda: ward.work(given.seed, FORMS))
    proofs.prove("every page of the fuzzed hospital is drawn", ward.look)
    proofs.prove("the server is well", lambda: affirm(is_well(given.url)))
    proofs.prove("the fuzzed hospital's journal is whole", learner.state)
    proofs.prove("the bystander's hospital is as it was", lambda: affirm(bystander.state() == before))
    return proofs.sum_up()


def affirm(holds):
    """An error unless it holds."""
    assert holds


if __name__ == "__main__":
    sys.exit(main())
