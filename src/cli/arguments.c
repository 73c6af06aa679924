// SPDX-License-Identifier: Apache-2.0
/* From words to options and operands, by the command's own table. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "cli/command.h"

const kd_option kd_common_options[] = {
    {"help", 'h', NULL, "Shows this help.", false},
    {"json", 0, NULL, "Prints JSON instead of text.", false},
    {"quiet", 'q', NULL, "Prints results and errors only.", false},
    {"no-color", 0, NULL, "Prints without colours; so does the variable NO_COLOR.", false},
};
const size_t kd_common_option_count = sizeof kd_common_options / sizeof kd_common_options[0];

static const kd_option *option_at(const kd_command *command, size_t index) {
  return index < command->option_count ? &command->options[index] : &kd_common_options[index - command->option_count];
}

static size_t option_total(const kd_command *command) {
  return command->option_count + kd_common_option_count;
}

static const kd_option *find_long(const kd_command *command, const char *name, size_t length) {
  for (size_t i = 0; i < option_total(command); i++) {
    const kd_option *option = option_at(command, i);
    if (strlen(option->name) == length && strncmp(option->name, name, length) == 0) return option;
  }
  return NULL;
}

static const kd_option *find_letter(const kd_command *command, char letter) {
  for (size_t i = 0; i < option_total(command); i++) {
    if (option_at(command, i)->letter == letter) return option_at(command, i);
  }
  return NULL;
}

static kd_status refuse_option(const kd_command *command, const char *word, kd_error *err) {
  const char *nearest = NULL;
  size_t best = 4;
  for (size_t i = 0; i < option_total(command); i++) {
    const char *name = option_at(command, i)->name;
    const size_t distance = kd_edit_distance(name, word + strspn(word, "-"), best);
    if (distance < best) {
      best = distance;
      nearest = name;
    }
  }
  return kd_error_set(err, KD_E_USAGE, "%s has no option '%s'%s%s%s", command->name, word,
                      nearest != NULL ? ": did you mean --" : "", nearest != NULL ? nearest : "",
                      nearest != NULL ? "?" : "");
}

static kd_status take(kd_arguments *self, const kd_option *option, const char *value, kd_error *err) {
  if (!option->repeatable && option->value != NULL && kd_has(self, option->name)) {
    return kd_error_set(err, KD_E_USAGE, "--%s is given twice", option->name);
  }
  if (self->givens == KD_MAX_VALUES) return kd_error_set(err, KD_E_USAGE, "more than %d options", KD_MAX_VALUES);
  self->given[self->givens].option = option;
  self->given[self->givens++].value = value;
  return KD_OK;
}

/* One word that begins with '-'; *used becomes 2 when the next word is its value. */
static kd_status take_option(kd_arguments *self, const char *word, const char *next, int *used, kd_error *err) {
  const kd_option *option;
  const char *value = NULL;
  if (word[1] == '-') {
    const char *equals = strchr(word, '=');
    const size_t length = equals != NULL ? (size_t)(equals - word - 2) : strlen(word + 2);
    option = find_long(self->command, word + 2, length);
    value = equals != NULL ? equals + 1 : NULL;
  } else {
    option = find_letter(self->command, word[1]);
    if (word[2] != '\0') value = word + 2;
  }
  if (option == NULL) return refuse_option(self->command, word, err);
  if (option->value == NULL) {
    if (value != NULL) return kd_error_set(err, KD_E_USAGE, "--%s takes no value", option->name);
    return take(self, option, "", err);
  }
  if (value == NULL) {
    if (next == NULL)
      return kd_error_set(err, KD_E_USAGE, "--%s wants a value: --%s %s", option->name, option->name, option->value);
    value = next;
    *used = 2;
  }
  return take(self, option, value, err);
}

kd_status kd_arguments_parse(kd_arguments *out, const kd_command *command, int count, char *const *words,
                             kd_error *err) {
  kd_status status = KD_OK;
  *out = (kd_arguments){.command = command};
  bool only_operands = false;
  for (int i = 0; i < count;) {
    const char *word = words[i];
    int used = 1;
    if (!only_operands && strcmp(word, "--") == 0) {
      only_operands = true;
    } else if (!only_operands && word[0] == '-' && word[1] != '\0') {
      KD_TRY(take_option(out, word, i + 1 < count ? words[i + 1] : NULL, &used, err));
    } else {
      KD_CHECK(out->operands < KD_MAX_VALUES, err, KD_E_USAGE, "more than %d arguments", KD_MAX_VALUES);
      out->operand[out->operands++] = word;
    }
    i += used;
  }
  if (kd_has(out, "help")) return KD_OK;
  KD_CHECK(out->operands >= command->least, err, KD_E_USAGE, "%s wants %s", command->name, command->operands);
  KD_CHECK(out->operands <= command->most, err, KD_E_USAGE, "%s: '%s' is one argument too many", command->name,
           out->operand[command->most]);
out:
  return status;
}

bool kd_has(const kd_arguments *self, const char *option) {
  return kd_value(self, option, NULL) != NULL;
}

const char *kd_value(const kd_arguments *self, const char *option, const char *otherwise) {
  for (size_t i = 0; i < self->givens; i++) {
    if (strcmp(self->given[i].option->name, option) == 0) return self->given[i].value;
  }
  return otherwise;
}

size_t kd_values(const char **out, const kd_arguments *self, const char *option) {
  size_t count = 0;
  for (size_t i = 0; i < self->givens; i++) {
    if (strcmp(self->given[i].option->name, option) == 0) out[count++] = self->given[i].value;
  }
  return count;
}

kd_status kd_whole(uint64_t *out, const kd_arguments *self, const char *option, uint64_t otherwise, uint64_t low,
                   uint64_t high, kd_error *err) {
  const char *text = kd_value(self, option, NULL);
  *out = otherwise;
  if (text == NULL) return KD_OK;
  char *end = NULL;
  errno = 0;
  const unsigned long long value = strtoull(text, &end, 10);
  if (text[0] < '0' || text[0] > '9' || *end != '\0') {
    return kd_error_set(err, KD_E_USAGE, "--%s '%s': a whole number is wanted", option, text);
  }
  if (errno != 0 || value < low || value > high) {
    return kd_error_set(err, KD_E_USAGE, "--%s %s: must be from %llu to %llu", option, text, (unsigned long long)low,
                        (unsigned long long)high);
  }
  *out = value;
  return KD_OK;
}
