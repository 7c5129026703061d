"""Networks: several optimizers train one network, from the same weights on the same batches."""

from records import Words
from views import frame
from views.controls import network
from views.export import network as export
from views.kit.pages import Page
from views.networks import stage
from views.session import visit

PAGE = Page(
    title=Words("Networks", "神经网络"),
    tagline=Words(
        "The same optimizers train a network: same first weights, same batches.",
        "同样的优化器训练一个网络：初始权重相同，批次相同。",
    ),
    question=Words("Who learns best?", "谁学得最好？"),
    group="networks",
    place=4,
)

picture, controls, folded = frame.bench("networks")
net = visit.network()
with controls:  # before the work below: who wants another network need not wait for this one
    network.data_menu(net)
    network.network_panel(net, compares=True)
with picture:
    training = stage.show(net)
with folded:
    export.share_training(net, training)
    export.formulas(net)
