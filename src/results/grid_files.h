// SPDX-License-Identifier: Apache-2.0
/* A block model as files: CSV, GSLIB text, VTK, CF-NetCDF, OMF for the blocks; GeoTIFF for maps of its columns. Each
 * file is written under a temporary name and renamed when it is whole. */
#ifndef KD_RESULTS_GRID_FILES_H
#define KD_RESULTS_GRID_FILES_H

#include "base/text.h"
#include "deposit/model.h"

typedef struct kd_grid_field {
  const char *name; /* "rey", "class" */
  const char *unit; /* "ppm"; "1" */
  const char *doc;
  const double *value; /* in that unit, NaN: no value; one for each cell of the grid, or of one layer for a map */
} kd_grid_field;

typedef struct kd_grid_files {
  kd_block_grid grid;
  const char *title, *source; /* what it is, and where it comes from */
  bool georeferenced;         /* x and y are `local` on WGS 84 */
  kd_mercator local;
  const kd_grid_field *field;
  size_t fields;
} kd_grid_files;

typedef enum kd_grid_format {
  KD_GRID_CSV,
  KD_GRID_GSLIB,
  KD_GRID_VTK,
  KD_GRID_NETCDF,
  KD_GRID_OMF,
  KD_GRID_GEOTIFF,
  KD_GRID_FORMATS
} kd_grid_format;
extern const char *const kd_grid_suffix[KD_GRID_FORMATS]; /* ".csv", ".dat", ".vti", ".nc", ".omf", ".tif" */

/* Blocks outside the domain are left out of CSV and are missing in the others. GeoTIFF wants a grid of one layer: a
 * band for each field. Errors: KD_E_SIZE where the format has not room enough, KD_E_DISK, KD_E_IO, KD_E_NOMEM. */
kd_status kd_grid_write(kd_context *ctx, const char *path, kd_grid_format format, const kd_grid_files *what,
                        kd_error *err);

/* The bytes of a file, for tests and for the writer; out is started by the caller. */
void kd_grid_csv(kd_text *out, const kd_grid_files *what);
void kd_grid_gslib(kd_text *out, const kd_grid_files *what);
void kd_grid_vtk(kd_text *out, const kd_grid_files *what);
void kd_grid_netcdf(kd_text *out, const kd_grid_files *what);
/* The head and the axes alone: the values follow field after field, 8 bytes each, cells as in memory, big-endian. */
void kd_grid_netcdf_head(kd_text *out, const kd_grid_files *what);
void kd_grid_omf(kd_text *out, const kd_grid_files *what);
void kd_grid_geotiff(kd_text *out, const kd_grid_files *what);

/* Numbers in the order of bytes that a format wants. */
void kd_put_u16(kd_text *out, uint32_t value, bool big);
void kd_put_u32(kd_text *out, uint32_t value, bool big);
void kd_put_u64(kd_text *out, uint64_t value, bool big);
void kd_put_double(kd_text *out, double value, bool big);

/* A number with seven significant digits, many times faster than printf; nothing when it is missing. */
void kd_put_number(kd_text *out, double value);

/* The coordinate system as well-known text (WKT 1). */
void kd_grid_wkt(kd_text *out, const kd_grid_files *what);

#endif
