/* Adam and heavy ball on Rosenbrock, each lane with its own start and rate, 256 lanes at a time: only ends are kept.
 *
 * reached holds the first step with a loss of at most `target`, or -1; lost the first step that is not finite. */

#include <math.h>

#define BLOCK 256

#define ENDS(name, each_step, rule)                                                                                   \
    void name(long lanes, long steps, double target, const double *restrict rate, double *restrict x,                 \
              double *restrict y, double *restrict loss, double *restrict reached, double *restrict lost) {           \
        for (long from = 0; from < lanes; from += BLOCK) {                                                            \
            double a[BLOCK] = {0}, b[BLOCK] = {0}, c[BLOCK] = {0}, d[BLOCK] = {0};                                    \
            double mean_weight = 0, square_weight = 0;                                                                \
            (void)c, (void)d, (void)mean_weight, (void)square_weight;                                                 \
            double *restrict px = x + from, *restrict py = y + from, *restrict hit = reached + from;                  \
            double *restrict gone = lost + from, *restrict low = loss + from;                                         \
            const double *restrict eta = rate + from;                                                                 \
            for (long t = 0; t <= steps; t++) {                                                                       \
                each_step;                                                                                            \
                _Pragma("GCC ivdep") for (long i = 0; i < BLOCK; i++) {                                               \
                    double away = 1 - px[i], up = py[i] - px[i] * px[i], dx, dy;                                      \
                    double gx = -2 * away - 400 * px[i] * up, gy = 200 * up;                                          \
                    double value = away * away + 100 * up * up;                                                       \
                    low[i] = value;                                                                                   \
                    hit[i] = hit[i] < 0 && value <= target ? t : hit[i];                                              \
                    gone[i] = gone[i] < 0 && !(value < INFINITY) ? t : gone[i];                                       \
                    rule;                                                                                             \
                    px[i] += t < steps ? dx : 0, py[i] += t < steps ? dy : 0;                                         \
                }                                                                                                     \
            }                                                                                                         \
        }                                                                                                             \
    }

ENDS(momentum, , a[i] = dx = 0.9 * a[i] - eta[i] * gx; b[i] = dy = 0.9 * b[i] - eta[i] * gy)

ENDS(adam, mean_weight = 0.9 * mean_weight + (1 - 0.9); square_weight = 0.999 * square_weight + (1 - 0.999),
     a[i] = 0.9 * a[i] + (1 - 0.9) * gx; b[i] = 0.9 * b[i] + (1 - 0.9) * gy;
     c[i] = 0.999 * c[i] + (1 - 0.999) * gx * gx; d[i] = 0.999 * d[i] + (1 - 0.999) * gy * gy;
     dx = -eta[i] * (a[i] / mean_weight) / (sqrt(c[i] / square_weight) + 1e-8);
     dy = -eta[i] * (b[i] / mean_weight) / (sqrt(d[i] / square_weight) + 1e-8))
