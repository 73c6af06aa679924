// SPDX-License-Identifier: Apache-2.0
/* Process to economy and supply: what leaves the plant for sale in a project year. SI. */
#ifndef KD_EXCHANGE_PRODUCTS_H
#define KD_EXCHANGE_PRODUCTS_H

#include "base/elements.h"

typedef enum kd_form { KD_FORM_NONE, KD_FORM_OXIDE, KD_FORM_METAL } kd_form;

typedef struct kd_product {
  kd_form form;
  double element; /* kg of the element a year */
  double mass;    /* kg of the product a year: oxide or metal */
  double purity;  /* kg of the product compound per kg of all rare-earth compounds in it (over TREO) */
} kd_product;

typedef struct kd_products {
  kd_product product[KD_ELEMENTS];
  double oxide_equivalent;      /* kg REO a year, all REY as oxide */
  double in_place[KD_ELEMENTS]; /* kg of each element in the mud delivered */
  double stages_total;          /* mixer-settler stages */
} kd_products;

#endif
