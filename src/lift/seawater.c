// SPDX-License-Identifier: Apache-2.0
/* Sea water: density, temperature scales, viscosity, gravity.
 *
 *   1/rho = sum v_ijk xs^i ys^j z^k                                                     (1)
 *   xs = sqrt((SA + 24 g/kg) / (40 g/kg 35.16504/35))   ys = CT / 40 degC   z = p / 100 MPa
 *
 *   eta(SA, T, p) = -0.025 sum c_ijk x^i y^j z^k                                        (2)
 *   x = sqrt(SA / (40 g/kg 35.16504/35))   y = T / 40 degC       theta: eta(SA, theta, 0) = eta(SA, T, p)
 *   CT = h0(SA, theta) / cp0,   h0 = sum h_ij x^i y^j                                   (3)
 *   SA = SP 35.16504/35 g/kg                                                            (4)
 *   mu = mu_w (1 + A s + B s^2),  mu_w = 4.2844e-5 + 1/(0.157 (T + 64.993)^2 - 91.296)   (5)
 *   g  = 9.780327 (1 + 5.2792e-3 sin^2 L + 2.32e-5 sin^4 L)(1 + 2.26e-7 depth)           (6)
 *
 *   SA  absolute salinity          T   in-situ temperature [degC]      rho  density        [kg/m3]
 *   SP  practical salinity [1]     CT  conservative temperature        mu   viscosity      [Pa s]
 *   p   sea pressure               theta  potential temperature        eta  entropy (part) [J/(kg K)]
 *
 * Source    (1) Roquet, Madec, McDougall, Barker 2015, Ocean Modelling 90, 29, table of the specific-volume polynomial;
 *           (2), (3) IOC, SCOR, IAPSO 2010, TEOS-10 manual, appendices G and P (Feistel 2003, 2008); (4) Millero et al.
 *           2008; (5) Sharqawy, Lienhard, Zubair 2010, eq. 22 and 23; (6) Moritz 2000 (GRS80) as in TEOS-10 appendix D.
 * Range     (1) ocean water to 80 MPa; (5) 0-180 degC, 0-150 g/kg, one atmosphere.
 * Weakness  (4) leaves out the regional anomaly of composition, under 0.03 g/kg (0.02 kg/m3) in the open ocean; (5)
 * does not rise with pressure: near 2 degC water at 60 MPa is about 3 % less viscous.
 */
#include "lift/seawater.h"

#include <math.h>
#include <stddef.h>

#define REFERENCE_FACTOR (35.16504e-3 / 35.0)              /* kg/kg per unit of practical salinity */
#define SALINITY_SCALE   (1.0 / (40.0 * REFERENCE_FACTOR)) /* 1/(kg/kg) */
#define SALINITY_SHIFT   24e-3                             /* kg/kg */
#define HEAT_CAPACITY    3991.86795711963                  /* J/(kg K), cp0 of TEOS-10 (exact by definition) */

/* v of (1): for each power of z, for each power of ys, the powers of xs from 0. */
static const double volume_0[7][7] = {
    {1.0769995862e-3, -3.1038981976e-4, 6.6928067038e-4, -8.5047933937e-4, 5.8086069943e-4, -2.1092370507e-4,
     3.1932457305e-5},
    {-1.5649734675e-5, 3.5009599764e-5, -4.3592678561e-5, 3.4532461828e-5, -1.1959409788e-5, 1.3864594581e-6},
    {2.7762106484e-5, -3.7435842344e-5, 3.5907822760e-5, -1.8698584187e-5, 3.8595339244e-6},
    {-1.6521159259e-5, 2.4141479483e-5, -1.4353633048e-5, 2.2863324556e-6},
    {6.9111322702e-6, -8.7595873154e-6, 4.3703680598e-6},
    {-8.0539615540e-7, -3.3052758900e-7},
    {2.0543094268e-7}};
static const double volume_1[6][6] = {
    {-6.0799143809e-5, 2.4262468747e-5, -3.4792460974e-5, 3.7470777305e-5, -1.7322218612e-5, 3.0927427253e-6},
    {1.8505765429e-5, -9.5677088156e-6, 1.1100834765e-5, -9.8447117844e-6, 2.5909225260e-6},
    {-1.1716606853e-5, -2.3678308361e-7, 2.9283346295e-6, -4.8826139200e-7},
    {7.9279656173e-6, -3.4558773655e-6, 3.1655306078e-7},
    {-3.4102187482e-6, 1.2956717783e-6},
    {5.0736766814e-7}};
static const double volume_2[5][5] = {
    {9.9856169219e-6, -5.8484432984e-7, -4.8122251597e-6, 4.9263106998e-6, -1.7811974727e-6},
    {-1.1736386731e-6, -5.5699154557e-6, 5.4620748834e-6, -1.3544185627e-6},
    {2.1305028740e-6, 3.9137387080e-7, -6.5731104067e-7},
    {-4.6132540037e-7, 7.7618888092e-9},
    {-6.3352916514e-8}};
