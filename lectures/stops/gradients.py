"""Gradients: checked, derived, and lost on the way back."""

from lectures.base import Stop
from records import Words

THE_GRADIENT_VANISHES = Stop(
    lesson="gradient_vanishes_with_depth",
    says=Words(
        "Each sigmoid layer takes more than three quarters of the gradient", "每过一层 sigmoid，梯度少掉四分之三以上"
    ),
    notes=Words(
        "σ′ is at most ¼. Ask: after 30 layers? ¼³⁰ is 10⁻¹⁸; measured here, less than 10⁻¹⁶ of the last layer's "
        "gradient reaches the first. Then point at the other lines: batch normalisation and residual connections "
        "bring it through, plain tanh does too.",
        "σ′ 至多 ¼。问：30 层之后呢？¼³⁰ 是 10⁻¹⁸；这里量到的，传到第一层的不到最后一层的 10⁻¹⁶。再指其他几条线：批"
        "归一化和残差连接能让它通过，普通 tanh 也行。",
    ),
)
