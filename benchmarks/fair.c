/* Eight rules as plain loops on Rosenbrock, each lane with a rate of its own, of which only the end is kept: what
 * choosing rates for a fair race is measured against. Blocks of lanes stay in the cache, as in the engine.
 *
 * `loss` is that of the last step, `reached` the first step with one of `level` or less and `lost` the first that is not
 * finite or far away; -1 for never. Defaults are the engine's. */

#include <math.h>

#define LOSS_A 1.0
#define LOSS_B 100.0
#define FAR 4e6
#define BLOCK 256

/* `rule` turns the gradient (gx, gy) of lane i into its step (dx, dy). */
#define ENDS(name, each_step, rule)                                                                           \
    void name(long lanes, long steps, double level, const double *rates, const double *starts, double *loss,  \
              double *reached, double *lost) {                                                                \
        for (long from = 0; from < lanes; from += BLOCK) {                                                    \
            long many = lanes - from < BLOCK ? lanes - from : BLOCK;                                          \
            double x[BLOCK], y[BLOCK], a[BLOCK] = {0}, b[BLOCK] = {0}, c[BLOCK] = {0}, d[BLOCK] = {0};        \
            double end[BLOCK], low[BLOCK], gone[BLOCK], rate[BLOCK], mean_weight = 0, square_weight = 0;      \
            (void)a, (void)b, (void)c, (void)d, (void)mean_weight, (void)square_weight;                       \
            for (long i = 0; i < many; i++) {                                                                 \
                x[i] = starts[2 * (from + i)], y[i] = starts[2 * (from + i) + 1];                             \
                low[i] = gone[i] = -1, end[i] = 0, rate[i] = rates[from + i];                                 \
            }                                                                                                 \
            for (long t = 0; t <= steps; t++) {                                                               \
                double now = (double)t;                                                                       \
                each_step;                                                                                    \
                _Pragma("GCC ivdep") for (long i = 0; i < many; i++) {                                        \
                    double away = LOSS_A - x[i], up = y[i] - x[i] * x[i];                                     \
                    double gx = -2 * away - 4 * LOSS_B * x[i] * up, gy = 2 * LOSS_B * up, dx, dy;             \
                    end[i] = away * away + LOSS_B * up * up;                                                  \
                    int fine = fabs(x[i]) <= FAR & fabs(y[i]) <= FAR & end[i] < INFINITY;                     \
                    gone[i] = (gone[i] < 0) & !fine ? now : gone[i];                                          \
                    low[i] = (low[i] < 0) & (end[i] <= level) ? now : low[i];                                 \
                    rule;                                                                                     \
                    x[i] += dx, y[i] += dy;                                                                   \
                }                                                                                             \
            }                                                                                                 \
            for (long i = 0; i < many; i++)                                                                   \
                loss[from + i] = end[i], reached[from + i] = low[i], lost[from + i] = gone[i];                \
        }                                                                                                     \
    }

#define CORRECT mean_weight = 0.9 * mean_weight + (1 - 0.9), square_weight = 0.999 * square_weight + (1 - 0.999)
#define MOMENTS                                                                                                \
    a[i] = 0.9 * a[i] + (1 - 0.9) * gx, b[i] = 0.9 * b[i] + (1 - 0.9) * gy;                                    \
    c[i] = 0.999 * c[i] + (1 - 0.999) * gx * gx, d[i] = 0.999 * d[i] + (1 - 0.999) * gy * gy;                  \
    dx = -rate[i] * (a[i] / mean_weight) / (sqrt(c[i] / square_weight) + 1e-8);                                \
    dy = -rate[i] * (b[i] / mean_weight) / (sqrt(d[i] / square_weight) + 1e-8)

ENDS(gradient_descent, , dx = -rate[i] * gx; dy = -rate[i] * gy)

ENDS(momentum, , a[i] = dx = 0.9 * a[i] - rate[i] * gx; b[i] = dy = 0.9 * b[i] - rate[i] * gy)

ENDS(nesterov, , a[i] = 0.9 * a[i] - rate[i] * gx; b[i] = 0.9 * b[i] - rate[i] * gy;
     dx = 0.9 * a[i] - rate[i] * gx; dy = 0.9 * b[i] - rate[i] * gy)

ENDS(adagrad, , a[i] += gx * gx; b[i] += gy * gy;
     dx = -rate[i] * gx / sqrt(a[i] + 1e-7); dy = -rate[i] * gy / sqrt(b[i] + 1e-7))

ENDS(rmsprop, , a[i] = 0.9 * a[i] + (1 - 0.9) * gx * gx; b[i] = 0.9 * b[i] + (1 - 0.9) * gy * gy;
     dx = -rate[i] * gx / (sqrt(a[i]) + 1e-8); dy = -rate[i] * gy / (sqrt(b[i]) + 1e-8))

ENDS(adam, CORRECT, MOMENTS)

ENDS(adamw, CORRECT, MOMENTS; dx -= rate[i] * 1e-2 * x[i]; dy -= rate[i] * 1e-2 * y[i])

ENDS(lion, , double px = 0.9 * a[i] + (1 - 0.9) * gx; double py = 0.9 * b[i] + (1 - 0.9) * gy;
     dx = -rate[i] * ((px > 0) - (px < 0)); dy = -rate[i] * ((py > 0) - (py < 0));
     a[i] = 0.99 * a[i] + (1 - 0.99) * gx; b[i] = 0.99 * b[i] + (1 - 0.99) * gy)
