"""Networks: several optimizers train one network, from the same weights on the same batches."""

from views import frame
from views.controls import network
from views.export import network as export
from views.networks import stage
from views.session import visit
from views.session.trained import preview, trained

picture, controls, folded = frame.bench("networks")
net = visit.network()
with controls:  # before the work below: who wants another network need not wait for this one
    network.data_menu(net)
    network.network_panel(net)
with picture:
    training, shown = trained(net), net
    if training is None and (shorter := preview(net)):
        training, shown = trained(shorter, "preview", quiet=True), shorter
        if training is not None:
            stage.say_shorter(shorter)
    if training is not None:
        stage.show(shown, training)
with folded:
    export.share_training(net, training if shown is net else None)
    export.formulas(net)
