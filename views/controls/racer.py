"""Which lane a page is about, where it is about one."""

from engine.networks.experiment import NetworkExperiment
from views.controls.widgets import linked_menu
from views.kit.labels import lane_label
from views.kit.text import text


def racer_menu(net: NetworkExperiment) -> int:
    """The number of the lane that is chosen; without a menu where only one is shown."""
    numbers = [place for place, racer in enumerate(net.lanes) if racer.shown] or [0]
    if len(numbers) == 1:
        return numbers[0]
    return int(
        linked_menu(
            text("batches.racer"), "racer", lambda place: lane_label(net, int(place)), label_visibility="collapsed",
            width=260,
        )
    )  # fmt: skip
