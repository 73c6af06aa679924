// SPDX-License-Identifier: Apache-2.0
/* Known truth: how often does the interval from P10 to P90 of simulated tonnage hold what is there?
 *
 * Walker Lake (Isaaks and Srivastava 1989; exhaustive set of R's gstat), every fourth point along each axis: 65 x 75
 * nodes. Some of them drawn at random are the samples; their scores' variogram is fitted (nugget + spherical, weighted
 * least squares), the field simulated, the share of nodes above three cut-offs held against the truth. Seed fixed
 * beforehand.
 *
 *   Rscript -e 'library(gstat); data(walker); d <- as.data.frame(walker.exh)[, c("X", "Y", "V", "U")]
 *               write.csv(d, "walker.csv", row.names = FALSE)'
 *   deposit_truth walker.csv [column 1: V, 2: U] [draw 0: nothing, 1: histogram, 2: histogram and variogram]
 *                 [resamplings, 1000] [realisations, 400] [samples, 100] [method fft|sequential] [threads, 2]
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/random.h"
#include "deposit/simulation.h"
#include "numerics/statistics.h"

#define NX    65
#define NY    75
#define NODES (NX * NY)
#define STEP  4.0
#define CUTS  3
#define MOST  1000
#define SEED  20260201

typedef struct outcome {
  double low[CUTS], middle[CUTS], high[CUTS];
} outcome;

typedef struct study {
  kd_context *ctx;
  double truth[NODES], cut[CUTS], share[CUTS];
  size_t samples, realisations;
  int draw;
  kd_simulation_method method;
  outcome *out;
} study;

static void fail(const char *text) {
  fprintf(stderr, "%s\n", text);
  exit(1);
}

static void read_truth(study *s, const char *path, int column) {
  FILE *file = fopen(path, "r");
  char line[256];
  size_t found = 0;
  double sorted[NODES];
  if (file == NULL || fgets(line, sizeof line, file) == NULL) fail("no file");
  while (fgets(line, sizeof line, file) != NULL) {
    double x, y, value[2];
    if (sscanf(line, "%lf,%lf,%lf,%lf", &x, &y, &value[0], &value[1]) != 4) fail(line);
    const long i = (long)x - 2, j = (long)y - 2;
    if (i < 0 || j < 0 || i % 4 != 0 || j % 4 != 0 || i / 4 >= NX || j / 4 >= NY) continue;
    s->truth[j / 4 * NX + i / 4] = value[column == 2];
    found++;
  }
  fclose(file);
  if (found != NODES) fail("not the exhaustive set");
  memcpy(sorted, s->truth, sizeof sorted);
  static const double of_v[CUTS] = {100, 278, 500}, share_of_u[CUTS] = {0.7, 0.4, 0.2};
  for (int c = 0; c < CUTS; c++) {
    s->cut[c] = column == 2 ? kd_quantile(sorted, NODES, 1 - share_of_u[c]) : of_v[c];
    for (size_t k = 0; k < NODES; k++) s->share[c] += s->truth[k] >= s->cut[c] ? 1.0 / NODES : 0;
  }
}

/* Nugget and range by weighted least squares, N/h^2, over a grid of both. */
static void fit(kd_covariance *model, const double *x, const double *y, const double *score, size_t n, kd_error *err) {
  enum { LAGS = 14 };
  double gamma[LAGS] = {0}, distance[LAGS] = {0}, pairs[LAGS] = {0}, best = (double)INFINITY, nugget = 0, range = 0;
  char text[128];
  for (size_t i = 0; i < n; i++) {
    for (size_t j = 0; j < i; j++) {
      const double h = hypot(x[i] - x[j], y[i] - y[j]);
      const size_t l = (size_t)(h / 8);
      if (l >= LAGS) continue;
      gamma[l] += 0.5 * (score[i] - score[j]) * (score[i] - score[j]);
      distance[l] += h;
      pairs[l] += 1;
    }
  }
  for (double c = 0; c < 0.71; c += 0.05) {
    for (double a = 12; a < 140; a *= 1.08) {
      double sum = 0;
      for (size_t l = 0; l < LAGS; l++) {
        if (!(pairs[l] > 0)) continue;
        const double h = distance[l] / pairs[l], u = h / a;
        const double e = gamma[l] / pairs[l] - c - (1 - c) * (u < 1 ? u * (1.5 - 0.5 * u * u) : 1);
        sum += pairs[l] / (h * h) * e * e;
      }
      if (sum >= best) continue;
      best = sum;
      nugget = c;
      range = a;
    }
  }
  snprintf(text, sizeof text, "%.4f nugget + %.4f spherical(%.4f m)", nugget, 1 - nugget, range);
  if (kd_covariance_parse(model, text, err) != KD_OK) fail(err->text);
}

typedef struct tally {
  const study *s;
  double *share[CUTS];
} tally;

static kd_status count(size_t realisation, const double *const *value, size_t nodes, void *user, kd_error *err) {
  tally *t = user;
  (void)err;
  for (int c = 0; c < CUTS; c++) {
    size_t above = 0;
    for (size_t k = 0; k < nodes; k++) above += value[0][k] >= t->s->cut[c];
    t->share[c][realisation] = (double)above / (double)nodes;
  }
  return KD_OK;
}

