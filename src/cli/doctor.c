// SPDX-License-Identifier: Apache-2.0
/* kaidei doctor: what is installed, what is missing, and whether this build can do its work here. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/context.h"
#include "base/files.h"
#include "base/json.h"
#include "cli/commands.h"
#include "cli/shared.h"
#include "programme/registry.h"
#include "results/versions.h"

typedef struct kd_finding {
  const char *what;
  char found[512];
  bool ok;
} kd_finding;

static kd_finding folder(kd_context *ctx, const char *name) {
  kd_finding finding = {.what = name};
  kd_file_info info;
  if (kd_path_join(finding.found, sizeof finding.found, ctx->home, name, NULL) != KD_OK) return finding;
  finding.ok = ctx->home[0] != '\0' && ctx->files.inspect(&info, finding.found, ctx->files.user) == 0 && info.is_folder;
  return finding;
}

static kd_finding writable(void) {
  kd_finding finding = {.what = "current folder"};
  finding.ok = access(".", W_OK) == 0;
  snprintf(finding.found, sizeof finding.found,
           finding.ok ? "can be written" : "cannot be written: give `run` a folder with -o");
  return finding;
}

static int doctor(const kd_arguments *arguments, kd_context *ctx) {
  kd_finding findings[32];
  size_t count = 0;
  bool ok = true;
  findings[count++] = folder(ctx, "data");
  findings[count++] = folder(ctx, "scenarios");
  findings[count++] = folder(ctx, "claims");
  findings[count++] = writable();
  kd_finding threads = {.what = "processors", .ok = true};
  snprintf(threads.found, sizeof threads.found, "%ld", sysconf(_SC_NPROCESSORS_ONLN));
  findings[count++] = threads;
  kd_finding kernels = {.what = "kernels", .ok = kd_kernel_count() > 0};
  snprintf(kernels.found, sizeof kernels.found, "%zu", kd_kernel_count());
  findings[count++] = kernels;
  for (size_t i = 0; i < kd_library_count() && count < 32; i++) {
    kd_finding library = {.what = kd_library_name(i), .ok = true};
    snprintf(library.found, sizeof library.found, "%s", kd_library_version(i));
    findings[count++] = library;
  }
  kd_text text;
  kd_text_init(&text, ctx);
  const bool json = kd_has(arguments, "json");
  kd_json list = kd_json_start(&text);
  if (json) kd_json_open(&list, NULL, '[');
  for (size_t i = 0; i < count; i++) {
    ok = ok && findings[i].ok;
    if (json) {
      kd_json_open(&list, NULL, '{');
      kd_json_text(&list, "what", findings[i].what);
      kd_json_text(&list, "found", findings[i].found);
      kd_json_flag(&list, "ok", findings[i].ok);
      kd_json_close(&list, '}');
    } else {
      kd_text_printf(&text, "%-8s %-16s %s\n", findings[i].ok ? "ok" : "MISSING", findings[i].what, findings[i].found);
    }
  }
  if (json) kd_json_close(&list, ']');
  if (json) kd_text_add(&text, "\n");
  const int code = kd_print(&text);
  return code != 0 ? code : ok ? 0 : 5;
}

static const char *const examples[] = {"kaidei doctor", "first thing to send with a question", NULL};

const kd_command kd_command_doctor = {.name = "doctor",
                                      .operands = "",
                                      .summary = "Tells what is installed and what is missing.",
                                      .examples = examples,
                                      .run = doctor};
