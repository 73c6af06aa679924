// SPDX-License-Identifier: Apache-2.0
/* CPU times of solvent extraction against the bars of its issue, and a convergence count over random cuts, cascades,
 * circuits and trains. Best of several. Run from the root of the source:
 *   cc -std=c17 -O2 -D_POSIX_C_SOURCE=200809L -Isrc -Iinclude bench/process_extraction.c build/release/libkaidei.a ...
 *   ./a.out [random cases, default 10000] */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "process/cascade.h"
#include "process/extraction.h"
#include "process/least_design.h"
#include "process/train_design.h"
#include "process/uky.h"

typedef struct bench {
  kd_context *ctx;
  kd_arena *scratch;
  kd_error err;
  kd_work work;
  unsigned long long seed;
} bench;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double chance(bench *b) {
  b->seed ^= b->seed << 13;
  b->seed ^= b->seed >> 7;
  b->seed ^= b->seed << 17;
  return (double)(b->seed >> 11) / 9007199254740992.0;
}

static const double mud[KD_REY] = {0.14755, 0.04576, 0.04283, 0.18880, 0.04188, 0.01028, 0.04939, 0.00793,
                                   0.04792, 0.01033, 0.34924, 0.02816, 0.00371, 0.02280, 0.00342};
static const double factors[KD_REY - 1] = {6.83, 2.03, 1.55,  10.6,  2.34, 1.46, 5.80,
                                           2.82, 2.00, 1.652, 1.652, 3.34, 3.56, 1.78};
static const int chain[KD_REY] = {KD_LA, KD_CE, KD_PR, KD_ND, KD_SM, KD_EU, KD_GD, KD_TB,
                                  KD_DY, KD_HO, KD_Y,  KD_ER, KD_TM, KD_YB, KD_LU};
static const double p204[KD_REY] = {-1.97, -1.56, -1.20, -0.81, 0.01, 0.41, 0.81, 1.21,
                                    1.59,  2.00,  2.19,  2.40,  2.80, 3.20, 3.60};

/* Mass action, saponified, a cut between Nd and Sm. */
static kd_extraction mass_action(size_t stages, double *ln_k, double *feed) {
  for (int i = 0; i < KD_REY; i++) {
    ln_k[i] = log(10) * (p204[i] - 3 * log10(0.5));
    feed[i] = 100 * mud[i];
  }
  kd_extraction c = {.isotherm = {.level = KD_ISOTHERM_MASS,
                                  .components = KD_REY,
                                  .ln_k = ln_k,
                                  .proton_order = 3,
                                  .extractant_order = 3},
                     .extraction = stages / 2,
                     .scrub = stages - stages / 2,
                     .organic_flow = 3,
                     .extractant = 500,
                     .base = 120,
                     .ion_log_k = -4.5,
                     .feed_flow = 1,
                     .feed_acid = 10,
                     .feed = feed,
                     .scrub_flow = 0.5,
                     .scrub_acid = 300,
                     .efficiency = 1,
                     .strip_efficiency = 1,
                     .ph = (double)NAN};
  return c;
}

static void cascades(bench *b) {
  static const size_t sizes[] = {60, 100, 200, 400};
  for (size_t i = 0; i < 4; i++) {
    double ln_k[KD_REY], feed[KD_REY], cold = 1e9, warm = 1e9;
    kd_extraction c = mass_action(sizes[i], ln_k, feed);
    kd_extraction_result r;
    size_t newtons = 0;
    for (int run = 0; run < 7; run++) {
      kd_arena_reset(b->scratch);
      double t = now();
      if (kd_extraction_solve(&r, &c, false, &b->work) != KD_OK) printf("failed: %s\n", b->err.text);
      cold = fmin(cold, now() - t);
      newtons = r.profile.newtons;
      feed[3] *= 1.01;
      t = now();
      if (kd_extraction_solve(&r, &c, true, &b->work) != KD_OK) printf("failed: %s\n", b->err.text);
      warm = fmin(warm, now() - t);
      feed[3] /= 1.01;
    }
    printf("%3zu stages x 15 REY, mass action: cold %.2f ms (%zu Newton), warm %.3f ms, stage %.1e, closure %.1e\n",
           sizes[i], cold, newtons, warm, r.profile.residual, r.closure);
  }
  double ln_k[KD_REY], feed[KD_REY];
  kd_extraction c = mass_action(60, ln_k, feed);
  kd_extraction_result r;
  kd_arena_reset(b->scratch);
  kd_extraction_solve(&r, &c, false, &b->work);
  double t = now(), best = 0;
  for (int i = 0; i < 1000; i++) { /* organic flow and base, by the way an optimiser comes near */
    c.organic_flow = 3 * (1 + 0.1 * sin(i * 0.7) / (1 + i * 0.02));
    c.base = 120 * (1 + 0.1 * cos(i * 0.9) / (1 + i * 0.02));
    if (i % 100 == 0) kd_arena_reset(b->scratch), kd_extraction_solve(&r, &c, false, &b->work);
    if (kd_extraction_solve(&r, &c, true, &b->work) == KD_OK) best = fmax(best, r.metal[4].product);
  }
  printf("optimising one cut, 1,000 rigorous evaluations of 60 stages x 15 REY: %.0f ms (best %.4g)\n", now() - t,
         best);
}

