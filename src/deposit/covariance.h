// SPDX-License-Identifier: Apache-2.0
/* Models of the variogram: nested structures, each with its own anisotropy in three dimensions. */
#ifndef KD_DEPOSIT_COVARIANCE_H
#define KD_DEPOSIT_COVARIANCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/table.h"

#define KD_STRUCTURES_MAX 8

/* Order of kd_structure_words. */
typedef enum kd_structure_kind {
  KD_NUGGET,
  KD_MEASUREMENT_ERROR, /* as a nugget, but filtered: the estimate is that of the value without the error */
  KD_SPHERICAL,
  KD_EXPONENTIAL,
  KD_GAUSSIAN,
  KD_MATERN,
  KD_STEIN,
  KD_CUBIC,
  KD_PENTASPHERICAL,
  KD_CIRCULAR,
  KD_STABLE, /* exponential class */
  KD_BESSEL,
  KD_CAUCHY,
  KD_HOLE,
  KD_WAVE,
  KD_COSINE,
  KD_PERIODIC,
  KD_LINEAR_SILL,
  KD_LINEAR, /* from here on without a sill: no covariance, only increments */
  KD_POWER,
  KD_LOGARITHMIC,
  KD_SPLINE,
  KD_STRUCTURE_KINDS
} kd_structure_kind;

typedef struct kd_structure {
  kd_structure_kind kind;
  double sill;        /* partial sill, or the slope of a structure without sill */
  double range;       /* range parameter along the major axis [m]; scale of a power or linear structure */
  double semi, minor; /* range along the semi-major (across, horizontal when nothing is tilted) and minor axis [m] */
  double azimuth;     /* of the major axis, clockwise from +y (north) [rad] */
  double dip;         /* of the major axis, positive upward as GSLIB's and gstat's second angle [rad] */
  double rake;        /* rotation about the major axis, GSLIB's and gstat's third angle [rad] */
  double shape;       /* smoothness of Matern and Stein, exponent of power, stable, Cauchy */
  bool isotropic;
  double map[9]; /* rows: (dx, dy, dz) to the lag over the range along each axis */
} kd_structure;

typedef struct kd_covariance {
  size_t count;
  kd_structure structure[KD_STRUCTURES_MAX];
  double sill;     /* sum of all partial sills: the variance; infinite without sill */
  double nugget;   /* part of it without any distance, measurement error among it */
  double error;    /* measurement error alone */
  bool has_sill;   /* every structure has one */
  bool horizontal; /* no structure needs dz: a model for two dimensions */
} kd_covariance;

extern const char *const kd_structure_words[KD_STRUCTURE_KINDS]; /* "nugget", "measurement_error", "spherical", ... */
extern const char *const kd_structure_gstat[KD_STRUCTURE_KINDS]; /* "Nug", "Err", "Sph", ...; "" not known there */

/* The kind of a word; gstat's three letters do as well. KD_E_CHOICE with a suggestion. */
kd_status kd_structure_kind_find(kd_structure_kind *out, const char *word, kd_error *err);

/* Nugget or measurement error: a structure without a range. */
bool kd_structure_is_flat(const kd_structure *self);

/* Semivariance over the sill at the scaled lag u = lag over range; 0 at u = 0. */
double kd_structure_unit(kd_structure_kind kind, double u, double shape);
/* Where kd_structure_unit is 0.95 the first time (exactly 3 for exponential and sqrt 3 for Gaussian, by convention; 1
 * for a structure with a true range; NaN without sill): practical range = range parameter times this. */
double kd_structure_practical(kd_structure_kind kind, double shape);

/* Appends a structure and checks it. range, semi, minor in metres; semi and minor NaN: as range. KD_E_RANGE. */
kd_status kd_covariance_add(kd_covariance *self, const kd_structure *structure, kd_error *err);

/* "0.05 nugget + 0.59 spherical(897 m)": terms `sill word(range, name value, ...)` joined by '+'. Names: semi, minor,
 * azimuth, dip, rake, smoothness or exponent (second bare number too), scale; the word `practical` after the range says
 * that it is the practical one. gstat's three letters do as words. Bare lengths are metres, bare angles degrees. */
kd_status kd_covariance_parse(kd_covariance *out, const char *text, kd_error *err);

/* A table of structures with the columns below; `practical` yes or no. */
#define KD_STRUCTURE_COLUMNS                                                                                           \
  "structure, sill [1], range [m]?, semi [m]?, minor [m]?, azimuth [deg]?, dip [deg]?, rake [deg]?, shape [1]?, "      \
  "practical?"
kd_status kd_covariance_read(kd_covariance *out, const kd_table *table, kd_error *err);

/* The model as text that kd_covariance_parse reads. */
void kd_covariance_text(char *out, size_t capacity, const kd_covariance *self);

/* Semivariance of one structure over its sill, at a lag that is not 0. */
double kd_structure_at(const kd_structure *self, double dx, double dy, double dz);
double kd_semivariance(const kd_covariance *self, double dx, double dy, double dz);
/* sill - semivariance. Without a sill use kd_covariance_bound and increments. */
double kd_covariance_at(const kd_covariance *self, double dx, double dy, double dz);
/* A level A so that A - semivariance is a covariance for points within `extent` of each other; the sill when there is
 * one. */
double kd_covariance_bound(const kd_covariance *self, double extent);

/* Axes of an anisotropy after GSLIB: unit vectors of the major, semi-major and minor axis, rows. */
void kd_rotation(double axes[9], double azimuth, double dip, double rake);

#endif
