// SPDX-License-Identifier: Apache-2.0
/* Kriging of one variable at one place after another: simple, ordinary, universal, external drift, point and block. */
#ifndef KD_DEPOSIT_KRIGING_H
#define KD_DEPOSIT_KRIGING_H

#include "deposit/covariance.h"
#include "deposit/neighbours.h"
#include "numerics/cholesky.h"

#define KD_KRIGING_FUNCTIONS 16  /* trend functions at most, the constant among them */
#define KD_KRIGING_DRIFTS    5   /* external drifts at most */
#define KD_BLOCK_POINTS      512 /* points of a block at most */

typedef struct kd_kriging_rule {
  bool simple; /* the mean is known */
  double mean;
  int trend;          /* degree of the trend in the coordinates: 0, 1, 2 */
  size_t drifts;      /* external drift columns */
  double block[3];    /* size of the block [m]; 0: none in that direction */
  int block_points;   /* regular points in each direction; 0: four Gauss points in each (gstat's default) */
  bool filter_nugget; /* the nugget counts as an error of measurement: estimates are smooth at the samples */
} kd_kriging_rule;

typedef enum kd_kriged_note {
  KD_KRIGED,
  KD_KRIGED_NONE,     /* no sample in reach */
  KD_KRIGED_FEW,      /* fewer than the minimum */
  KD_KRIGED_SINGULAR, /* the covariance matrix of the samples is singular */
  KD_KRIGED_TREND,    /* the trend cannot be told apart: too few or collinear samples */
  KD_KRIGED_DRIFT     /* a drift value is missing at the target */
} kd_kriged_note;

typedef struct kd_kriged {
  double estimate, variance; /* NaN unless note is KD_KRIGED */
  double slope;              /* of the regression of true on estimated, Cov(Z, Z*)/Var(Z*) */
  double efficiency;         /* kriging efficiency, 1 - variance/block variance */
  double negative;           /* sum of the negative weights */
  double mean_weight;        /* simple kriging: 1 - sum of weights */
  size_t samples;
  kd_kriged_note note;
} kd_kriged;

typedef struct kd_kriging {
  kd_points points;
  const double *value;
  const double *drift[KD_KRIGING_DRIFTS]; /* by sample */
  const kd_covariance *model;
  kd_kriging_rule rule;
  const kd_search *search;
  size_t functions;        /* trend functions: 0 for simple kriging */
  double centre[3], scale; /* of the coordinates in the trend */
  const double *pairs;     /* [count][count] covariances of the samples, lower triangle; NULL: found when wanted */
  double bound;            /* C(0): the sill, or a level above all semivariances in reach */
  double error;            /* the filtered part of the nugget */
  double block_covariance; /* C(B, B), or C(0) less the error for a point */
  double block_shift;      /* added to the covariances with a block: see kriging.c */
  size_t block_count;
  double block_at[3][KD_BLOCK_POINTS], block_weight[KD_BLOCK_POINTS];
} kd_kriging;

/* Work space of one thread; remembers the last set of samples and its factor. */
typedef struct kd_kriging_space {
  kd_search_space near;
  size_t capacity; /* samples */
  size_t count;    /* of the factored set, 0: none */
  kd_kriged_note factored;
  uint32_t *set;
  double *factor;                                             /* lower triangle by rows, row i at i * capacity */
  double *x, *z, *c, *w;                                      /* L^-1 X by function, L^-1 z, c0 and L^-1 c0, weights */
  double normal[KD_KRIGING_FUNCTIONS * KD_KRIGING_FUNCTIONS]; /* Cholesky factor of X' C^-1 X */
  double beta[KD_KRIGING_FUNCTIONS];                          /* L_n^-1 X' C^-1 z */
} kd_kriging_space;

/* drift: rule->drifts columns by sample. Everything given stays the caller's and must live on.
 * Errors: KD_E_RANGE, KD_E_MISSING, KD_E_DUPLICATE (rows named from 1), KD_E_CONTRADICTION. */
kd_status kd_kriging_create(kd_kriging *out, const kd_points *points, const double *value, const double *const *drift,
                            const kd_covariance *model, const kd_kriging_rule *rule, const kd_search *search,
                            kd_arena *arena, kd_error *err);
kd_status kd_kriging_space_create(kd_kriging_space *out, kd_arena *arena, const kd_kriging *self, kd_error *err);

/* Estimates at one place. drift: values at the place or NULL; skip: samples left out or NULL. */
void kd_kriging_at(const kd_kriging *self, kd_kriging_space *space, kd_kriged *out, const double at[3],
                   const double *drift, const kd_search_skip *skip);

/* The same from samples that were found before: n rows, at most the capacity of the space. The factor of a set is kept
 * while the next one is the same in the same order. */
void kd_kriging_from(const kd_kriging *self, kd_kriging_space *space, kd_kriged *out, const uint32_t *set, size_t n,
                     const double at[3], const double *drift);

/* Covariances of all pairs of samples beforehand: quicker for many places and few samples. KD_E_NOMEM. */
kd_status kd_kriging_tabulate(kd_kriging *self, kd_arena *arena, kd_error *err);

/* Why there is no estimate, for people: "no sample in reach"; "" when there is one. */
const char *kd_kriged_note_text(kd_kriged_note note);

/* Points and weights of a block about the origin; returns how many. KD_E_RANGE when they are too many. */
kd_status kd_block_points(double at[3][KD_BLOCK_POINTS], double *weight, size_t *count, const double size[3],
                          int points, kd_error *err);

#endif
