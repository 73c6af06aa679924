// SPDX-License-Identifier: Apache-2.0
/* Block models as files: the common parts, CSV, GSLIB text and VTK.
 *
 *   CSV    x, y, depth of the middle, then the fields; one row for each block with a value
 *   GSLIB  title with the grid, number of columns, their names, then a row for each cell, x fastest, from the lowest
 *          layer up; -999 is missing (GSLIB's trimming limits leave it out)
 *   VTK    XML image data, cell data, appended raw little-endian doubles; z is elevation against the sea floor
 *
 * Source    Deutsch and Journel 1998, GSLIB, II.1; the VTK file formats, Kitware (VTKImageData, version 1.0).
 */
#include "results/grid_files.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/files.h"

#define KD_DEGREE  (3.14159265358979323846 / 180.0)
#define KD_MISSING (-999.0)
#define KD_BYTES   ((uint64_t)0xffffffff) /* of a file whose offsets are 32 bits */

const char *const kd_grid_suffix[KD_GRID_FORMATS] = {".csv", ".dat", ".vti", ".nc", ".omf", ".tif"};

void kd_put_u16(kd_text *out, uint32_t value, bool big) {
  const char low = (char)(value & 0xff), high = (char)(value >> 8 & 0xff);
  const char bytes[2] = {big ? high : low, big ? low : high};
  kd_text_add_bytes(out, bytes, 2);
}

void kd_put_u32(kd_text *out, uint32_t value, bool big) {
  char bytes[4];
  for (unsigned i = 0; i < 4; i++) bytes[big ? 3 - i : i] = (char)(value >> (8 * i) & 0xff);
  kd_text_add_bytes(out, bytes, 4);
}

void kd_put_u64(kd_text *out, uint64_t value, bool big) {
  char bytes[8];
  for (unsigned i = 0; i < 8; i++) bytes[big ? 7 - i : i] = (char)(value >> (8 * i) & 0xff);
  kd_text_add_bytes(out, bytes, 8);
}

void kd_put_double(kd_text *out, double value, bool big) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  kd_put_u64(out, bits, big);
}

