// SPDX-License-Identifier: Apache-2.0
#include "results/report_words.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/quantity.h"
#include "results/svg.h"

typedef struct kd_word {
  const char *key, *words;
} kd_word;

/* Headline outputs and those that the report puts in tables. What is not here is told by its doc sentence. */
static const kd_word titles[] = {
    {"deposit.reo", "Rare-earth oxides in place"},
    {"deposit.mean_grade", "Mean grade of the ground"},
    {"mineplan.mined_grade", "Grade of the mud lifted"},
    {"lift.energy_per_tonne", "Electricity to lift a dry tonne"},
    {"lift.top_tension", "Pull at the top of the string"},
    {"lift.pump_pressure", "Pressure of the pumps"},
    {"campaign.lifting_time", "Time in which mud comes up"},
    {"campaign.operational_availability", "Share of the time on site in which mud comes up"},
    {"campaign.dry_lifted", "Mud lifted, dry"},
    {"process.oxide_total", "Rare-earth oxides made"},
    {"process.recovery_total", "Rare earths won from the mud delivered"},
    {"process.acid_per_oxide", "Leach acid per kg of oxides"},
    {"process.stages_total", "Mixer-settler stages of the separation"},
    {"process.reagent_actual", "Caustic soda of the separation per kg of oxides"},
    {"process.energy_per_oxide", "Electricity of the plant per kg of oxides"},
    {"process.residue", "Wet residue to be landed"},
    {"plume.area_low", "Sea floor covered above the lower threshold"},
    {"plume.area_high", "Sea floor covered above the upper threshold"},
    {"economy.levelised_cost", "Cost of a kg of oxides"},
    {"economy.levelised_cost_usd", "Cost of a kg of oxides, in dollars"},
    {"economy.basket_price", "What a kg is worth at market"},
    {"economy.cost_to_market", "Cost over market price (times)"},
    {"economy.npv", "Net present value"},
    {"economy.capital", "First capital"},
    {"economy.yearly_cost", "Cost of a year, with depreciation"},
    {"economy.output", "Rare-earth oxides sold"},
    {"supply.import_dependence_before", "Imports over demand, without this output"},
    {"supply.import_dependence_after", "Imports over demand, with this output"},
    {"supply.china_share_before", "China's share of demand, without this output"},
    {"supply.china_share_after", "China's share of demand, with this output"},
    {"supply.hhi_before", "Concentration of suppliers (HHI), without"},
    {"supply.hhi_after", "Concentration of suppliers (HHI), with"},
    {"supply.avoided.nri", "Embargo loss avoided, method of NRI"},
    {"supply.avoided.mizuho", "Embargo loss avoided, method of Mizuho"},
    {"supply.avoided.dir", "Embargo loss avoided, method of Daiwa"},
    {"campaign.on_site_date", "Arrival on site"},
    {"campaign.on_bottom_date", "First landing on the sea floor"},
    {"campaign.first_mud_date", "First mud on deck"},
    {"campaign.return_date", "Return to port"},
};

static const kd_word parts[] = {
    {"insurance_admin", "insurance, administration"},
    {"ship", "mining ship"},
    {"lift", "lift system"},
    {"seabed", "sea-floor units"},
    {"island", "island works"},
    {"plant", "leach plant"},
    {"residue", "residue disposal"},
    {"capital", "capital"},
    {"not_stated", "not stated"},
    {"nri", "NRI (Nomura Research Institute)"},
    {"mizuho", "Mizuho"},
    {"dir", "DIR (Daiwa Institute of Research)"},
};

static const kd_word stages[] = {
    {"deposit", "The ground"},    {"mineplan", "The mine plan"},    {"lift", "The lift"},
    {"campaign", "The campaign"}, {"process", "The plant"},         {"plume", "The footprint in the sea"},
    {"economy", "Money"},         {"supply", "Security of supply"},
};

