"""Who runs the points of a design: threads here, or a cluster."""

from results.commands.listener import Listener
from scenarios.files.faults import RequestError
from simulation.running.campaign import ThreadWorkers, Workers
from simulation.running.cluster import ClusterWorkers, check_installed


def workers_of(workers: int | None, cluster: str | None, listener: Listener) -> Workers:
    """Threads, as many as `workers` says, or the workers of the cluster whose scheduler is at that address.

    Raises:
        RequestError: if both are asked for.
        MissingExtraError: if a cluster needs what is not installed.
    """
    if cluster is None:
        return ThreadWorkers(workers)
    if workers is not None:
        raise RequestError("workers", "these are threads here, and a cluster has workers of its own; leave one out")
    check_installed()
    return ClusterWorkers(cluster, listener.say)