void kd_put_number(kd_text *out, double value) {
  static const double power[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
  char text[32];
  const double size = fabs(value);
  if (isnan(value)) return;
  if (value == 0.0) {
    kd_text_add_bytes(out, "0", 1);
    return;
  }
  if (!(size >= 1e-3 && size < 1e9)) {
    kd_text_printf(out, "%.7g", value);
    return;
  }
  int decimals = 9;
  while (decimals > 0 && size * power[decimals] >= 1e7) decimals--;
  uint64_t digits = (uint64_t)(size * power[decimals] + 0.5);
  while (decimals > 0 && digits % 10 == 0) {
    digits /= 10;
    decimals--;
  }
  char *at = text + sizeof text;
  for (int k = 0; digits > 0 || k <= decimals; k++, digits /= 10) {
    if (k == decimals && k > 0) *--at = '.';
    *--at = (char)('0' + digits % 10);
  }
  if (value < 0.0) *--at = '-';
  kd_text_add_bytes(out, at, (size_t)(text + sizeof text - at));
}

static size_t cells_of(const kd_block_grid *g) {
  return g->nx * g->ny * g->nz;
}

/* Cell number when layers are counted from the lowest up. */
static size_t upward(const kd_block_grid *g, size_t i) {
  const size_t layer = g->nx * g->ny;
  return (g->nz - 1 - i / layer) * layer + i % layer;
}

void kd_grid_csv(kd_text *out, const kd_grid_files *what) {
  const kd_block_grid *g = &what->grid;
  kd_text_printf(out, "# %s\n# source: %s\n", what->title, what->source);
  kd_text_add(out, "x [m],y [m],depth [m],dx [m],dy [m],dz [m]");
  for (size_t f = 0; f < what->fields; f++) kd_text_printf(out, ",%s [%s]", what->field[f].name, what->field[f].unit);
  kd_text_add(out, "\n");
  for (size_t i = 0; i < cells_of(g); i++) {
    bool any = false;
    for (size_t f = 0; f < what->fields; f++) any = any || !isnan(what->field[f].value[i]);
    if (!any) continue;
    const double place[6] = {kd_grid_x(g, i), kd_grid_y(g, i), kd_grid_z(g, i), g->dx, g->dy, g->dz};
    for (size_t k = 0; k < 6; k++) {
      if (k > 0) kd_text_add_bytes(out, ",", 1);
      if (fabs(place[k]) < 1e6)
        kd_put_number(out, place[k]);
      else
        kd_text_printf(out, "%.10g", place[k]);
    }
    for (size_t f = 0; f < what->fields; f++) {
      kd_text_add_bytes(out, ",", 1);
      kd_put_number(out, what->field[f].value[i]);
    }
    kd_text_add(out, "\n");
  }
}

void kd_grid_gslib(kd_text *out, const kd_grid_files *what) {
  const kd_block_grid *g = &what->grid;
  kd_text_printf(out, "%s; nx %zu xmn %.10g xsiz %.10g; ny %zu ymn %.10g ysiz %.10g; nz %zu zmn %.10g zsiz %.10g\n",
                 what->title, g->nx, kd_grid_x(g, 0), g->dx, g->ny, kd_grid_y(g, 0), g->dy, g->nz,
                 -kd_grid_z(g, cells_of(g) - 1), g->dz);
  kd_text_printf(out, "%zu\n", what->fields);
  for (size_t f = 0; f < what->fields; f++) kd_text_printf(out, "%s (%s)\n", what->field[f].name, what->field[f].unit);
  for (size_t i = 0; i < cells_of(g); i++) {
    const size_t cell = upward(g, i);
    for (size_t f = 0; f < what->fields; f++) {
      const double v = what->field[f].value[cell];
      if (f > 0) kd_text_add_bytes(out, " ", 1);
      kd_put_number(out, isnan(v) ? KD_MISSING : v);
    }
    kd_text_add(out, "\n");
  }
}

void kd_grid_vtk(kd_text *out, const kd_grid_files *what) {
  const kd_block_grid *g = &what->grid;
  const size_t cells = cells_of(g);
  const uint64_t bytes = (uint64_t)cells * sizeof(double);
  kd_text_add(out, "<?xml version=\"1.0\"?>\n<VTKFile type=\"ImageData\" version=\"1.0\" byte_order=\"LittleEndian\" "
                   "header_type=\"UInt64\">\n");
  kd_text_printf(out,
                 "<ImageData WholeExtent=\"0 %zu 0 %zu 0 %zu\" Origin=\"%.17g %.17g %.17g\" Spacing=\"%.17g %.17g "
                 "%.17g\">\n<Piece Extent=\"0 %zu 0 %zu 0 %zu\">\n<CellData Scalars=\"%s\">\n",
                 g->nx, g->ny, g->nz, g->x0, g->y0, -(g->z0 + (double)g->nz * g->dz), g->dx, g->dy, g->dz, g->nx, g->ny,
                 g->nz, what->fields > 0 ? what->field[0].name : "");
  for (size_t f = 0; f < what->fields; f++)
    kd_text_printf(out, "<DataArray type=\"Float64\" Name=\"%s_%s\" format=\"appended\" offset=\"%llu\"/>\n",
                   what->field[f].name, strcmp(what->field[f].unit, "1") == 0 ? "" : what->field[f].unit,
                   (unsigned long long)(f * (bytes + 8)));
  kd_text_add(out, "</CellData>\n</Piece>\n</ImageData>\n<AppendedData encoding=\"raw\">\n_");
  for (size_t f = 0; f < what->fields; f++) {
    kd_put_u64(out, bytes, false);
    for (size_t i = 0; i < cells; i++) kd_put_double(out, what->field[f].value[upward(g, i)], false);
  }
  kd_text_add(out, "\n</AppendedData>\n</VTKFile>\n");
}

void kd_grid_wkt(kd_text *out, const kd_grid_files *what) {
  if (!what->georeferenced) {
    kd_text_add(out, "LOCAL_CS[\"metres of the deposit\",UNIT[\"metre\",1]]");
    return;
  }
  kd_text_printf(out,
                 "PROJCS[\"local transverse Mercator\",GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\","
                 "6378137,298.257223563]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]],"
                 "PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"latitude_of_origin\",%.12g],PARAMETER["
                 "\"central_meridian\",%.12g],PARAMETER[\"scale_factor\",%.12g],PARAMETER[\"false_easting\",%.12g],"
                 "PARAMETER[\"false_northing\",%.12g],UNIT[\"metre\",1]]",
                 what->local.lat / KD_DEGREE, what->local.lon / KD_DEGREE, what->local.scale, what->local.false_east,
                 what->local.false_north);
}

kd_status kd_grid_write(kd_context *ctx, const char *path, kd_grid_format format, const kd_grid_files *what,
                        kd_error *err) {
  static void (*const write[KD_GRID_FORMATS])(kd_text *, const kd_grid_files *) = {
      kd_grid_csv, kd_grid_gslib, kd_grid_vtk, kd_grid_netcdf, kd_grid_omf, kd_grid_geotiff};
  kd_status status = KD_OK;
  kd_text text;
  kd_text_init(&text, ctx);
  const uint64_t bytes = (uint64_t)cells_of(&what->grid) * what->fields * sizeof(double);
  KD_CHECK(bytes < KD_BYTES || format == KD_GRID_CSV, err, KD_E_SIZE, "%s: %llu bytes of values: at most 4 GiB", path,
           (unsigned long long)bytes);
  KD_CHECK(format != KD_GRID_GEOTIFF || what->grid.nz == 1, err, KD_E_INTERNAL, "%s: a map has one layer", path);
  write[format](&text, what);
  KD_CHECK(!text.failed, err, KD_E_NOMEM, "%s: out of memory", path);
  KD_TRY(kd_file_write_all(ctx, path, text.bytes, text.length, err));
out:
  kd_text_free(&text);
  return status;
}
