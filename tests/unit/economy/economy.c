// SPDX-License-Identifier: Apache-2.0
/* The stage on a ledger filled as the chain fills it: sums, balances, break-even, and the METI 2016 calibration. */
#include "unit/economy/fixture.h"

#include <time.h>

static void cash_closes(void **state) {
  fixture *f = *state;
  run(f);
  kd_error err = {0};
  if (kd_ledger_close(f->ledger, 1e-12, &err) != KD_OK) fail_msg("%s", err.text);
  assert_true(kd_ledger_get(f->ledger, "economy.revenue") > 0);
  assert_true(kd_ledger_get(f->ledger, "economy.cost_residue") > 0);
}

static void waterfall_sums_to_levelised_cost(void **state) {
  fixture *f = *state;
  run(f);
  double sum = 0, yearly = 0, capital = 0, sales = 0;
  for (size_t g = 0; g < KD_GROUPS; g++) sum += f->result.cost_group[g], yearly += f->result.operating[g];
  for (size_t i = 0; i < KD_PARTS; i++) capital += f->result.capital_part[i];
  for (size_t e = 0; e < KD_ELEMENTS; e++) sales += f->result.sales_element[e];
  assert_close(sum, f->result.levelised_cost, 1e-13);
  assert_close(yearly, f->result.yearly_cost, 1e-13);
  assert_close(capital, f->result.capital, 1e-13);
  assert_close(sales, f->result.sales, 1e-13);
}

static void cost_by_element_sums_to_the_whole(void **state) {
  fixture *f = *state;
  run(f);
  double joint = f->result.levelised_cost * f->result.output, by_mass = 0, by_value = 0;
  for (size_t e = 0; e < KD_REY; e++) {
    by_mass += f->result.cost_by_mass[e] * f->products.product[e].mass;
    by_value += f->result.cost_by_value[e] * f->products.product[e].mass;
    /* By credit each product pays what the sale of the others leaves: the same sum for every one. */
    double others = f->result.sales - f->result.sales_element[e];
    assert_close(f->result.cost_by_credit[e] * f->products.product[e].mass + others, joint, 1e-12);
  }
  assert_close(by_mass, joint, 1e-12);
  assert_close(by_value, joint, 1e-12);
}

static void break_even_price_gives_no_value(void **state) {
  fixture *f = *state;
  run(f);
  double scale = f->result.break_even_price / f->result.basket_price, levelised = f->result.levelised_cost;
  assert_true(f->result.break_even_price > levelised); /* tax comes on top */
  f->p.price_level *= scale;
  run(f);
  assert_near(f->result.npv, 0, 1e-9 * f->result.capital);
  assert_near(f->result.irr, f->p.discount_rate, 1e-9);
  f->p.tax_rate = 0;
  run(f);
  assert_close(f->result.break_even_price, levelised, 1e-12);
}

/* An independent build-up of the yearly cost, term by term in yen of 2016 as in docs/theory/economy.md. */
static void set_2016(fixture *f, int ship) {
  kd_economy_params *p = &f->p;
  p->ship = ship, p->residue_disposal = 0, p->plant_cost = KD_PLANT_COST_LUMP, p->prices = KD_DECK_2015_MEAN;
  p->capital_contingency = p->operating_contingency = 0;
  p->exchange_rate = 1;
  p->capital_ship = si("50 bnJPY 2016", "bnJPY"), p->capital_lift = si("30 bnJPY 2016", "bnJPY");
  p->capital_seabed = si("12 bnJPY 2016", "bnJPY"), p->capital_rov = si("6 bnJPY 2016", "bnJPY");
  p->capital_deck = si("8 bnJPY 2016", "bnJPY"), p->capital_island = si("25 bnJPY 2016", "bnJPY");
  p->capital_port = si("10 bnJPY 2016", "bnJPY"), p->capital_hydromet = si("28 bnJPY 2016", "bnJPY");
  p->capital_separation = si("8 bnJPY 2016", "bnJPY");
  p->ship_hire_rate = si("35 MJPY 2016/day", "MJPY/day"), p->ship_own_rate = si("19 MJPY 2016/day", "MJPY/day");
  p->support_rate = si("15 kUSD 2016/day", "kUSD/day"), p->rov_rate = si("18 kUSD 2016/day", "kUSD/day");
  p->carrier_rate = si("8 kUSD 2016/day", "kUSD/day"), p->carrier_fuel = si("18 t/day", "t/day");
  p->transfer_cost = si("8.1 USD 2016/t", "USD/t"), p->port_cost = si("1800 JPY 2016/t", "JPY/t");
  p->fuel_price = si("450 USD 2016/t", "USD/t"), p->dewatering_cost = si("15 USD 2016/t", "USD/t");
  p->hydromet_cost = si("70 USD 2016/t", "USD/t"), p->separation_cost = si("8 USD 2016/kg", "USD/kg");
  p->island_labour_price = si("22 MJPY 2016/year", "MJPY/year");
  p->administration = si("2 bnJPY 2016/year", "bnJPY/year"), p->environment = si("1 bnJPY 2016/year", "bnJPY/year");
}

