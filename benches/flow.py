"""What playing a queue costs beside SimPy: the same M/M/c, processor seconds, one thread.

python benches/flow.py, after `pip install simpy` and `cargo build --release -p flow --example measure`.
"""

import json
import os
import random
import subprocess
import time
from pathlib import Path

import simpy

ROOT = Path(__file__).parent.parent
# The queue of crates/flow/examples/measure.rs: arrivals an hour, minutes of service, servers. Its weeks are played for a tenth
# of the time here; events a second do not depend on that.
RATE, MINUTES, SERVERS = 60.0, 8.0, 10
HOURS = 168 * 5


def customer(env, servers, chance, waits):
    came = env.now
    with servers.request() as turn:
        yield turn
        waits.append(env.now - came)
        yield env.timeout(chance.expovariate(1 / MINUTES))


def arrivals(env, servers, chance, waits):
    while True:
        yield env.timeout(chance.expovariate(RATE / 60))
        env.process(customer(env, servers, chance, waits))


def simpy_side():
    env, waits = simpy.Environment(), []
    servers = simpy.Resource(env, SERVERS)
    env.process(arrivals(env, servers, random.Random(1), waits))
    before = time.process_time()
    env.run(until=HOURS * 60)
    seconds = time.process_time() - before
    return {"arrivals": len(waits), "cpu_s": seconds, "wait_mean_minutes": sum(waits) / len(waits)}


def our_side():
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    program = target / "release" / "examples" / "measure"
    lines = subprocess.run([program], check=True, capture_output=True, text=True).stdout.splitlines()
    return next(line for line in map(json.loads, lines) if line["played"] == "m/m/c")


def main():
    theirs, ours = simpy_side(), our_side()
    # Both sides count patients, since what an event is differs: SimPy plays a request and a release as events of their own.
    rates = [side["arrivals"] / side["cpu_s"] for side in (theirs, ours)]
    for name, side, rate in zip(("simpy", "flow"), (theirs, ours), rates):
        print(f"{name}: {side['arrivals']} patients in {side['cpu_s']:.3f} s, {rate:,.0f} a second, mean wait {side['wait_mean_minutes']:.3f} min")
    print(f"flow plays {rates[1] / rates[0]:.0f} times as many patients a second")


if __name__ == "__main__":
    main()