static const char *find(const kd_word *list, size_t count, const char *key) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(list[i].key, key) == 0) return list[i].words;
  }
  return NULL;
}

#define FIND(list, key) find(list, sizeof(list) / sizeof *(list), key)

/* "Sea floor under 0.1 mm or more", by the threshold of the scenario. */
static bool thickness_title(char *out, size_t capacity, const kd_record *record, const char *key) {
  const bool low = strcmp(key, "plume.area_low") == 0;
  if (!low && strcmp(key, "plume.area_high") != 0) return false;
  const kd_record_parameter *p = kd_record_find_parameter(record, low ? "plume.thickness_low" : "plume.thickness_high");
  char number[48];
  if (p == NULL || !isfinite(p->value)) return false;
  kd_label_number(number, sizeof number, kd_quantity_show(p->value, p->unit));
  snprintf(out, capacity, "Sea floor under %s %s or more", number, p->unit);
  return true;
}

void kd_report_title(char *out, size_t capacity, const kd_record *record, size_t column) {
  const kd_record_column *c = &record->column[column];
  const char *words = FIND(titles, c->key);
  if (thickness_title(out, capacity, record, c->key)) return;
  const bool told = c->doc != NULL && c->doc[0] != '\0';
  snprintf(out, capacity, "%s", words != NULL ? words : told ? c->doc : c->key);
}

const char *kd_report_stage(const char *stage) {
  const char *words = FIND(stages, stage);
  return words != NULL ? words : stage;
}

const char *kd_report_last_part(const char *key) {
  const char *dot = strrchr(key, '.');
  return dot != NULL ? dot + 1 : key;
}

void kd_report_words(char *out, size_t capacity, const char *part) {
  const char *words = FIND(parts, part);
  snprintf(out, capacity, "%s", words != NULL ? words : part);
  for (char *c = out; words == NULL && *c != '\0'; c++) *c = *c == '_' ? ' ' : *c;
}

/* ---- units ---- */

void kd_report_unit(char *out, size_t capacity, const char *unit) {
  static const kd_word whole[] = {{"1", ""},    {"%vol", "vol %"}, {"%wt", "wt %"},
                                  {"um", "µm"}, {"day", "days"},   {"Pa.s", "Pa·s"}};
  const char *words = FIND(whole, unit);
  if (words != NULL) {
    snprintf(out, capacity, "%s", words);
    return;
  }
  size_t at = 0;
  for (const char *c = unit; *c != '\0' && at + 3 < capacity; c++) {
    const bool power = c > unit && c[-1] == 'm' && (*c == '2' || *c == '3') && !isdigit((unsigned char)c[1]);
    if (power) {
      out[at++] = '\xc2'; /* U+00B2 and U+00B3 */
      out[at++] = *c == '2' ? '\xb2' : '\xb3';
    } else
      out[at++] = *c;
  }
  out[at] = '\0';
}

/* Money: [tn|bn|M|k]CUR[ year][/rest]. Fills the scale and returns true when the unit is that. */
static bool scale_money(kd_scale *out, const char *unit, double typical) {
  static const struct {
    const char *prefix;
    double factor;
  } prefixes[] = {{"tn", 1e12}, {"bn", 1e9}, {"M", 1e6}, {"k", 1e3}, {"", 1}};
  static const struct {
    double from;
    const char *name;
  } names[] = {{1e12, "trillion "}, {1e9, "billion "}, {1e6, "million "}, {0, ""}};
  for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
    const size_t length = strlen(prefixes[i].prefix);
    const char *currency = unit + length;
    if (strncmp(unit, prefixes[i].prefix, length) != 0) continue;
    if (strncmp(currency, "JPY", 3) != 0 && strncmp(currency, "USD", 3) != 0 && strncmp(currency, "EUR", 3) != 0)
      continue;
    char year[8] = "", rest[32] = "";
    const char *c = currency + 3;
    if (*c == ' ' && isdigit((unsigned char)c[1])) {
      snprintf(year, sizeof year, "%.4s", c + 1);
      c += 5;
    }
    kd_report_unit(rest, sizeof rest, c);
    const double size = fabs(typical) * prefixes[i].factor * 1.0005; /* what rounds to a million is one */
    size_t name = 0;
    while (name + 1 < sizeof names / sizeof names[0] && !(size >= names[name].from)) name++;
    out->factor = prefixes[i].factor / (names[name].from > 0 ? names[name].from : 1);
    const bool dated = year[0] != '\0' && strcmp(year, "2026") != 0;
    snprintf(out->unit, sizeof out->unit, "%s%.3s%s%s%s%s", names[name].name, currency, rest, dated ? " (" : "",
             dated ? year : "", dated ? ")" : "");
    return true;
  }
  return false;
}

