# SPDX-License-Identifier: Apache-2.0
# meuse, jura and walker by gstat and by `kaidei eval`: the largest difference over the spread of a column is at most 1e-9.
# Coordinates are moved by up to 0.4 m: samples on a net tie, and gstat's choice among ties depends on its tree.
suppressMessages({library(sp); library(gstat)}); options(digits = 17)
kaidei <- commandArgs(TRUE)[1]; failed <- 0
put <- function(d, file, head) {
  cells <- sapply(d, function(x) ifelse(is.na(x), "", format(x, digits = 17, trim = TRUE)))
  write.table(cells, file, sep = ",", row.names = FALSE, col.names = head, quote = FALSE)
}
run <- function(kernel, data, set) {
  a <- c("eval", kernel, rbind("--data", data), rbind("--set", set), "-o", "out.csv")
  if (system2(kaidei, shQuote(a)) != 0) stop("kaidei failed: ", kernel)
  r <- read.csv("out.csv", check.names = FALSE); names(r) <- sub(" \\[.*", "", names(r)); r
}
same <- function(what, ours, theirs, limit = 1e-9) {
  spread <- max(sd(theirs), 1e-300); worst <- max(abs(ours - theirs)) / spread
  ok <- length(ours) == length(theirs) && is.finite(worst) && worst <= limit
  cat(sprintf("%-28s %8.1e %s\n", what, worst, if (ok) "" else "FAILED")); if (!ok) failed <<- failed + 1
}
move <- function(d) { i <- seq_len(nrow(d)); d$x <- d$x + 0.4 * sin(3 * i); d$y <- d$y + 0.4 * cos(7 * i); d }
data(meuse); data(meuse.grid); m <- move(meuse); m$lz <- log(m$zinc); m$ll <- log(m$lead); m$lc <- log(m$copper)
g <- move(meuse.grid[seq(1, 3103, 31), ])
put(m[, c("x", "y", "lz", "ll", "lc", "dist", "zinc")], "meuse.csv", c("x [m]", "y [m]", "lz", "ll", "lc", "dist", "zinc"))
put(g[, c("x", "y", "dist")], "grid.csv", c("x [m]", "y [m]", "dist"))
ms <- m; coordinates(ms) <- ~x + y; gs <- g; coordinates(gs) <- ~x + y
v <- vgm(.59, "Sph", 897, .05); text <- "model=0.05 nugget + 0.59 spherical(897 m)"
d <- c("samples=meuse.csv", "targets=grid.csv")
check <- function(what, k, set, data = d) {
  k <- as.data.frame(k); o <- run("deposit.kriging", data, c("value=lz", set))
  same(what, o$estimate, k$var1.pred); same(paste(what, "variance"), o$variance, k$var1.var)
}
K <- function(f, l, n, ...) krige(f, l, n, debug.level = 0, ...)
check("ordinary", K(lz ~ 1, ms, gs, v, nmax = 24), c(text, "neighbours=24"))
check("simple", K(lz ~ 1, ms, gs, v, beta = 5.9, nmax = 16), c(text, "neighbours=16", "method=simple", "mean=5.9"))
check("universal", K(lz ~ x + y, ms, gs, v, nmax = 30), c(text, "neighbours=30", "method=universal", "trend=1"))
check("drift", K(lz ~ dist, ms, gs, v), c(text, "method=universal", "drift=dist"))
check("block", K(lz ~ 1, ms, gs, v, nmax = 24, block = c(40, 40)), c(text, "neighbours=24", "block_x=40 m", "block_y=40 m"))
check("quadrants", K(lz ~ 1, ms, gs, v, nmax = 20, maxdist = 800, omax = 3),
      c(text, "neighbours=20", "radius=800 m", "sectors=4", "per_sector=3", "sector_rule=trim"))
check("nested", K(lz ~ 1, ms, gs, vgm(.3, "Sph", 897, anis = c(45, .5), add.to = vgm(.3, "Exp", 300, .05, anis = c(20, .3))), nmax = 24),
      c("model=0.05 nugget + 0.3 Exp(300, semi 90, azimuth 20) + 0.3 Sph(897, semi 448.5, azimuth 45)", "neighbours=24"))
