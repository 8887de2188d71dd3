"""SALEX in the browser with Mesa's SolaraViz, month by month, with levers: `solara run solara_viz.py`."""

from typing import Any

import networkx as nx
import solara
from matplotlib.figure import Figure
from mesa.visualization import Slider, SolaraViz, make_plot_component
from mesa.visualization.utils import update_counter

import scenarios
from simulation import CollaborationNetwork

SALEX = scenarios.load("salex", posterior=None)


class Network(CollaborationNetwork):
    """SALEX, its levers as plain numbers, as SolaraViz sets them."""

    def __init__(self, *, seed: int = 1, grants: int = 4, facilitation: float = 0.8) -> None:
        levers = {"grants.per_call": int(grants), "facilitation.intensity": float(facilitation)}
        super().__init__(scenarios.replace(SALEX, levers), seed=int(seed))


@solara.component
def picture(model: Any) -> None:
    """Members in a circle, and who collaborates with whom."""
    update_counter.get()  # so that it is drawn again when the model has taken a step
    graph = nx.Graph()
    graph.add_nodes_from(member.number for member in model.organizations if member.present)
    graph.add_edges_from(model.collaborations)
    figure = Figure(figsize=(5, 5))
    axes = figure.subplots()
    nx.draw_networkx(graph, nx.circular_layout(sorted(graph)), ax=axes, node_size=200, font_size=8)
    axes.set_title(f"Month {model.month}: {len(model.collaborations)} collaborations")
    axes.set_axis_off()
    solara.FigureMatplotlib(figure)


levers = {
    "grants": Slider("grants per call", 4, 0, 12, 1),
    "facilitation": Slider("intensity of facilitation", 0.8, 0.0, 1.0, 0.1),
    "seed": Slider("seed", 1, 1, 100, 1),
}
page = SolaraViz(
    Network(),
    components=[picture, make_plot_component("collaboration_rate"), make_plot_component("engagement")],
    model_params=levers,
    name="SALEX",
)
