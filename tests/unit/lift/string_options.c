// SPDX-License-Identifier: Apache-2.0
/* Options of the data kernels of the string by name: each lands in the field of its name. */
#include "unit/lift/string_fixture.h"

#include "lift/kernels_string_options.h"
#include "lift/lift_sea.h"
#include "lift/string_sea.h"

enum { MOST = 120 };

static const kd_kernel *find(const kd_kernel *set, const char *name) {
  while (set->name != NULL && strcmp(set->name, name) != 0) set++;
  assert_non_null(set->name);
  return set;
}

/* Options of a kernel with a number of their own each; words 0. */
static void fill(double *in, const kd_kernel *k) {
  assert_true(k->input_count <= MOST);
  for (size_t i = 0; i < k->input_count; i++) in[i] = k->inputs[i].choices != NULL ? 0 : 1000 + (double)i;
}

static double named(const double *in, const kd_kernel *k, const char *name) {
  for (size_t i = 0; i < k->input_count; i++)
    if (strcmp(k->inputs[i].name, name) == 0) return in[i];
  fail_msg("no option %s", name);
  return 0;
}
#define SAME(value, name) assert_true((value) == named(in, k, name))

static kd_table *segments(rig *r) {
  kd_table *t = NULL;
  assert_int_equal(kd_table_create(&t, r->ctx, "length [m], bore [m], outer_diameter [m]", 1, &r->err), KD_OK);
  t->column[0].number[0] = 6000, t->column[1].number[0] = 0.2413, t->column[2].number[0] = 0.27305;
  return t;
}

static void strings_share_their_options(void **state) {
  (void)state;
  static const kd_kernel *const sets[] = {kd_string_kernels,   kd_beam_kernels, kd_operability_kernels, kd_viv_kernels,
                                          kd_coupling_kernels, kd_line_kernels, kd_slack_kernels};
  rig r;
  rig_open(&r);
  kd_table *t = segments(&r);
  size_t seen = 0;
  for (size_t s = 0; s < KD_COUNT(sets); s++)
    for (const kd_kernel *k = sets[s]; k->name != NULL; k++) {
      if (k->eval_table == NULL || strcmp(k->data[0].name, "segments") != 0) continue;
      double in[MOST];
      kd_string_segment *list = NULL;
      kd_string_load load;
      fill(in, k);
      assert_int_equal(kd_string_options_read(&list, &load, t, in, &r.work), KD_OK);
      SAME(load.head_mass, "head_mass");
      SAME(load.contents, "contents_density");
      SAME(load.conduit_contents, "conduit_density");
      SAME(load.water, "water_density");
      SAME(load.gravity, "gravity");
      SAME(load.freeboard, "freeboard");
      SAME(load.top_pressure, "top_pressure");
      SAME(load.foot_pull, "foot_pull");
      SAME(load.poisson, "poisson");
      SAME(load.wall_tolerance, "wall_tolerance");
      SAME(list[0].density, "material_density");
      SAME(list[0].modulus, "modulus");
      SAME(list[0].yield, "yield_strength");
      SAME(list[0].joint_factor, "joint_factor");
      const double head = named(in, k, "head_mass"), density = named(in, k, "head_density");
      assert_close(load.head_weight, head * load.gravity * (1 - load.water / density), 1e-14);
      seen++;
    }
  assert_true(seen >= 12);
  kd_table_destroy(&t);
  rig_close(&r);
}

static void axial_options(void **state) {
  (void)state;
  static const struct {
    const kd_kernel *set;
    const char *name;
  } both[] = {{kd_string_kernels, "lift.string.axial_response"}, {kd_slack_kernels, "lift.string.slack"}};
  for (size_t i = 0; i < 2; i++) {
    const kd_kernel *k = find(both[i].set, both[i].name);
    double in[MOST];
    fill(in, k);
    const kd_axial_options o = kd_axial_options_read(in + KD_STRING_OPTIONS);
    SAME(o.amplitude, "amplitude");
    SAME(o.period, "period");
    SAME(o.elements, "elements");
    SAME(o.damping, "damping");
    SAME(o.wall_drag, "wall_drag");
    SAME(o.head_drag_area, "head_drag_area");
    SAME(o.head_added_mass, "head_added_mass");
    SAME(o.added_mass, "added_mass");
    SAME(o.hold_stiffness, "hold_stiffness");
    SAME(o.hold_damping, "hold_damping");
    SAME(o.step, "step");
    SAME(o.radius, "radius");
    SAME(o.cycles, "cycles");
  }
  static const char *const by_frequency[] = {"lift.string.sea_response", "lift.operability"};
  for (size_t i = 0; i < 2; i++) {
    const kd_kernel *k = find(kd_operability_kernels, by_frequency[i]);
    double in[MOST];
    fill(in, k);
    const kd_axial_options o = kd_sea_bar_options_read(in + KD_STRING_OPTIONS);
    SAME(o.elements, "elements");
    SAME(o.damping, "damping");
    SAME(o.wall_drag, "wall_drag");
    SAME(o.head_drag_area, "head_drag_area");
    SAME(o.head_added_mass, "head_added_mass");
    SAME(o.hold_stiffness, "hold_stiffness");
    SAME(o.hold_damping, "hold_damping");
  }
}

