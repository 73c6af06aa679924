// SPDX-License-Identifier: Apache-2.0
/* Inside of the loader. The steps, in order: layers (files and assignments), bind (which value for which slot), resolve
 * (text to distribution), correlate, medians and contradictions, hash. Every step goes on after a defect. */
#ifndef KD_SCENARIO_INTERNAL_H
#define KD_SCENARIO_INTERNAL_H

#include "base/sha256.h"
#include "base/table.h"
#include "scenario/scenario.h"
#include "scenario/yaml.h"

#define KD_EXTENDS_MAX ((size_t)16)  /* files in a chain of extends */
#define KD_GROUP_MAX   ((size_t)256) /* slots that hang together by correlations */
#define KD_CSV_BYTES   ((size_t)64 << 20)

/* The stages whose tables make the keys. */
typedef struct kd_stage_list {
  const kd_programme_stage *stages;
  size_t count;
  size_t params_size; /* of the struct that holds all stages' parameters */
  void (*check)(const void *params, kd_contradiction_fn *report, void *user); /* between stages; NULL: none */
} kd_stage_list;

/* A file that was read: its bytes are kept, so that a changed scenario is checked against the same inputs. */
typedef struct kd_source {
  struct kd_source *next;
  kd_input_file shown;
  const char *bytes;
  size_t count;
  bool used; /* by this load; false: taken over from an earlier one */
} kd_source;

#define KD_ORDER_DEFAULT ((unsigned)2 << 20) /* diagnostics of the parameter tables come last */

typedef struct kd_layer {
  const kd_origin *origin;
  const kd_node *root; /* map, or NULL when the text is broken */
  bool file;           /* false: an assignment */
} kd_layer;

typedef struct kd_entry {
  kd_slot slot;
  const kd_node *node;    /* the last value given; NULL: the default */
  const kd_node *initial; /* the default, where it is a map */
  const kd_layer *layer;
  const char *source; /* given for all labels at once */
  int basis;          /* index, when the parameter has one */
  const char *basis_text;
  const kd_table *table;
  const char *path;     /* of its file, as it is written into a resolved scenario */
  const char *sha256;   /* of that file */
  const kd_node *shown; /* node or the default's: places for later findings */
  bool bad, whole;      /* defect found; whole: round after the draw */
  bool echo;            /* the same value as the label before: its defects are told once */
  const kd_node *correlate;
} kd_entry;

typedef struct kd_pair {
  size_t a, b; /* entries, a < b */
  double rho;  /* Spearman */
  kd_place place;
  size_t layer;
} kd_pair;

/* A group of correlated slots: y = L z, rows of the packed lower triangle L in the order of the members. */
typedef struct kd_copula {
  size_t count;
  size_t *draw;
  double *factor;
} kd_copula;

/* What a draw needs of a slot, close together. */
typedef struct kd_drawn {
  const kd_distribution *distribution;
  size_t offset; /* in the parameter struct */
  uint32_t stream;
  bool whole, grouped;
} kd_drawn;

struct kd_scenario {
  kd_context *ctx;
  kd_arena *arena;
  kd_stage_list list;
  const char *name, *description, *path;
  bool sealed;              /* no file but those taken over may be read */
  const char **assignments; /* kept for kd_scenario_set */
  size_t assignment_count;
  kd_source *sources;
  kd_table **tables;
  size_t table_count;
  kd_entry *entries;
  size_t count;
  const kd_entry **sorted; /* by key */
  kd_drawn *drawn;
  const kd_entry **draw_entry;
  size_t draws;
  kd_pair *pairs;
  size_t pair_count;
  kd_copula *groups;
  size_t group_count;
  void *medians;
  const kd_input_file **inputs;
  size_t input_count;
  char hash[KD_SHA256_HEX];
};

typedef struct kd_loader {
  kd_scenario *self;
  kd_diagnostics *all;
  kd_layer *layers; /* lowest first */
  size_t count;
  size_t main_layer; /* the file that was asked for; SIZE_MAX when it was not read */
  unsigned origins;  /* handed out */
  const char *home;  /* with a slash; "" when there is none */
  bool incomplete;   /* a file could not be used: what it gives is unknown */
  bool quiet;        /* defects are marked, but not told */
  size_t pair_room;
} kd_loader;

/* What to load. */
typedef struct kd_load_request {
  const kd_stage_list *list;
  const char *path;
  const char *bytes; /* text of path; NULL: read from disk */
  size_t count;
  bool sealed;
  const char *const *assignments;
  size_t assignment_count;
  const kd_source *sources; /* bytes to be used instead of reading again */
} kd_load_request;

kd_stage_list kd_stage_list_programme(void);

kd_status kd_scenario_build(kd_scenario **out, kd_context *ctx, const kd_load_request *request, kd_diagnostics **all);

/* A scenario from bytes over any list of stages; reads no file. name: for places. */
kd_status kd_scenario_load_bytes(kd_scenario **out, kd_context *ctx, const kd_stage_list *list, const char *name,
                                 const char *bytes, size_t count, const char *const *assignments,
                                 size_t assignment_count, kd_diagnostics **all);

/* layers.c */
kd_status kd_load_layers(kd_loader *loader, const kd_load_request *request);
/* Reads a file through the cache. *out is NULL and err is set when it cannot be used; returns KD_E_NOMEM or KD_OK. */
kd_status kd_load_file(const kd_source **out, kd_loader *loader, const char *path, size_t limit, kd_error *err);
/* Makes bytes known under a path, so that they are not read from disk. sha256 may be NULL. */
kd_status kd_load_known(kd_loader *loader, const char *path, const char *bytes, size_t count, const char *sha256);
/* Finds a file named in `origin`: beside it, under home (or home/`also`), under the working folder. *out is the path
 * that exists, or NULL; *tried tells where it was looked for. */
kd_status kd_find_file(const char **out, const char **tried, kd_loader *loader, const kd_origin *origin,
                       const char *name, const char *also);

/* bind.c */
kd_status kd_load_entries(kd_loader *loader);
kd_status kd_load_bind(kd_loader *loader);

/* defaults.c: those that are maps all at once, into entry->initial; one by itself, with its defects told. */
kd_status kd_load_defaults(kd_loader *loader);
kd_status kd_load_default(const kd_node **out, kd_loader *loader, const kd_entry *entry);

/* value.c */
kd_status kd_load_values(kd_loader *loader);
bool kd_value_is_word(const char *key); /* value, source, uniform, ...: what a value map may hold */

/* date.c: 2027-02-01 or 2027-02-01T12:00[:30][Z] */
kd_status kd_date_parse(double *out, const char *text, size_t *place, kd_error *err);
void kd_date_write(char *out, size_t capacity, double seconds);

/* correlate.c */
kd_status kd_load_correlations(kd_loader *loader);

/* draw.c */
kd_status kd_load_draws(kd_loader *loader);
void kd_draw_into(void *out, double *draws, const kd_scenario *self, uint64_t seed, uint64_t realisation);

/* hash.c */
kd_status kd_load_hash(kd_loader *loader);

/* schema.c, explain.c over any list of stages */
kd_status kd_schema_write_list(kd_text *out, kd_context *ctx, const kd_stage_list *list);
kd_status kd_explain_list(kd_text *out, kd_context *ctx, const kd_stage_list *list, const char *key, bool json,
                          kd_error *err);

/* Number of the choice `text` in "a|b|c", or -1; the index-th choice into a buffer. */
int kd_choice_index(const char *choices, const char *text);
void kd_choice_name(char *out, size_t capacity, const char *choices, int index);
size_t kd_choice_count(const char *choices);

#endif
