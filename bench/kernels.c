// SPDX-License-Identifier: Apache-2.0
/* Model equations one by one, as `kaidei eval` calls them, beside a floor: the time that the arithmetic which the
 * equation cannot do without takes on this machine (multiplications with additions, pow, log), measured in the same
 * run. A ratio near 1 means that nothing is wasted; iterations beyond the floor's count and checks of the range make it
 * larger. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/quantity.h"
#include "programme/registry.h"

/* What one evaluation must at least do. */
typedef struct kd_floor {
  int steps, powers, logs;
} kd_floor;

typedef struct kd_bench {
  const char *kernel;
  const char *given; /* "name=text;name=text": the rest by default, "swept" goes from low to high in its display unit */
  const char *swept;
  double low, high;
  kd_floor floor;
  const char *why; /* of the floor */
} kd_bench;

static const kd_bench benches[] = {
    {"lift.seawater.density",
     "absolute_salinity=35 g/kg;conservative_temperature=2 degC",
     "pressure",
     0,
     6000,
     {75, 0, 0},
     "75 terms of the equation of state"},
    {"lift.herschel_bulkley.velocity",
     "bore=0.25 m;wall_stress=20 Pa;yield=3 Pa;consistency=0.05 Pa.s;index=0.6",
     "wall_stress",
     4,
     40,
     {10, 1, 0},
     "one power"},
    {"lift.herschel_bulkley.wall_stress",
     "bore=0.25 m;yield=3 Pa;consistency=0.05 Pa.s;index=0.6",
     "velocity",
     0.2,
     2.5,
     {60, 5, 0},
     "five steps of Newton, one power each"},
    {"lift.wilson_thomas.wall_stress",
     "bore=0.25 m;density=1130 kg/m3;yield=1 Pa;consistency=0.02 Pa.s;index=0.7",
     "velocity",
     2,
     5,
     {60, 5, 10},
     "five steps, one power and two logarithms each"},
    {"process.xu.optimum",
     "feed_a=0.5;purity_a=0.9999;purity_b=0.9999",
     "beta",
     1.3,
     6,
     {20, 0, 4},
     "both reflux ends, two logarithms each"},
    {"process.xu.exact",
     "feed_a=0.5;purity_a=0.9999;purity_b=0.9999;s=4",
     "beta",
     1.5,
     6,
     {20, 0, 4},
     "four logarithms; stage by stage it is the number of stages"},
    {"plume.settling.grain", "law=ferguson_church", "size", 2, 200, {10, 0, 0}, "one root"},
    {"plume.deposit.gaussian_area",
     "mass=100 t;dry_density=336 kg/m3;sigma_x=300 m;threshold=0.1 mm",
     "sigma_y",
     50,
     900,
     {8, 0, 1},
     "one logarithm"},
    {"campaign.sea.workability", "wave_limit=3 m", "mean", 1, 3.5, {10, 2, 0}, "one power, one exponential"},
    {"economy.npv", "rate=5 %", "flow_0", -500, -100, {41, 0, 0}, "41 flows"},
    {"economy.irr",
     "flow_1=30 USD;flow_2=40 USD;flow_3=50 USD;flow_4=60 USD;flow_5=20 USD",
     "flow_0",
     -150,
     -50,
     {60, 0, 0},
     "five steps of Newton over six flows"},
};

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* Nanoseconds of one multiplication with addition, one pow, one log. */
static void measure(double *step, double *power, double *logarithm) {
  enum { N = 2000000 };
  volatile double sink = 0;
  const double x = 0.3;
  double sum = 0, start = now();
  double chain[8] = {x, x, x, x, x, x, x, x};
  for (int i = 0; i < 5 * N; i++) {
    for (int k = 0; k < 8; k++) chain[k] = chain[k] * 0.9999999 + 1e-7;
  }
  for (int k = 0; k < 8; k++) sink = sink + chain[k];
  *step = (now() - start) / (40.0 * N);
  start = now();
  for (int i = 0; i < N; i++) sum += pow(1.5 + 1e-7 * i, 0.61);
  *power = (now() - start) / N;
  start = now();
  for (int i = 0; i < N; i++) sum += log(1.5 + 1e-7 * i);
  *logarithm = (now() - start) / N;
  sink = sum;
  (void)sink;
}

