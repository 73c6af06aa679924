# SPDX-License-Identifier: Apache-2.0
# What is linked, in one place. Nothing GPL.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(FYAML REQUIRED IMPORTED_TARGET libfyaml)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
find_library(KD_XLSXWRITER xlsxwriter REQUIRED)
find_path(KD_RANDOM123 Random123/philox.h REQUIRED)

add_library(kd_dependencies INTERFACE)
target_link_libraries(kd_dependencies INTERFACE PkgConfig::FYAML PkgConfig::JANSSON PkgConfig::SQLITE
  ${KD_XLSXWRITER} Threads::Threads m)

# Map projections beyond UTM; solvers of linear programmes (EPL). What is missing is left out and says so when asked for.
pkg_check_modules(PROJ IMPORTED_TARGET proj)
if(PROJ_FOUND)
  target_link_libraries(kd_dependencies INTERFACE PkgConfig::PROJ)
  target_compile_definitions(kd_dependencies INTERFACE KD_HAVE_PROJ)
else()
  message(STATUS "libproj is missing: only UTM and local transverse Mercator")
endif()

pkg_check_modules(CBC IMPORTED_TARGET cbc clp)
if(CBC_FOUND)
  target_link_libraries(kd_dependencies INTERFACE CbcSolver Cbc ClpSolver Clp CoinUtils OsiClp Osi Cgl)
  target_compile_definitions(kd_dependencies INTERFACE KD_HAVE_CBC)
else()
  message(STATUS "Clp and Cbc are missing: the mine plan is the greedy one")
endif()
