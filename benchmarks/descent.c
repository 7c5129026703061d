/* The same five rules as plain loops, on Rosenbrock with its gradient by hand: what the engine is measured against.
 *
 * A row of the record is x, y, loss and gradient norm of every start: record[step][4][starts], row 0 is the start.
 * `state` holds what a rule remembers, [4][starts], zeros at first. Defaults are the engine's. */

#include <math.h>

#define LOSS_A 1.0
#define LOSS_B 100.0

/* `rule` turns the gradient (gx, gy) of start i into its step (dx, dy). */
#define DESCENT(name, each_step, rule)                                                                    \
    void name(long starts, long steps, double rate, double *restrict x, double *restrict y,               \
              double *restrict state, double *restrict record) {                                          \
        double *restrict a = state, *restrict b = state + starts;                                         \
        double *restrict c = state + 2 * starts, *restrict d = state + 3 * starts;                        \
        double mean_weight = 0, square_weight = 0;                                                        \
        (void)a, (void)b, (void)c, (void)d, (void)mean_weight, (void)square_weight;                       \
        for (long t = 0; t <= steps; t++) {                                                               \
            double *restrict row_x = record + 4 * starts * t, *restrict row_y = row_x + starts;           \
            double *restrict row_loss = row_y + starts, *restrict row_norm = row_loss + starts;           \
            each_step;                                                                                    \
            _Pragma("GCC ivdep") for (long i = 0; i < starts; i++) {                                      \
                double away = LOSS_A - x[i], up = y[i] - x[i] * x[i];                                     \
                double gx = -2 * away - 4 * LOSS_B * x[i] * up, gy = 2 * LOSS_B * up, dx, dy;             \
                row_x[i] = x[i], row_y[i] = y[i];                                                         \
                row_loss[i] = away * away + LOSS_B * up * up;                                             \
                row_norm[i] = sqrt(gx * gx + gy * gy);                                                    \
                rule;                                                                                     \
                x[i] += dx, y[i] += dy;                                                                   \
            }                                                                                             \
        }                                                                                                 \
    }

DESCENT(gradient_descent, , dx = -rate * gx; dy = -rate * gy)

DESCENT(momentum, , a[i] = dx = 0.9 * a[i] - rate * gx; b[i] = dy = 0.9 * b[i] - rate * gy)

DESCENT(adagrad, , a[i] += gx * gx; b[i] += gy * gy;
        dx = -rate * gx / sqrt(a[i] + 1e-7); dy = -rate * gy / sqrt(b[i] + 1e-7))

DESCENT(rmsprop, , a[i] = 0.9 * a[i] + (1 - 0.9) * gx * gx; b[i] = 0.9 * b[i] + (1 - 0.9) * gy * gy;
        dx = -rate * gx / (sqrt(a[i]) + 1e-8); dy = -rate * gy / (sqrt(b[i]) + 1e-8))

DESCENT(adam, mean_weight = 0.9 * mean_weight + (1 - 0.9); square_weight = 0.999 * square_weight + (1 - 0.999),
        a[i] = 0.9 * a[i] + (1 - 0.9) * gx; b[i] = 0.9 * b[i] + (1 - 0.9) * gy;
        c[i] = 0.999 * c[i] + (1 - 0.999) * gx * gx; d[i] = 0.999 * d[i] + (1 - 0.999) * gy * gy;
        dx = -rate * (a[i] / mean_weight) / (sqrt(c[i] / square_weight) + 1e-8);
        dy = -rate * (b[i] / mean_weight) / (sqrt(d[i] / square_weight) + 1e-8))
