"""How a path and a critical point show themselves in a notebook: a small table, and a figure when it is asked for.

Plotly draws them; whoever only computes never loads it: it is imported where a figure is made.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from engine.arrays import Floats

ROWS = 12  # starts that a table shows, eigenvalues, and lines of a figure
CUT = 1.0  # of θ: how far along an eigenvector the parabola is drawn
SIGNS = ("#c05621", "#8a8a8a", "#2b6cb0")  # of eigenvalues below −τ, within ±τ, above τ


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[object]], left: int = 0) -> str:
    """HTML of what an object knows of itself; ``left``: rows that are not shown."""
    lines = [_row("th", head), *(_row("td", map(_shown, row)) for row in rows)]
    if left:
        lines.append(f'<tr><td colspan="{len(head)}">… {left} more</td></tr>')
    return f"<table><caption>{caption}</caption>{''.join(lines)}</table>"


def _row(tag: str, cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"


def _shown(value: object) -> str:
    """A number to six digits, a vector as its numbers."""
    if isinstance(value, np.ndarray):
        cells = ", ".join(_shown(float(one)) for one in value[:ROWS])
        return f"({cells}{', …' if len(value) > ROWS else ''})"
    return f"{value:.6g}" if isinstance(value, float) else str(value)


# ---- a path ----------------------------------------------------------------------------------------------------------


def path_table(params: Floats, loss: Floats, gradient_norm: Floats, diverged_at: Any) -> str:
    """Where each start came to: arrays with the starts in front, (N, T+1, …); steps at which they diverged, (N,)."""
    head = ("start", "loss there", "last θ", "last loss", "lowest loss, at step", "last ‖∇L‖", "diverged")
    rows = map(_came_to, params[:ROWS], loss, gradient_norm, diverged_at)
    return table(f"{loss.shape[1] - 1} steps", head, rows, max(len(params) - ROWS, 0))


def _came_to(place: Floats, value: Floats, norm: Floats, lost: int) -> list[object]:
    """One start's row: its last finite step is the one before it diverged."""
    last = (lost if lost >= 0 else len(value)) - 1
    if last < 0:
        return [place[0], float(value[0]), "–", "–", "–", "–", "at the start"]
    best = int(np.argmin(value[: last + 1]))
    lowest, end = f"{value[best]:.6g} at {best}", "" if lost < 0 else f"at step {lost}"
    return [place[0], float(value[0]), place[last], float(value[last]), lowest, float(norm[last]), end]


def path_figure(params: Floats, loss: Floats, gradient_norm: Floats) -> Any:
    """Loss and gradient norm over the steps and, in the plane, the paths; of the first ROWS starts."""
    from plotly.subplots import make_subplots

    flat = params.shape[-1] == 2
    titles = ("loss", "‖∇L‖", "path")[: 3 if flat else 2]
    figure = make_subplots(rows=1, cols=len(titles), subplot_titles=titles)
    steps = np.arange(loss.shape[1])
    for number, (place, value, norm) in enumerate(zip(params[:ROWS], loss, gradient_norm, strict=False)):
        style = {"name": f"start {number + 1}", "legendgroup": str(number), "line": {"color": _colour(number)}}
        figure.add_scatter(x=steps, y=_finite(value), row=1, col=1, showlegend=len(loss) > 1, **style)
        figure.add_scatter(x=steps, y=_finite(norm), row=1, col=2, showlegend=False, **style)
        if flat:
            x, y = _finite(place).T
            figure.add_scatter(x=x, y=y, row=1, col=3, showlegend=False, marker={"size": 3}, **style)
    figure.update_xaxes(title_text="step", col=1).update_xaxes(title_text="step", col=2)
    figure.update_yaxes(type="log", exponentformat="power", col=2)
    if flat:
        figure.update_xaxes(title_text="θ₁", col=3).update_yaxes(title_text="θ₂", col=3)
    return figure


# ---- a point ---------------------------------------------------------------------------------------------------------


def point_table(point: Any) -> str:
    """What is known of a ``CriticalPoint``."""
    rows = [
        ["θ", point.point],
        ["loss", point.loss],
        ["‖∇L‖", point.gradient_norm],
        ["eigenvalues of H", point.eigenvalues],
        ["positive, zero, negative", f"{point.positive}, {point.zero}, {point.negative}"],
        ["τ, within which one counts as zero", point.tolerance],
        ["condition number", point.condition],
    ]
    return table(point.kind, ("", ""), rows)


def point_figure(point: Any) -> Any:
    """The eigenvalues with ±τ, coloured by their signs, and the parabola through the point along the eigenvectors; of
    many the outermost, from both ends."""
    from plotly.subplots import make_subplots

    count = len(point.eigenvalues)
    half = ROWS // 2
    chosen = range(count) if count <= ROWS else [*range(half), *range(count - half, count)]
    values, ways = point.eigenvalues[list(chosen)], point.eigenvectors[:, list(chosen)]
    signs = [SIGNS[1 + int(value > point.tolerance) - int(value < -point.tolerance)] for value in values]
    names = [f"λ{number + 1}" for number in chosen]
    figure = make_subplots(rows=1, cols=2, subplot_titles=("eigenvalues of H, ±τ", "parabola along each eigenvector"))
    figure.add_bar(x=names, y=_finite(values), marker={"color": signs}, showlegend=False, row=1, col=1)
    if np.isfinite(point.tolerance):
        figure.add_hrect(-point.tolerance, point.tolerance, line_width=0, fillcolor=SIGNS[1], opacity=0.3, row=1, col=1)
    along = np.linspace(-CUT, CUT, 41)
    for name, value, slope, colour in zip(names, values, ways.T @ point.gradient, signs, strict=True):
        heights = point.loss + slope * along + value / 2 * along**2
        figure.add_scatter(x=along, y=_finite(heights), name=name, mode="lines", line={"color": colour}, row=1, col=2)
    figure.update_xaxes(title_text="distance", col=2).update_yaxes(title_text="loss", col=2)
    return figure.update_layout(title_text=point.kind)


def _finite(values: Floats) -> Floats:
    """What is not finite leaves a gap."""
    return np.where(np.isfinite(values), values, np.nan)


def _colour(number: int) -> str:
    from plotly.colors import qualitative

    return str(qualitative.D3[number % len(qualitative.D3)])
