// SPDX-License-Identifier: Apache-2.0
/* kaidei: deep-sea rare-earth mud from the seabed to a safer supply. The public interface, all of it. */
#ifndef KAIDEI_H
#define KAIDEI_H

#include "kaidei/context.h"
#include "kaidei/error.h"
#include "kaidei/eval.h"
#include "kaidei/run.h"
#include "kaidei/scenario.h"
#include "kaidei/status.h"

#endif
