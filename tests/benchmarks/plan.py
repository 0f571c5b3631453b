"""How long, how many machines and how much money a large collection takes, from measured figures.

    python tests/benchmarks/plan.py ARTICLES PER_CORE CORES PRICE [--characters 3000] [--client 0.5]
        [--sent 1.0] [--received 2.5] [--machines 1 4 16 64]

PER_CORE are articles a second of one core, as `workers.py` and `end_to_end.py` print them; CORES those of a machine,
and PRICE what it costs an hour. The others are those of a shard, which `workers.py` prints as well: seconds that the
client is busy with it, MB that it sends, and MB that it receives.

    core hours    = ARTICLES / PER_CORE / 3600
    machine hours = core hours / CORES
    cost          = machine hours * PRICE
    hours         = machine hours / machines, as long as one client, or several, keep up with the workers
"""

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tone.store.shards import CHARACTERS

RUN: Final = 1_000_000
"""Articles that one run, one OUT folder, takes: what names and copies are found among fits a small machine's memory."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a collection takes; hours and shares of a client are those of so many machines."""

    shards: int
    runs: int
    core_hours: float
    machine_hours: float
    cost: float
    cores_a_client: float
    sent: float
    received: float

    def hours(self, machines: int) -> float:
        """Hours from beginning to end on so many machines, all of them kept busy."""
        return self.machine_hours / machines

    def clients(self, machines: int, cores: int) -> int:
        """How many clients, each with a run of its own, keep so many machines busy."""
        return math.ceil(machines * cores / self.cores_a_client)


def plan(
    articles: int,
    per_core: float,
    cores: int,
    price: float,
    *,
    characters: float = 3000,
    client: float = 0.5,
    sent: float = 1.0,
    received: float = 2.5,
) -> Plan:
    """The plan for a collection.

    Args:
        articles: how many there are.
        per_core: articles a second of one core.
        cores: cores of a machine.
        price: of a machine, an hour.
        characters: of an article, on average.
        client: seconds that the client is busy with a shard: it reads, sends, receives and writes it.
        sent, received: MB that the client sends and receives for a shard.

    Raises ValueError where one of them is not above 0.
    """
    if min(articles, per_core, cores, price, characters, client, sent, received) <= 0:
        raise ValueError("all figures must be above 0")
    a_shard = math.ceil(CHARACTERS / characters)
    shards = math.ceil(articles / a_shard)
    core_hours = articles / per_core / 3600
    return Plan(
        shards=shards,
        runs=math.ceil(articles / RUN),
        core_hours=core_hours,
        machine_hours=core_hours / cores,
        cost=core_hours / cores * price,
        cores_a_client=a_shard / per_core / client,
        sent=sent * shards / 1000,
        received=received * shards / 1000,
    )


def table(made: Plan, machines: Sequence[int], cores: int) -> str:
    """The plan as Markdown; GB, hours and the currency of the price."""
    lines = [
        f"{made.shards:,} shards in {made.runs:,} runs, {made.core_hours:,.0f} core hours, cost {made.cost:,.0f}; "
        f"clients send {made.sent:,.0f} GB and receive {made.received:,.0f} GB; one client keeps "
        f"{made.cores_a_client:,.0f} cores busy.",
        "",
        f"| machines of {cores} cores | hours | shards a second | MB/s sent | MB/s received | clients |",
        "| ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for number in machines:
        hours = made.hours(number)
        rates = (total / hours / 3600 for total in (made.shards, made.sent * 1000, made.received * 1000))
        figures = [f"{number:,}", f"{hours:,.1f}", *(f"{rate:,.2f}" for rate in rates)]
        figures.append(str(made.clients(number, cores)))
        lines.append(f"| {' | '.join(figures)} |")
    return "\n".join(lines)


def main() -> None:
    """Print the plan."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=int)
    parser.add_argument("per_core", type=float)
    parser.add_argument("cores", type=int)
    parser.add_argument("price", type=float)
    parser.add_argument("--characters", type=float, default=3000)
    parser.add_argument("--client", type=float, default=0.5)
    parser.add_argument("--sent", type=float, default=1.0)
    parser.add_argument("--received", type=float, default=2.5)
    parser.add_argument("--machines", type=int, nargs="+", default=[1, 4, 16, 64])
    given = vars(parser.parse_args())
    machines = given.pop("machines")
    try:
        made = plan(**given)
    except ValueError as problem:
        parser.error(str(problem))
    print(table(made, machines, given["cores"]))


if __name__ == "__main__":
    main()