static kd_design_input whole_series(double purity) {
  kd_design_input in = {.count = KD_REY,
                        .sets = 1,
                        .purity = purity,
                        .slip = 0.005,
                        .reflux_low = 1.005,
                        .reflux_high = 5,
                        .efficiency = 1,
                        .feed_strength = 1000,
                        .stage_time = 1200,
                        .price_base = 1,
                        .price_acid = 0.3,
                        .price_stage = 15 / 3600.0};
  in.set[0].loading = 170;
  in.set[0].extractant = 1500;
  for (int i = 0; i < KD_REY; i++) in.order[i] = chain[i], in.moles[chain[i]] = mud[i];
  for (int i = 0; i + 1 < KD_REY; i++) in.set[0].beta[i] = factors[i];
  return in;
}

static void trains(bench *b) {
  for (int i = 0; i < 2; i++) {
    kd_design_input in = whole_series(i == 0 ? 0.9999 : 0.99999);
    kd_design d;
    kd_separation_solution s;
    double design = 1e9, solve = 1e9;
    for (int run = 0; run < 5; run++) {
      double t = now();
      if (kd_design_train(&d, &in, &b->err) != KD_OK) printf("failed: %s\n", b->err.text);
      design = fmin(design, now() - t);
      kd_arena_reset(b->scratch);
      t = now();
      if (kd_separation_solve(&s, &d, &in, false, &b->work) != KD_OK) printf("failed: %s\n", b->err.text);
      solve = fmin(solve, now() - t);
    }
    printf("whole separation %sN: design %.1f ms; 14 cuts, %zu stages solved in %.1f ms, closure %.1e\n", i ? "5" : "4",
           design, s.stages, solve, s.closure);
  }
}

static void plant(void) {
  kd_error err = {0};
  kd_work work = {.err = &err};
  kd_uky_result r;
  double best = 1e9;
  for (int run = 0; run < 9; run++) {
    double t = now();
    if (kd_uky_solve(&r, &kd_uky_published, &work) != KD_OK) printf("failed: %s\n", err.text);
    best = fmin(best, now() - t);
  }
  printf("UKy plant: %.2f ms from a cold start, recovery %.3f %%, purity %.3f %%, worst defect %.1e\n", best,
         100 * r.recovery, 100 * r.purity, r.residual);
}