void kd_report_scale(kd_scale *out, const char *unit, double typical) {
  static const struct {
    const char *unit, *shown;
    double above, below, factor;
  } steps[] = {
      {"km2", "m²", 0, 0.1, 1e6},
      {"km", "m", 0, 0.1, 1e3},
      {"t", "kg", 0, 0.1, 1e3},
      {"t", "million t", 1e6, (double)INFINITY, 1e-6},
      {"Mt", "billion t", 1e4, (double)INFINITY, 1e-3},
      {"m3", "million m³", 1e6, (double)INFINITY, 1e-6},
      {"kWh", "GWh", 1e6, (double)INFINITY, 1e-6},
      {"kt", "million t", 1e3, (double)INFINITY, 1e-3},
      {"t/year", "kg/year", 0, 0.1, 1e3},
  };
  const double size = fabs(typical);
  if (scale_money(out, unit, typical)) return;
  out->factor = 1;
  kd_report_unit(out->unit, sizeof out->unit, unit);
  for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
    if (strcmp(unit, steps[i].unit) != 0 || !(size > steps[i].above) || !(size < steps[i].below)) continue;
    out->factor = steps[i].factor;
    snprintf(out->unit, sizeof out->unit, "%s", steps[i].shown);
    return;
  }
}

static bool told_apart(double a, double b, int digits) {
  char left[64], right[64];
  kd_label_round(left, sizeof left, a, digits);
  kd_label_round(right, sizeof right, b, digits);
  return strcmp(left, right) != 0;
}

int kd_report_digits(double p10, double p50, double p90) {
  int digits = 3;
  const double noise = 1e-9 * fabs(p50); /* of a value that does not vary */
  if (fabs(p50 - p10) < noise) p10 = p50;
  if (fabs(p90 - p50) < noise) p90 = p50;
  while (digits < 5 && ((p10 != p50 && !told_apart(p10, p50, digits)) || (p50 != p90 && !told_apart(p50, p90, digits))))
    digits++;
  return digits;
}

/* ---- dates ---- */

bool kd_report_is_date(const kd_record_column *column) {
  const size_t length = strlen(column->key);
  return strcmp(column->unit, "s") == 0 && length > 5 && strcmp(column->key + length - 5, "_date") == 0;
}

/* Proleptic Gregorian, counted from 1 March of year 0 so that the leap day is the last of its year. */
void kd_report_date(char *out, size_t capacity, double seconds) {
  if (!isfinite(seconds) || fabs(seconds) > 1e11) {
    snprintf(out, capacity, "–");
    return;
  }
  const long day = (long)floor(seconds / 86400) + 719468, era = (day >= 0 ? day : day - 146096) / 146097;
  const long in_era = day - era * 146097;
  const long in_year_of = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
  const long in_year = in_era - (365 * in_year_of + in_year_of / 4 - in_year_of / 100), march = (5 * in_year + 2) / 153;
  const long month = march < 10 ? march + 3 : march - 9, year = in_year_of + era * 400 + (month <= 2 ? 1 : 0);
  snprintf(out, capacity, "%04ld-%02ld-%02ld", year, month, in_year - (153 * march + 2) / 5 + 1);
}
