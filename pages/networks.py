"""Networks: several optimizers train one network, from the same weights on the same batches."""

from views import controls, frame, network_controls, network_export, networks, state
from views.trained import preview, trained

net = state.network()
picture, panel, folded = frame.bench("networks")
with panel:  # before the work below: who wants another network need not wait for this one
    network_controls.data_menu(net)
    network_controls.network_panel(net)
with picture:
    controls.notices()
    training, shown = trained(net), net
    if training is None and (shorter := preview(net)):
        training, shown = trained(shorter, "preview", quiet=True), shorter
        if training is not None:
            networks.say_shorter(shorter)
    if training is not None:
        networks.show(shown, training)
with folded:
    network_export.share(net, training if shown is net else None)
    network_export.formulas(net)
