# SPDX-License-Identifier: Apache-2.0
# gstat on the problems of deposit_kriging.c and deposit_cokriging.c: CPU seconds and rates.
suppressMessages({library(sp); library(gstat)})
halton <- function(n, b) sapply(1:n, function(i) { f <- 1; r <- 0; while (i > 0) { f <- f / b; r <- r + f * (i %% b); i <- i %/% b }; r })
field <- function(x, y) { u <- x / 1e5; v <- y / 1e5
  5000 + 800 * u - 500 * v + 900 * sin(7 * u) * cos(5 * v) + 300 * sin(23 * u + 17 * v) }
cpu <- function(what, n, unit, e) { t <- system.time(e)[["user.self"]]; cat(sprintf("gstat %s: CPU %.2f s, %.4g %s/s\n", what, t, n / t, unit)) }
# Rscript bench/deposit_kriging.R [kriging|cokriging]; nothing: both.
what <- commandArgs(trailingOnly = TRUE); all <- length(what) == 0
if (all || "kriging" %in% what) {
  d <- data.frame(x = 1e5 * halton(20000, 2), y = 1e5 * halton(20000, 3)); d$z <- field(d$x, d$y); coordinates(d) <- ~x + y
  cpu("variogram, 20000, all pairs, 40 lags", 199990000, "pairs", variogram(z ~ 1, d, cutoff = 141500, width = 141500 / 40))
  s <- 500; g <- expand.grid(x = (1:s - .5) * 1e5 / s, y = (1:s - .5) * 1e5 / s); coordinates(g) <- ~x + y
  cpu("ordinary kriging, 24 of 2000, 250000 nodes", s * s, "nodes", krige(z ~ 1, d[1:2000, ], g, vgm(9e5, "Sph", 3e4, 1e5), nmax = 24, debug.level = 0))
}
if (!all && !("cokriging" %in% what)) quit()
frac <- function(x) x - floor(x); i <- 1:40
p <- data.frame(x = 1e5 * frac(i * 0.754877666), y = 1e5 * frac(i * 0.569840291))
for (v in 0:14) p[[paste0("v", v)]] <- sin(p$x * (2 + v) / 1e5) + cos(p$y * (3 + .5 * v) / 1e5) + .1 * v
coordinates(p) <- ~x + y
b <- function(k, i, j) (if (i == j) .2 else 0) + (.3 + .1 * ((i + k) %% 4)) * (.3 + .1 * ((j + k) %% 4))
n <- 12; t <- expand.grid(x = 1e5 * (1:n - .5) / n, y = 1e5 * (1:n - .5) / n); coordinates(t) <- ~x + y
for (structures in 3:2) {
  e <- NULL
  for (v in 0:14) e <- gstat(e, paste0("v", v), as.formula(paste0("v", v, " ~ 1")), p, nmax = 24)
  for (i in 0:14) for (j in 0:i) {
    m <- vgm(b(1, i, j), "Sph", 3e4, b(0, i, j))
    if (structures == 3) m <- vgm(b(2, i, j), "Exp", 1.5e4, add.to = m)
    e <- if (i == j) gstat(e, paste0("v", i), model = m) else gstat(e, c(paste0("v", i), paste0("v", j)), model = m)
  }
  cpu(sprintf("co-kriging, 15 variables, 24 of 40 each, %d structures", structures), n * n, "targets", r <- predict(e, t, debug.level = 0))
  cat(sprintf("  first %.12g %.12g\n", r@data[1, 1], r@data[1, 2]))
}