/* Random cuts by the closed form and the cascade, random cascades of many elements, random circuits, random trains. */
static void convergence(bench *b, int count) {
  int solved = 0, refused = 0, failed = 0;
  double longest = 0, start = now();
  for (int i = 0; i < count; i++) {
    kd_arena_reset(b->scratch);
    double t = now();
    kd_status status = KD_OK;
    if (i % 4 == 0) {
      kd_cut_goal goal = {.f_a = 0.02 + 0.96 * chance(b), .beta = 1.1 + 9 * chance(b) * chance(b)};
      goal.beta_scrub = goal.beta;
      goal.purity_a = 1 - (1 - goal.f_a) * pow(10, -0.5 - 4 * chance(b));
      goal.purity_b = 1 - goal.f_a * pow(10, -0.5 - 4 * chance(b));
      double least;
      kd_least_design d;
      status = kd_least_reflux(&least, &goal, &b->err);
      if (status == KD_OK) status = kd_least_design_find(&d, &goal, least * (0.7 + chance(b)), &b->work);
    } else if (i % 4 == 1) {
      double beta[15], feed[15], level = 1, s = exp(log(0.3) + log(40) * chance(b)), product = 0.02 + 0.96 * chance(b);
      size_t k = 2 + (size_t)(13.99 * chance(b));
      for (size_t e = 0; e < k; e++) {
        beta[e] = level *= 1.1 + 5 * chance(b) * chance(b);
        feed[e] = pow(10, -3 * chance(b));
      }
      kd_cascade c = {.components = k,
                      .beta = beta,
                      .feed = feed,
                      .extraction = 1 + (size_t)(120 * chance(b) * chance(b)),
                      .scrub = 1 + (size_t)(120 * chance(b) * chance(b)),
                      .s = s,
                      .w = s - product};
      kd_cascade_profile p;
      status = kd_cascade_solve_fast(&p, &c, &b->work);
      if (status == KD_E_RANGE) status = KD_E_INFEASIBLE;
    } else if (i % 4 == 2) {
      double ln_k[15], feed[15], level = 0;
      size_t k = 2 + (size_t)(13.99 * chance(b));
      for (size_t e = 0; e < k; e++) {
        ln_k[e] = level += log(1.1 + 5 * chance(b) * chance(b));
        feed[e] = 100 * pow(10, -3 * chance(b));
      }
      double shift = ln_k[(size_t)(chance(b) * (double)k)], s = exp(log(0.3) + log(30) * chance(b));
      for (size_t e = 0; e < k; e++) ln_k[e] -= shift;
      kd_extraction c = mass_action(60, (double[KD_REY]){0}, (double[KD_REY]){0});
      c.isotherm.components = k, c.isotherm.ln_k = ln_k, c.feed = feed;
      c.extraction = 2 + (size_t)(120 * chance(b) * chance(b)), c.scrub = 2 + (size_t)(120 * chance(b) * chance(b));
      c.organic_flow = s, c.base = 450 * chance(b), c.scrub_flow = 0.1 + chance(b), c.scrub_acid = 1000 * chance(b);
      c.strip = i % 8 == 2 ? 3 : 0, c.strip_flow = 0.2 * s, c.strip_acid = 4000, c.reflux = i % 12 == 2 ? 0.5 : 0;
      c.efficiency = i % 16 == 2 ? 0.8 : 1, c.aqueous_in_organic = i % 20 == 2 ? 1e-3 : 0;
      kd_extraction_result r;
      status = kd_extraction_solve(&r, &c, false, &b->work);
      if (status == KD_OK && !(r.closure < 1e-9)) status = KD_E_CONVERGENCE;
    } else {
      kd_design_input in = whole_series(1 - pow(10, -2 - 3 * chance(b)));
      in.count = 2 + (size_t)(5 * chance(b));
      for (size_t e = 0; e < in.count; e++) {
        in.moles[chain[e]] = pow(10, -3 * chance(b));
        in.set[0].beta[e] = chance(b) < 0.03 ? 1 : 1.15 + 5 * chance(b) * chance(b);
      }
      in.reflux_low = 1.0001 + chance(b), in.reflux_high = in.reflux_low + 1e-6;
      kd_design d;
      kd_separation_solution s;
      status = kd_design_train(&d, &in, &b->err);
      if (status == KD_OK) status = kd_separation_solve(&s, &d, &in, false, &b->work);
      if (status == KD_OK && !(s.closure < 1e-9)) status = KD_E_CONVERGENCE;
    }
    longest = fmax(longest, now() - t);
    if (status == KD_OK)
      solved++;
    else if (status == KD_E_INFEASIBLE)
      refused++;
    else if (failed++ < 8)
      printf("  case %d (%d): %s\n", i, i % 4, b->err.text);
  }
  printf("%d random cuts, cascades, circuits and trains: %d solved, %d reported infeasible, %d not solved; %.1f s, "
         "longest "
         "%.0f ms\n",
         count, solved, refused, failed, (now() - start) / 1e3, longest);
}

int main(int argc, char **argv) {
  bench b;
  memset(&b, 0, sizeof b);
  b.seed = 88172645463325252ull;
  if (kd_context_create(&b.ctx, NULL) != KD_OK || kd_arena_create(&b.scratch, b.ctx) != KD_OK) return 1;
  b.work = (kd_work){.ctx = b.ctx, .scratch = b.scratch, .err = &b.err};
  cascades(&b);
  trains(&b);
  plant();
  convergence(&b, argc > 1 ? atoi(argv[1]) : 10000);
  kd_arena_destroy(&b.scratch);
  kd_context_destroy(&b.ctx);
  return 0;
}
