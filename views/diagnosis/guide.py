"""The guide: a network and its training, and what is wrong with it."""

from engine.networks.experiment import NetworkExperiment
from engine.networks.together import Trained
from views.controls import network
from views.diagnosis.stage import show as show
from views.export import network as export


def panel(net: NetworkExperiment) -> None:
    network.data_menu(net)
    network.network_panel(net, compares=True, stops=True)


def folded(net: NetworkExperiment, training: Trained | None) -> None:
    """What is folded away: the link, a script, the numbers, the formulas."""
    export.share_training(net, training)
    export.formulas(net)