static const double volume_3[3][3] = {
    {-1.1309361437e-6, 3.6310188515e-7, 1.6746303780e-8}, {-3.6527006553e-7, -2.7295696237e-7}, {2.8695905159e-7}};
static const double volume_4[2][2] = {{1.0531153080e-7, -1.1147125423e-7}, {3.1454099902e-7}};
#define VOLUME_5 (-1.2647261286e-8)
#define VOLUME_6 1.9613503930e-9

/* One triangle of coefficients: sum c[j][i] x^i y^j with i + j < n. */
static inline double triangle(const double *c, size_t n, double x, double y) {
  double sum = 0;
  for (size_t j = n; j-- > 0;) {
    double row = 0;
    for (size_t i = n - j; i-- > 0;) row = row * x + c[j * n + i];
    sum = sum * y + row;
  }
  return sum;
}

void kd_seawater_volume_terms(double terms[KD_SEAWATER_TERMS], double absolute_salinity,
                              double conservative_temperature) {
  double x = sqrt((absolute_salinity + SALINITY_SHIFT) * SALINITY_SCALE);
  double y = conservative_temperature * 0.025;
  terms[0] = triangle(&volume_0[0][0], 7, x, y);
  terms[1] = triangle(&volume_1[0][0], 6, x, y);
  terms[2] = triangle(&volume_2[0][0], 5, x, y);
  terms[3] = triangle(&volume_3[0][0], 3, x, y);
  terms[4] = triangle(&volume_4[0][0], 2, x, y);
  terms[5] = VOLUME_5;
  terms[6] = VOLUME_6;
}

double kd_seawater_density_of(const double terms[KD_SEAWATER_TERMS], double pressure) {
  double z = pressure * 1e-8, v = terms[6];
  for (int k = 6; k-- > 0;) v = v * z + terms[k];
  return 1.0 / v;
}

double kd_seawater_density(double absolute_salinity, double conservative_temperature, double pressure) {
  double terms[KD_SEAWATER_TERMS];
  kd_seawater_volume_terms(terms, absolute_salinity, conservative_temperature);
  return kd_seawater_density_of(terms, pressure);
}

/* A row of (2) or (3): x^salt z^press (c0 + c1 y + c2 y^2 ...). */
typedef struct row {
  int salt, press, count;
  double c[8];
} row;

static const row entropy_rows[] = {
    {0,
     0,
     7,
     {0.0, -24715.571866078, 2210.2236124548363, -592.743745734632, 290.12956292128547, -113.90630790850321,
      21.35571525415769}},
    {2, 0, 6, {0.0, 1760.062705994408, -675.802947790203, 365.7041791005036, -108.30162043765552, 12.78101825083098}},
    {3, 0, 4, {0.0, -86.1329351956084, -30.0682112585625, 3.50240264723578}},
    {4, 0, 5, {0.0, -137.1145018408982, 148.10030845687618, -68.5590309679152, 12.4848504784754}},
    {0,
     1,
     7,
     {-270.983805184062, 2910.0729080936, -2017.52334943521, 1591.873781627888, -973.091553087975, 381.06836198507096,
      -67.41756835751434}},
    {2, 1, 4, {729.116529735046, -1721.528607567954, 2082.7344423998043, -1190.914967948748}},
    {3, 1, 4, {-175.292041186547, 766.116132004952, -1380.9597954037708, 938.26075044542}},
    {4, 1, 1, {-22.6683558512829}},
    {0,
     2,
     6,
     {776.153611613101, -1513.116771538718, 1498.081172457456, -1207.261522487504, 602.603274510125,
      -133.7383902842754}},
    {2, 2, 4, {-343.956902961561, 674.819060538734, -614.668925894709, 298.904564555024}},
    {3, 2, 2, {83.1923927801819, -108.3834525034224}},
    {0,
     3,
     6,
     {-196.51255088122, 546.959324647056, -718.6359919632359, 608.785486935364, -276.361526170076, 49.023632509086724}},
    {2, 3, 4, {124.687671116248, -356.629112415276, 340.685093521782, -145.9491676006352}},
    {3, 3, 2, {-29.483064349429, 51.2796974779828}},
    {0, 4, 5, {28.9796526294175, -111.1208127634436, 146.4037555781616, -105.4993508931208, 32.40953340386105}},
    {2, 4, 3, {-31.656964386073, 88.4080716616, -33.3848202979239}},
    {0, 5, 3, {-2.13290083518327, 8.68841343834394, -4.9892131862671505}},
    {2, 5, 2, {7.04658803315449, -15.84003094423364}}};