static kd_status resample(size_t run, size_t worker, void *user, kd_error *err) {
  const study *s = user;
  double x[MOST], y[MOST], value[MOST], top = 0, *share = malloc(CUTS * s->realisations * sizeof *share);
  unsigned char *used = calloc(NODES, 1);
  tally t = {.s = s};
  kd_stream rng;
  kd_pool *pool;
  kd_simulation *sim;
  kd_covariance model = {0};
  (void)worker;
  if (share == NULL || used == NULL) fail("out of memory");
  kd_stream_start(&rng, SEED, kd_stream_id("walker.sample"), run);
  for (size_t i = 0; i < s->samples;) {
    const size_t k = (size_t)(kd_stream_uniform(&rng) * NODES);
    if (used[k]) continue;
    used[k] = 1;
    x[i] = (double)(k % NX) * STEP;
    y[i] = (double)(k / NX) * STEP;
    value[i] = s->truth[k];
    top = fmax(top, value[i++]);
  }
  const double *const values[1] = {value};
  const kd_simulation_tail tail = {KD_TAIL_LINEAR, KD_TAIL_LINEAR, 1, 1, 0, 1.25 * top};
  const kd_simulation_spec spec = {.grid = {{NX, NY, 1}, {0, 0, 0}, {STEP, STEP, 1}},
                                   .variables = 1,
                                   .count = s->samples,
                                   .x = x,
                                   .y = y,
                                   .value = values,
                                   .transform = KD_TRANSFORM_SCORES,
                                   .tail = &tail,
                                   .method = s->method,
                                   .search = {24, (double)NAN, 0, 1},
                                   .tolerance = 1e-6,
                                   .seed = SEED + run,
                                   .draw_histogram = s->draw >= 1,
                                   .draw_variogram = s->draw >= 2};
  if (kd_simulation_create(&sim, s->ctx, &spec, err) != KD_OK) return err->code;
  fit(&model, x, y, kd_simulation_factor(sim, 0), s->samples, err);
  for (int c = 0; c < CUTS; c++) t.share[c] = share + (size_t)c * s->realisations;
  if (kd_pool_create(&pool, s->ctx, 1, err) != KD_OK ||
      kd_simulation_run(sim, &model, 0, s->realisations, pool, count, &t, NULL, err) != KD_OK)
    return err->code;
  for (int c = 0; c < CUTS; c++) {
    s->out[run].low[c] = kd_quantile(t.share[c], s->realisations, 0.1);
    s->out[run].middle[c] = kd_quantile(t.share[c], s->realisations, 0.5);
    s->out[run].high[c] = kd_quantile(t.share[c], s->realisations, 0.9);
  }
  kd_pool_destroy(&pool);
  kd_simulation_destroy(&sim);
  free(share);
  free(used);
  return KD_OK;
}

static size_t number(int argc, char **argv, int k, size_t otherwise) {
  return argc > k ? (size_t)strtoul(argv[k], NULL, 10) : otherwise;
}

int main(int argc, char **argv) {
  static study s;
  static const char *const words[3] = {"nothing", "histogram", "histogram and variogram"};
  kd_pool *pool = NULL;
  kd_error err = {0};
  if (argc < 2) fail("deposit_truth FILE [COLUMN] [DRAW] [RESAMPLINGS] [REALISATIONS] [SAMPLES] [METHOD] [THREADS]");
  const size_t runs = number(argc, argv, 4, 1000);
  s.draw = (int)number(argc, argv, 3, 2);
  s.realisations = number(argc, argv, 5, 400);
  s.samples = number(argc, argv, 6, 100);
  s.method = argc > 7 && argv[7][0] == 's' ? KD_SIMULATE_SEQUENTIAL : KD_SIMULATE_FFT;
  if (s.draw > 2 || s.samples > MOST || s.samples < 3 || runs < 1) fail("draw 0 to 2, samples 3 to 1000");
  read_truth(&s, argv[1], (int)number(argc, argv, 2, 1));
  s.out = calloc(runs, sizeof *s.out);
  if (s.out == NULL || kd_context_create(&s.ctx, NULL) != KD_OK ||
      kd_pool_create(&pool, s.ctx, number(argc, argv, 8, 2), &err) != KD_OK)
    fail("out of memory");
  if (kd_pool_run(pool, runs, resample, &s, &err) != KD_OK) fail(err.text);
  for (int c = 0; c < CUTS; c++) {
    double inside = 0, below = 0, above = 0, width = 0, middle = 0;
    for (size_t r = 0; r < runs; r++) {
      below += s.out[r].low[c] > s.share[c];
      above += s.out[r].high[c] < s.share[c];
      inside += s.out[r].low[c] <= s.share[c] && s.share[c] <= s.out[r].high[c];
      width += s.out[r].high[c] - s.out[r].low[c];
      middle += s.out[r].middle[c];
    }
    const double n = (double)runs;
    printf("%zu samples, drawn: %s; above %.4g: truth %.4f, inside %.1f %% (below P10 %.1f, above P90 %.1f; standard "
           "error %.1f), mean width %.4f, mean P50 %.4f\n",
           s.samples, words[s.draw], s.cut[c], s.share[c], 100 * inside / n, 100 * below / n, 100 * above / n,
           100 * sqrt(inside / n * (1 - inside / n) / n), width / n, middle / n);
  }
  kd_pool_destroy(&pool);
  kd_context_destroy(&s.ctx);
  free(s.out);
  return 0;
}