static double bn2016(double value) {
  return kd_quantity_show(value, "bnJPY 2016");
}

static void meti_2016_within_a_fifth(void **state) {
  fixture *f = *state;
  set_2016(f, KD_SHIP_HIRE);
  run(f);
  const kd_economy_result *r = &f->result;
  print_message("dry, hired: first %.1f, total %.1f, cash %.1f, yearly %.1f, sales %.1f\n", bn2016(r->capital),
                bn2016(r->capital_total), bn2016(r->cash_cost), bn2016(r->yearly_cost), bn2016(r->sales));
  assert_near(bn2016(r->capital), 190, 0.2 * 190);
  assert_near(bn2016(r->capital_total), 262.2, 0.2 * 262.2);
  assert_near(bn2016(r->yearly_cost), 63, 0.2 * 63);
  assert_near(bn2016(r->sales), 9.9, 0.2 * 9.9);
  assert_close(r->capital_total / r->capital, 1.38, 1e-12);
}

/* Wet against dry and own against hired: the readings that do not meet print stay where docs/theory/economy.md says. */
static void other_readings_of_meti_2016(void **state) {
  fixture *f = *state;
  static const struct {
    const char *name;
    double capacity;
    int ship;
  } reading[] = {{"wet, own", 1400, KD_SHIP_OWN}, {"wet, hired", 1400, KD_SHIP_HIRE}, {"dry, own", 3500, KD_SHIP_OWN}};
  double yearly[3], capital[3];
  for (size_t i = 0; i < 3; i++) {
    set_2016(f, reading[i].ship);
    fill_year(f, reading[i].capacity, 270, 0.76);
    run(f);
    capital[i] = bn2016(f->result.capital), yearly[i] = bn2016(f->result.yearly_cost);
    print_message("%s: first %.1f, total %.1f, cash %.1f, yearly %.1f, sales %.1f\n", reading[i].name, capital[i],
                  bn2016(f->result.capital_total), bn2016(f->result.cash_cost), yearly[i], bn2016(f->result.sales));
  }
  assert_true(yearly[0] < 0.8 * 63 && yearly[1] < 0.8 * 63); /* wet is too cheap */
  assert_true(capital[2] > 1.2 * 190);                       /* an owned ship makes dry too dear */
}

static void basket_at_print(void **state) {
  fixture *f = *state;
  run(f);
  static const struct {
    kd_deck deck;
    double price;
    const char *unit;
  } print[] = {{KD_DECK_USGS_2011, 233, "USD 2011/kg"},  {KD_DECK_2015_MEAN, 39, "USD 2015/kg"},
               {KD_DECK_CHINA_2024, 37, "USD 2024/kg"},  {KD_DECK_CHINA_2026_Q1, 46, "USD 2026/kg"},
               {KD_DECK_FOB_2026_Q1, 62, "USD 2026/kg"}, {KD_DECK_EUROPE_ASK_2026_Q1, 270, "USD 2026/kg"}};
  for (size_t i = 0; i < KD_COUNT(print); i++) {
    double got = kd_quantity_show(f->result.basket_deck[print[i].deck], print[i].unit);
    assert_near(got, print[i].price, 0.03 * print[i].price);
  }
}

/* No row of prices without market, date and source; each holds exactly one price, and each deck one of every element.
 */
