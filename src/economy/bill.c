// SPDX-License-Identifier: Apache-2.0
/* Reads the bill of quantities out of the ledger: every line is looked at once and taken by its item name, whatever the
 * stage. Electricity made on board is in the fuel already ("ship_electricity" is not priced); the ship's own
 * crew is in its day rate, the mining crew is posted as labour. Power of dewatering is in the price of
 * dewatering: on the island it is taken off the electricity that is priced, with its part of the grid loss; on the ship
 * off the fuel. Reagents without a price
 * of their own count as `other`.
 */
#include "economy/bill.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

typedef struct item_slot {
  const char *item;
  size_t offset;
} item_slot;

#define REAGENT(r) (offsetof(kd_bill, reagent) + (r) * sizeof(double))

static const item_slot items[] = {
    {"ship_time", offsetof(kd_bill, ship_time)},
    {"support_ship_time", offsetof(kd_bill, support_ship_time)},
    {"carrier_time", offsetof(kd_bill, carrier_time)},
    {"fuel", offsetof(kd_bill, fuel)},
    {"fuel_pressing", offsetof(kd_bill, fuel_pressing)},
    {"electricity", offsetof(kd_bill, electricity)},
    {"electricity_dewatering", offsetof(kd_bill, dewatering_power)},
    {"grid_loss", offsetof(kd_bill, grid_loss)},
    {"acid_hcl", REAGENT(KD_REAGENT_ACID_HCL)},
    {"acid_h2so4", REAGENT(KD_REAGENT_ACID_H2SO4)},
    {"base_naoh", REAGENT(KD_REAGENT_BASE_NAOH)},
    {"lime", REAGENT(KD_REAGENT_LIME)},
    {"oxalic_acid", REAGENT(KD_REAGENT_OXALIC_ACID)},
    {"extractant", REAGENT(KD_REAGENT_EXTRACTANT)},
    {"flocculant", REAGENT(KD_REAGENT_FLOCCULANT)},
    {"fresh_water", REAGENT(KD_REAGENT_FRESH_WATER)},
    {"lithium_fluoride", REAGENT(KD_REAGENT_ELECTROLYTE)},
    {"carbon", REAGENT(KD_REAGENT_CARBON)},
    {"diluent", REAGENT(KD_REAGENT_OTHER)},
    {"calcium", REAGENT(KD_REAGENT_OTHER)},
    {"residue", offsetof(kd_bill, residue)},
    {"solids_cut", offsetof(kd_bill, solids_cut)},
    {"solids_stirred", offsetof(kd_bill, solids_stirred)},
    {"solids_returned", offsetof(kd_bill, solids_returned)},
    {"solids_rejected", offsetof(kd_bill, solids_rejected)},
    {"dry_capacity", offsetof(kd_bill, dry_capacity)},
    {"leach_plant", offsetof(kd_bill, leach_plant)},
};

static void add_line(kd_bill *out, const kd_ledger *ledger, size_t slot, const kd_line *line, const char *stage) {
  for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
    if (line->item[0] != items[i].item[0] || strcmp(line->item, items[i].item) != 0) continue;
    *(double *)(void *)((char *)out + items[i].offset) += kd_ledger_slot(ledger, slot);
    return;
  }
  if (strcmp(line->item, "labour") == 0)
    *(strcmp(stage, "process") == 0 ? &out->labour : &out->labour_sea) += kd_ledger_slot(ledger, slot);
  if (strcmp(line->item, "productive_time") == 0 && line->labels != NULL)
    for (size_t i = 0; i < line->labels->count; i++)
      if (strcmp(line->labels->names[i], "lifting") == 0) out->lifting_time += kd_ledger_slot(ledger, slot + i);
}

void kd_bill_read(kd_bill *out, const kd_ledger *ledger) {
  memset(out, 0, sizeof *out);
  if (ledger == NULL) return;
  const kd_ledger_book *book = kd_ledger_get_book(ledger);
  size_t count = kd_ledger_book_size(book), slot = 0;
  while (slot < count) {
    const kd_line *line = kd_ledger_book_line(book, slot);
    add_line(out, ledger, slot, line, kd_ledger_book_stage(book, slot));
    slot += line->labels != NULL ? line->labels->count : 1;
  }
  out->fuel -= fmin(out->fuel_pressing, out->fuel);
  double used = out->electricity - out->grid_loss;
  if (used > 0) out->electricity -= fmin(out->dewatering_power / used, 1) * out->electricity;
}