#define ENTROPY_ROWS_SURFACE 4 /* rows without pressure come first */
#define ENTROPY_ROWS         (sizeof entropy_rows / sizeof entropy_rows[0])

static const row enthalpy_rows[] = {
    {0,
     0,
     8,
     {61.01362420681071, 168776.46138048015, -2735.2785605119625, 2574.2164453821433, -1536.6644434977543,
      545.7340497931629, -50.91091728474331, -18.30489878927802}},
    {2,
     0,
     7,
     {268.5520265845071, -12019.028203559312, 3734.858026725145, -2046.7671145057618, 465.28655623826234,
      -0.6370820302376359, -10.650848542359153}},
    {3, 0, 5, {937.2099110620707, 588.1802812170108, 248.39476522971285, -3.871557904936333, -2.6268019854268356}},
    {4,
     0,
     6,
     {-1687.914374187449, 936.3206544460336, -942.7827304544439, 369.4389437509002, -33.83664947895248,
      -9.987880382780322}},
    {5, 0, 1, {246.9598888781377}},
    {6, 0, 1, {123.59576582457964}},
    {7, 0, 1, {-48.5891069025409}}};

static double rows_value(const row *rows, size_t count, double x, double y, double z) {
  double power_x[8] = {1}, power_z[6] = {1};
  for (size_t i = 1; i < 8; i++) power_x[i] = power_x[i - 1] * x;
  for (size_t i = 1; i < 6; i++) power_z[i] = power_z[i - 1] * z;
  double sum = 0;
  for (size_t r = 0; r < count; r++) {
    double inner = 0;
    for (int j = rows[r].count; j-- > 0;) inner = inner * y + rows[r].c[j];
    sum += inner * power_x[rows[r].salt] * power_z[rows[r].press];
  }
  return sum;
}

/* Derivative of the surface rows by y. */
static double surface_slope(double x, double y) {
  double power_x[8] = {1};
  for (size_t i = 1; i < 8; i++) power_x[i] = power_x[i - 1] * x;
  double sum = 0;
  for (size_t r = 0; r < ENTROPY_ROWS_SURFACE; r++) {
    double inner = 0;
    for (int j = entropy_rows[r].count; j-- > 1;) inner = inner * y + j * entropy_rows[r].c[j];
    sum += inner * power_x[entropy_rows[r].salt];
  }
  return sum;
}

double kd_seawater_absolute_salinity(double practical_salinity) {
  return practical_salinity * REFERENCE_FACTOR;
}

/* Newton on (2) from the adiabatic change of cold deep water, 0.09 K for each 10 MPa: two steps reach rounding. */
double kd_seawater_potential_temperature(double absolute_salinity, double temperature, double pressure) {
  double x = sqrt(absolute_salinity * SALINITY_SCALE);
  if (!(pressure > 0)) return temperature;
  double wanted = rows_value(entropy_rows, ENTROPY_ROWS, x, temperature * 0.025, pressure * 1e-8);
  double y = (temperature - 0.9e-8 * pressure) * 0.025;
  for (int step = 0; step < 5; step++) {
    double change = (rows_value(entropy_rows, ENTROPY_ROWS_SURFACE, x, y, 0) - wanted) / surface_slope(x, y);
    y -= change;
    if (fabs(change) < 1e-7) break;
  }
  return y * 40.0;
}

double kd_seawater_conservative_from_potential(double absolute_salinity, double potential_temperature) {
  double x = sqrt(absolute_salinity * SALINITY_SCALE);
  size_t count = sizeof enthalpy_rows / sizeof enthalpy_rows[0];
  return rows_value(enthalpy_rows, count, x, potential_temperature * 0.025, 0) / HEAT_CAPACITY;
}

double kd_seawater_conservative_temperature(double absolute_salinity, double temperature, double pressure) {
  double theta = kd_seawater_potential_temperature(absolute_salinity, temperature, pressure);
  return kd_seawater_conservative_from_potential(absolute_salinity, theta);
}

double kd_seawater_viscosity(double absolute_salinity, double temperature) {
  double t = temperature, s = absolute_salinity;
  double water = 4.2844e-5 + 1.0 / (0.157 * (t + 64.993) * (t + 64.993) - 91.296);
  double a = 1.541 + (1.998e-2 - 9.52e-5 * t) * t;
  double b = 7.974 + (-7.561e-2 + 4.724e-4 * t) * t;
  return water * (1.0 + (a + b * s) * s);
}

double kd_gravity(double latitude, double depth) {
  double s = sin(latitude), s2 = s * s;
  return 9.780327 * (1.0 + (5.2792e-3 + 2.32e-5 * s2) * s2) * (1.0 + 2.26e-7 * depth);
}