static void beam_options(void **state) {
  (void)state;
  static const char *const names[] = {"lift.string.beam", "lift.string.history"};
  for (size_t i = 0; i < 2; i++) {
    const kd_kernel *k = find(kd_beam_kernels, names[i]);
    double in[MOST];
    fill(in, k);
    const kd_sea_case c = kd_sea_case_read(in + KD_STRING_OPTIONS);
    SAME(c.elements, "elements");
    SAME(c.hs, "hs");
    SAME(c.tp, "tp");
    SAME(c.gamma, "gamma");
    SAME(c.heading, "heading");
    SAME(c.duration, "duration");
    SAME(c.step, "step");
    SAME(c.lead_in, "lead_in");
    SAME(c.waves, "waves");
    SAME(c.radius, "radius");
    SAME(c.drag, "drag");
    SAME(c.skin, "wall_drag");
    SAME(c.added, "added");
    SAME(c.head_drag_area, "head_drag_area");
    SAME(c.head_added_mass, "head_added_mass");
    SAME(c.flow, "flow");
    SAME(c.damping, "damping");
    SAME(c.hold_stiffness, "hold_stiffness");
    SAME(c.hold_damping, "hold_damping");
    SAME(c.hull.length, "ship_length");
    SAME(c.hull.beam, "ship_beam");
    SAME(c.hull.draught, "ship_draught");
    SAME(c.hull.string_forward, "string_forward");
    SAME(c.hull.string_port, "string_port");
    SAME(c.hull.string_height, "string_height");
    SAME(c.end_length, "end_length");
    SAME(c.second_hs, "hs2");
    SAME(c.second_tp, "tp2");
  }
}

static void sea_options(void **state) {
  (void)state;
  const kd_kernel *k = find(kd_line_kernels, "lift.string.line");
  double in[MOST];
  fill(in, k);
  const kd_sea_case c = kd_lift_sea_case(in + KD_STRING_OPTIONS);
  SAME(c.elements, "elements");
  SAME(c.hs, "hs");
  SAME(c.tp, "tp");
  SAME(c.gamma, "gamma");
  SAME(c.heading, "heading");
  SAME(c.waves, "waves");
  SAME(c.drag, "drag");
  SAME(c.added, "added");
  SAME(c.hold_stiffness, "hold_stiffness");
  SAME(c.hold_damping, "hold_damping");
  SAME(c.hull.string_port, "string_port");
  SAME(c.hull.string_height, "string_height");
  SAME(c.second_hs, "hs2");
  SAME(c.second_tp, "tp2");
  SAME((in + KD_STRING_OPTIONS)[KD_SEA_DURATION], "duration");
  SAME((in + KD_STRING_OPTIONS)[KD_SEA_SETTLE], "settle");
  SAME((in + KD_STRING_OPTIONS)[KD_SEA_STEP], "step");
  SAME((in + KD_STRING_OPTIONS)[KD_SEA_EVERY], "every");
  SAME((in + KD_STRING_OPTIONS)[KD_SEA_CURRENT], "current");
  /* No name stands twice among the options of any kernel. */
  static const kd_kernel *const sets[] = {
      kd_string_kernels,   kd_beam_kernels,  kd_operability_kernels, kd_viv_kernels,    kd_line_kernels,
      kd_coupling_kernels, kd_slack_kernels, kd_wave_kernels,        kd_vessel_kernels, kd_fatigue_kernels};
  for (size_t s = 0; s < KD_COUNT(sets); s++)
    for (const kd_kernel *q = sets[s]; q->name != NULL; q++)
      for (size_t a = 0; a < q->input_count; a++)
        for (size_t b = 0; b < a; b++)
          if (strcmp(q->inputs[a].name, q->inputs[b].name) == 0)
            fail_msg("%s: %s stands twice", q->name, q->inputs[a].name);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(strings_share_their_options), cmocka_unit_test(axial_options),
                                     cmocka_unit_test(beam_options), cmocka_unit_test(sea_options)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