static void every_price_has_its_source(void **state) {
  fixture *f = *state;
  const char *const texts[] = {"market", "date", "assumed", "source"};
  const char *const money[] = {"usd_2011", "usd_2015", "usd_2024", "usd_2025", "usd_2026", "cny_2026"};
  for (size_t row = 0; row < f->prices->rows; row++) {
    size_t prices = 0;
    for (size_t i = 0; i < KD_COUNT(texts); i++)
      if (kd_table_column(f->prices, texts[i])->text[row][0] == '\0') fail_msg("row %zu has no %s", row, texts[i]);
    for (size_t i = 0; i < KD_COUNT(money); i++)
      prices += isnan(kd_table_column(f->prices, money[i])->number[row]) ? 0 : 1;
    if (prices != 1) fail_msg("row %zu has %zu prices", row, prices);
  }
  assert_int_equal(f->prices->rows, (int)KD_DECKS * (int)KD_ELEMENTS);
  run(f);
  for (size_t d = 0; d < KD_DECKS; d++) assert_true(f->result.basket_deck[d] > 0);
}

static void price_override_and_missing_price(void **state) {
  fixture *f = *state;
  f->p.price[KD_TB] = 5000;
  run(f);
  assert_close(f->result.price[KD_TB], 5000, 1e-15);
  f->p.price_table = NULL;
  assert_int_equal(kd_economy_run(&f->result, &f->p, &f->products, &f->work), KD_E_MISSING);
  assert_non_null(strstr(f->err.text, "La2O3 is sold but has no price"));
}

static void metal_is_priced_by_its_oxide(void **state) {
  fixture *f = *state;
  run(f);
  double oxide = f->result.price[KD_ND];
  f->products.product[KD_ND].form = KD_FORM_METAL;
  run(f);
  assert_close(f->result.price[KD_ND], (1 + 1.5 * 15.999 / 144.242) * oxide + f->p.metal_premium, 1e-12);
}

static void residue_can_be_left_out(void **state) {
  fixture *f = *state;
  run(f);
  double with = f->result.cash_cost, residue = f->result.operating[KD_GROUP_RESIDUE];
  f->p.residue_disposal = 0;
  run(f);
  assert_true(f->result.operating[KD_GROUP_RESIDUE] == 0);
  assert_close(with - f->result.cash_cost, residue * (1 + f->p.operating_contingency), 1e-12);
}

static void lump_replaces_the_ledger(void **state) {
  fixture *f = *state;
  f->p.plant_cost = KD_PLANT_COST_LUMP;
  run(f);
  double before = f->result.cash_cost;
  kd_ledger_post(f->ledger, "process.acid_hcl", 1e9);
  kd_ledger_post(f->ledger, "process.electricity", 1e15);
  run(f);
  assert_true(f->result.cash_cost == before);
  f->p.plant_cost = KD_PLANT_COST_LEDGER;
  run(f);
  double ledger = f->result.cash_cost;
  f->p.hydromet_cost = 1e3, f->p.separation_cost = 1e3;
  run(f);
  assert_true(f->result.cash_cost == ledger);
}

/* Power of dewatering is in dewatering_cost: it comes off what is priced, with its part of the grid loss. */
static void dewatering_power_is_priced_once(void **state) {
  fixture *f = *state;
  f->p.plant_cost = KD_PLANT_COST_LEDGER;
  double bought = kd_ledger_get(f->ledger, "process.electricity");
  run(f);
  double all = f->result.cash_cost;
  kd_ledger_post(f->ledger, "process.electricity", -bought);
  run(f);
  double none = f->result.cash_cost;
  assert_true(all > none);
  kd_ledger_post(f->ledger, "process.electricity", bought);
  kd_ledger_post(f->ledger, "process.grid_loss", 0.02 * bought);
  kd_ledger_post(f->ledger, "process.electricity_dewatering", 0.245 * bought);
  run(f);
  assert_close(f->result.cash_cost - none, 0.75 * (all - none), 1e-9);
}

static void own_ship_costs_the_whole_year(void **state) {
  fixture *f = *state;
  f->p.ship = KD_SHIP_OWN;
  run(f);
  double ship = f->result.operating[KD_GROUP_SHIP];
  kd_ledger_post(f->ledger, "campaign.ship_time", -0.5 * KD_YEAR);
  run(f);
  assert_close(f->result.operating[KD_GROUP_SHIP], ship, 1e-14);
  assert_true(f->result.ships == 1);
  kd_ledger_post(f->ledger, "campaign.ship_time", 1.5 * KD_YEAR);
  run(f);
  assert_true(f->result.ships == 2);
}