/* Text given for an input, or its default; false when there is neither. */
static bool text_of(char *out, size_t capacity, const kd_field *field, const char *given) {
  const size_t length = strlen(field->name);
  for (const char *at = given; at != NULL && *at != '\0'; at = strchr(at, ';') != NULL ? strchr(at, ';') + 1 : NULL) {
    if (strncmp(at, field->name, length) != 0 || at[length] != '=') continue;
    snprintf(out, capacity, "%.*s", (int)strcspn(at + length + 1, ";"), at + length + 1);
    return true;
  }
  if (field->initial == NULL) return false;
  snprintf(out, capacity, "%s", field->initial);
  return true;
}

static double choice_of(const char *choices, const char *text) {
  double index = 0;
  for (const char *at = choices; at != NULL; at = strchr(at, '|') != NULL ? strchr(at, '|') + 1 : NULL, index++) {
    if (strncmp(at, text, strlen(text)) == 0 && strchr("|", at[strlen(text)]) != NULL) return index;
  }
  return 0;
}

/* Inputs of a bench in SI, vectors flattened. Returns how many, or 0 when one is not told. */
static size_t fill(double *in, size_t capacity, const kd_kernel *kernel, const kd_bench *bench, size_t *swept) {
  size_t count = 0;
  *swept = SIZE_MAX;
  for (size_t i = 0; i < kernel->input_count; i++) {
    const kd_field *field = &kernel->inputs[i];
    char text[128];
    double value = (double)NAN;
    const bool moves = bench->swept != NULL && strcmp(field->name, bench->swept) == 0;
    if (moves) *swept = count;
    if (text_of(text, sizeof text, field, bench->given)) {
      if (field->choices != NULL)
        value = choice_of(field->choices, text);
      else if (strcmp(text, "none") != 0 && kd_quantity_in(&value, text, field->unit, NULL, NULL) != KD_OK)
        return 0;
    } else if (!moves)
      return 0;
    const size_t labels = field->labels != NULL ? field->labels->count : 1;
    for (size_t k = 0; k < labels && count < capacity; k++) in[count++] = value;
  }
  return count;
}

int main(void) {
  kd_context *ctx = NULL;
  kd_arena *scratch = NULL;
  kd_error err = {KD_OK, ""};
  double step, power, logarithm;
  if (kd_context_create(&ctx, NULL) != KD_OK || kd_arena_create(&scratch, ctx) != KD_OK) return 1;
  kd_work work = {.ctx = ctx, .scratch = scratch, .err = &err};
  measure(&step, &power, &logarithm);
  printf("| kernel | ns | floor, ns | ratio | the floor |\n|---|---|---|---|---|\n");
  for (size_t b = 0; b < sizeof benches / sizeof benches[0]; b++) {
    const kd_bench *bench = &benches[b];
    const kd_kernel *kernel = kd_kernel_find(bench->kernel, &err);
    double in[64], out[256];
    size_t swept;
    if (kernel == NULL || kernel->eval == NULL || fill(in, 64, kernel, bench, &swept) == 0) {
      fprintf(stderr, "%s: %s\n", bench->kernel, kernel == NULL ? err.text : "an input is not told");
      continue;
    }
    kd_unit of = {.numerator = 1, .denominator = 1, .scale = 1};
    for (size_t i = 0; i < kernel->input_count && bench->swept != NULL; i++)
      if (strcmp(kernel->inputs[i].name, bench->swept) == 0) kd_unit_parse(&of, kernel->inputs[i].unit, NULL, NULL);
    double sum = 0, spent = 0;
    size_t done = 0;
    while (spent < 2e8) {
      const double start = now();
      for (int i = 0; i < 1000; i++, done++) {
        if (swept != SIZE_MAX) in[swept] = kd_unit_si(&of, bench->low + (bench->high - bench->low) * (i + 0.5) / 1000);
        kd_arena_reset(scratch);
        if (kernel->eval(out, in, &work) != KD_OK) {
          fprintf(stderr, "%s: %s\n", bench->kernel, err.text);
          spent = 1e18;
          break;
        }
        sum += out[0];
      }
      spent += now() - start;
    }
    if (spent > 1e17) continue;
    const double ns = spent / (double)done,
                 floor_ns = bench->floor.steps * step + bench->floor.powers * power + bench->floor.logs * logarithm;
    printf("| `%s` | %.0f | %.0f | %.1f | %s |\n", bench->kernel, ns, floor_ns, ns / floor_ns, bench->why);
    if (!isfinite(sum)) fprintf(stderr, "%s: not finite\n", bench->kernel);
  }
  printf("\nFloor: %.2f ns a multiplication with addition (eight chains side by side), %.1f ns a power, %.1f ns a "
         "logarithm.\n",
         step, power, logarithm);
  kd_arena_destroy(&scratch);
  kd_context_destroy(&ctx);
  return 0;
}
