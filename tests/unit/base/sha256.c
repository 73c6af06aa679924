// SPDX-License-Identifier: Apache-2.0
/* SHA-256 against the known answers of FIPS 180-4 (examples of the Secure Hash Standard). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/kernel.h"
#include "base/sha256.h"

static void test_known_answers(void **state) {
  (void)state;
  static const struct {
    const char *text, *hex;
  } cases[] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqr"
       "stu",
       "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
  };
  for (size_t i = 0; i < KD_COUNT(cases); i++) {
    char hex[KD_SHA256_HEX];
    kd_sha256_hex(hex, cases[i].text, strlen(cases[i].text));
    assert_string_equal(hex, cases[i].hex);
  }
}

static void test_million_in_pieces(void **state) {
  (void)state;
  char piece[97], hex[KD_SHA256_HEX];
  memset(piece, 'a', sizeof piece);
  kd_sha256 hash;
  kd_sha256_start(&hash);
  for (size_t left = 1000000; left > 0;) {
    const size_t take = left < sizeof piece ? left : sizeof piece;
    kd_sha256_add(&hash, piece, take);
    left -= take;
  }
  kd_sha256_finish(hex, &hash);
  assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* Every length round the block boundary: pieces and whole agree. */
static void test_pieces_agree_with_whole(void **state) {
  (void)state;
  char text[200], whole[KD_SHA256_HEX], parts[KD_SHA256_HEX];
  for (size_t i = 0; i < sizeof text; i++) text[i] = (char)(i * 7);
  for (size_t n = 0; n <= sizeof text; n++) {
    kd_sha256_hex(whole, text, n);
    kd_sha256 hash;
    kd_sha256_start(&hash);
    for (size_t i = 0; i < n; i++) kd_sha256_add(&hash, text + i, 1);
    kd_sha256_finish(parts, &hash);
    assert_string_equal(whole, parts);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_known_answers),
      cmocka_unit_test(test_million_in_pieces),
      cmocka_unit_test(test_pieces_agree_with_whole),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