cv <- as.data.frame(krige.cv(lz ~ 1, ms, v, nmax = 24, debug.level = 0, verbose = FALSE))
o <- run("deposit.cross_validation", d[1], c("value=lz", text, "neighbours=24"))
same("cross-validation", o$estimate, cv$var1.pred); same("cross-validation variance", o$variance, cv$var1.var)
i <- as.data.frame(K(I(zinc <= 500) ~ 1, ms, gs, vgm(.15, "Sph", 900, .03), nmax = 20))
o <- run("deposit.indicator_kriging", d, c("value=zinc", "model=0.03 nugget + 0.15 spherical(900 m)", "neighbours=20", "cutoffs=500"))
same("indicator", o$raw, i$var1.pred)
a <- variogram(lz ~ 1, ms, alpha = c(0, 45, 90, 135)); o <- run("deposit.experimental_variogram", d[1], c("value=lz", "azimuth=0,45,90,135"))
same("variogram", o$semivariance, a$gamma); same("variogram distance", o$distance, a$dist)
a <- variogram(lz ~ 1, ms); put(a[, c("np", "dist", "gamma")], "lags.csv", c("pairs", "distance [m]", "semivariance"))
f <- fit.variogram(a, vgm(1, "Sph", 900, 1))
o <- run("deposit.variogram_fit", "lags=lags.csv", c("model=1 nugget + 1 spherical(900 m)", "search=local"))
same("fit", c(o$sill, o$range[2]), c(f$psill, f$range[2]))
e <- gstat(NULL, "lz", lz ~ 1, ms, nmax = 21); e <- gstat(e, "ll", ll ~ 1, ms, nmax = 21)
e <- gstat(e, "lc", lc ~ 1, ms[21:155, ], nmax = 21); full <- gstat(NULL, "lz", lz ~ 1, ms)
full <- gstat(full, "ll", ll ~ 1, ms); full <- gstat(full, "lc", lc ~ 1, ms)
w <- variogram(full); full <- gstat(full, model = vgm(.5, "Sph", 900, .1), fill.all = TRUE); full <- fit.lmc(w, full); e$model <- full$model
n <- c("lz", "ll", "lc"); rows <- NULL
for (p in 1:3) for (q in 1:p) {
  s <- full$model[[if (p == q) n[p] else paste(n[q], n[p], sep = ".")]]$psill
  rows <- rbind(rows, data.frame(n[p], n[q], c("nugget", "spherical"), s, c(NA, 900)))
}
put(rows, "lmc.csv", c("first", "second", "structure", "sill", "range [m]"))
h <- m; h$lc[1:20] <- NA; put(h[, c("x", "y", "lz", "ll", "lc")], "hetero.csv", c("x [m]", "y [m]", "lz", "ll", "lc"))
p <- as.data.frame(predict(e, gs, debug.level = 0))
o <- run("deposit.cokriging", c("samples=hetero.csv", "targets=grid.csv", "model=lmc.csv"), "neighbours=21")
for (x in n) { same(paste("co-kriging", x), o[[x]], p[[paste0(x, ".pred")]]); same(paste("co-kriging variance", x), o[[paste0(x, "_variance")]], p[[paste0(x, ".var")]]) }
data(jura); j <- jura.pred; j$x <- j$Xloc * 1000; j$y <- j$Yloc * 1000; j$lz <- j$Co; j <- move(j); t <- jura.val; t$x <- t$Xloc * 1000; t$y <- t$Yloc * 1000; t <- move(t)
put(j[, c("x", "y", "lz")], "jura.csv", c("x [m]", "y [m]", "lz")); put(t[, c("x", "y")], "val.csv", c("x [m]", "y [m]"))
coordinates(j) <- ~x + y; coordinates(t) <- ~x + y
check("jura", K(lz ~ 1, j, t, vgm(10, "Exp", 250, 1.5), nmax = 20), c("model=1.5 nugget + 10 exponential(250 m)", "neighbours=20"), c("samples=jura.csv", "targets=val.csv"))
data(walker); u <- as.data.frame(walker); names(u)[1:2] <- c("x", "y"); u <- move(u); u$lz <- u$V; u <- u[!is.na(u$V), ]
r <- move(data.frame(x = rep(seq(13, 250, 24), 12), y = rep(seq(11, 290, 25), each = 10)))
put(u[, c("x", "y", "lz")], "walker.csv", c("x [m]", "y [m]", "lz")); put(r, "net.csv", c("x [m]", "y [m]"))
coordinates(u) <- ~x + y; coordinates(r) <- ~x + y
check("walker", K(lz ~ 1, u, r, vgm(60000, "Sph", 40, 20000), nmax = 24), c("model=20000 nugget + 60000 spherical(40 m)", "neighbours=24"), c("samples=walker.csv", "targets=net.csv"))
quit(status = if (failed > 0) 1 else 0)
