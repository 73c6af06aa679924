// SPDX-License-Identifier: Apache-2.0
#include "results/projection.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "deposit/transverse_mercator.h"

#ifdef KD_HAVE_PROJ
#include <proj.h>
#endif

#define KD_DEGREE (3.14159265358979323846 / 180.0)

struct kd_projection {
  kd_context *ctx;
  char crs[256];
  kd_mercator utm; /* scale 0: PROJ's */
#ifdef KD_HAVE_PROJ
  PJ_CONTEXT *context;
  PJ *transform;
#endif
};

const char *kd_projection_version(void) {
#ifdef KD_HAVE_PROJ
  return proj_info().version;
#else
  return "none";
#endif
}

#ifdef KD_HAVE_PROJ
static void silent(void *user, int level, const char *message) {
  (void)user;
  (void)level;
  (void)message;
}

static kd_status open_proj(kd_projection *self, const char *crs, kd_error *err) {
  kd_status status = KD_OK;
  PJ *target = NULL, *geographic = NULL, *plain = NULL;
  self->context = proj_context_create();
  KD_CHECK(self->context != NULL, err, KD_E_NOMEM, "no memory for the projection");
  proj_log_func(self->context, NULL, silent);
  proj_context_set_enable_network(self->context, 0);
  if (strncmp(crs, "+proj=", 6) == 0 && strstr(crs, "+type=crs") == NULL) {
    char typed[300];
    snprintf(typed, sizeof typed, "%.280s +type=crs", crs);
    target = proj_create(self->context, typed);
  } else {
    target = proj_create(self->context, crs);
  }
  KD_CHECK(target != NULL, err, KD_E_CHOICE, "'%.200s' is no coordinate system: %s", crs,
           proj_context_errno_string(self->context, proj_context_errno(self->context)));
  KD_CHECK(proj_get_type(target) == PJ_TYPE_PROJECTED_CRS, err, KD_E_CHOICE,
           "'%.200s' is not a projected system: its coordinates would not be metres", crs);
  geographic = proj_create(self->context, "EPSG:4326");
  KD_CHECK(geographic != NULL, err, KD_E_NOTFOUND, "PROJ finds no data base of coordinate systems");
  plain = proj_create_crs_to_crs_from_pj(self->context, geographic, target, NULL, NULL);
  KD_CHECK(plain != NULL, err, KD_E_CHOICE, "no way from WGS 84 to '%.200s'", crs);
  self->transform = proj_normalize_for_visualization(self->context, plain);
  KD_CHECK(self->transform != NULL, err, KD_E_CHOICE, "no way from WGS 84 to '%.200s'", crs);
out:
  proj_destroy(plain);
  proj_destroy(geographic);
  proj_destroy(target);
  return status;
}
#endif

/* "EPSG:32601" .. "EPSG:32660" north, "EPSG:32701" .. south: own formulas, so that any build has them. */
static bool read_utm(kd_mercator *out, const char *crs) {
  int zone = 0;
  char more;
  if (sscanf(crs, "EPSG:%d%c", &zone, &more) != 1) return false;
  const int south = zone > 32700;
  zone -= south ? 32700 : 32600;
  if (zone < 1 || zone > 60) return false;
  *out = kd_mercator_utm(zone, south);
  return true;
}

kd_status kd_projection_create(kd_projection **out, kd_context *ctx, const char *crs, kd_error *err) {
  kd_status status = KD_OK;
  kd_projection *self = kd_alloc(ctx, 1, sizeof *self);
  *out = NULL;
  KD_CHECK(self != NULL, err, KD_E_NOMEM, "no memory for the projection");
  self->ctx = ctx;
  snprintf(self->crs, sizeof self->crs, "%.250s", crs);
  if (!read_utm(&self->utm, crs)) {
#ifdef KD_HAVE_PROJ
    KD_TRY(open_proj(self, crs, err));
#else
    KD_CHECK(false, err, KD_E_MODEL, "'%.200s': this build is without PROJ: EPSG:326xx and EPSG:327xx (UTM) are there",
             crs);
#endif
  }
  *out = self;
  self = NULL;
out:
  kd_projection_destroy(&self);
  return status;
}

void kd_projection_destroy(kd_projection **self) {
  if (self == NULL || *self == NULL) return;
#ifdef KD_HAVE_PROJ
  proj_destroy((*self)->transform);
  proj_context_destroy((*self)->context);
#endif
  kd_free((*self)->ctx, *self);
  *self = NULL;
}

const struct kd_mercator *kd_projection_mercator(const kd_projection *self) {
  return self->utm.scale > 0.0 ? &self->utm : NULL;
}

kd_status kd_projection_forward(double *east, double *north, double lon, double lat, void *user, kd_error *err) {
  kd_projection *self = user;
  if (self->utm.scale > 0.0) return kd_mercator_forward(east, north, &self->utm, lon, lat, err);
#ifdef KD_HAVE_PROJ
  const PJ_COORD at = proj_trans(self->transform, PJ_FWD, proj_coord(lon / KD_DEGREE, lat / KD_DEGREE, 0, 0));
  *east = at.xy.x;
  *north = at.xy.y;
#endif
  if (!isfinite(*east) || !isfinite(*north) || fabs(*east) > 1e9)
    return kd_error_set(err, KD_E_RANGE, "lon %g, lat %g deg lies outside of %s", lon / KD_DEGREE, lat / KD_DEGREE,
                        self->crs);
  return KD_OK;
}