static void nothing_lifted_is_told(void **state) {
  fixture *f = *state;
  kd_ledger_clear(f->ledger);
  assert_int_equal(kd_economy_run(&f->result, &f->p, &f->products, &f->work), KD_E_MODEL);
  assert_non_null(strstr(f->err.text, "holds nothing to price"));
}

/* The works are paid for even when the campaign brings no mud up. */
static void a_campaign_without_mud_still_costs(void **state) {
  fixture *f = *state;
  kd_ledger_clear(f->ledger);
  kd_ledger_post(f->ledger, "campaign.ship_time", KD_YEAR / 4);
  sell_oxides(&f->products, 0);
  run(f);
  assert_true(f->result.capital > 0 && f->result.operating[KD_GROUP_SHIP] > 0);
  assert_true(isnan(f->result.levelised_cost) && isnan(f->result.cost_to_market));
  assert_true(f->result.npv < 0 && f->result.irr_count == 0);
}

static void same_bits_twice(void **state) {
  fixture *f = *state;
  run(f);
  kd_economy_result first = f->result;
  run(f);
  assert_memory_equal(&first, &f->result, sizeof first);
}

static size_t contradictions;
static void count_one(const char *key, const char *message, void *user) {
  (void)message;
  if (strcmp(key, user) == 0) contradictions++;
}

static void contradictions_are_found(void **state) {
  fixture *f = *state;
  struct {
    const char *key;
    double *at;
    double value;
  } wrong[] = {{"economy.ramp_up", &f->p.ramp_up, 30 * KD_YEAR},
               {"economy.life", &f->p.life, 20.5 * KD_YEAR},
               {"economy.construction", &f->p.construction, 2.5 * KD_YEAR},
               {"economy.ship_hire_rate", &f->p.ship_hire_rate, 0},
               {"economy.residue_cost", &f->p.residue_cost, 0}};
  contradictions = 0;
  kd_economy_stage.check(&f->p, count_one, (void *)(uintptr_t) "economy.life");
  assert_int_equal(contradictions, 0);
  for (size_t i = 0; i < KD_COUNT(wrong); i++) {
    double good = *wrong[i].at;
    *wrong[i].at = wrong[i].value;
    contradictions = 0;
    kd_economy_stage.check(&f->p, count_one, (void *)(uintptr_t)wrong[i].key);
    assert_int_equal(contradictions, 1);
    *wrong[i].at = good;
  }
  f->p.depreciation = KD_DEPRECIATION_MACRS, f->p.depreciation_life = 12 * KD_YEAR;
  contradictions = 0;
  kd_economy_stage.check(&f->p, count_one, (void *)(uintptr_t) "economy.depreciation_life");
  assert_int_equal(contradictions, 1);
  f->p.ship = KD_SHIP_OWN, f->p.capital_ship = 0;
  contradictions = 0;
  kd_economy_stage.check(&f->p, count_one, (void *)(uintptr_t) "economy.capital_ship");
  assert_int_equal(contradictions, 1);
}

/* A stage must stay far under its share of half a millisecond. The limit is loose: sanitizers and loaded machines. */
static void is_fast(void **state) {
  fixture *f = *state;
  clock_t start = clock();
  for (int i = 0; i < 1000; i++) {
    run(f);
    f->p.price_level *= 1.0001;
  }
  double micro = (double)(clock() - start) / CLOCKS_PER_SEC * 1e3;
  print_message("%.1f us a realisation\n", micro);
  assert_true(micro < 1000);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {TEST(cash_closes),
                                     TEST(waterfall_sums_to_levelised_cost),
                                     TEST(cost_by_element_sums_to_the_whole),
                                     TEST(break_even_price_gives_no_value),
                                     TEST(meti_2016_within_a_fifth),
                                     TEST(other_readings_of_meti_2016),
                                     TEST(basket_at_print),
                                     TEST(every_price_has_its_source),
                                     TEST(price_override_and_missing_price),
                                     TEST(metal_is_priced_by_its_oxide),
                                     TEST(residue_can_be_left_out),
                                     TEST(lump_replaces_the_ledger),
                                     TEST(dewatering_power_is_priced_once),
                                     TEST(own_ship_costs_the_whole_year),
                                     TEST(nothing_lifted_is_told),
                                     TEST(a_campaign_without_mud_still_costs),
                                     TEST(same_bits_twice),
                                     TEST(contradictions_are_found),
                                     TEST(is_fast)};
  return cmocka_run_group_tests_name("unit/economy/economy", tests, NULL, NULL);
}
