package dev.kloset.files.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuotedNameTest {

    private static final String QUOTE = "\u201B";

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    @Test
    void ordinaryNamesStayAsTheyAre() {
        for (String name : new String[]{ "a", "é€😀", "two\nlines", "100%", QUOTE, QUOTE + "x", "x" + QUOTE,
            QUOTE + "41" }) {
            assertThat(QuotedName.of(name.getBytes(StandardCharsets.UTF_8))).isEqualTo(name);
            assertThat(QuotedName.bytes(name)).asString(StandardCharsets.UTF_8).isEqualTo(name);
        }
    }

    @Test
    void everyByteThatIsNotUtf8IsShownByItsDigits() {
        assertThat(QuotedName.of(hex("636166e9"))).isEqualTo("caf" + QUOTE + "E9");
        assertThat(QuotedName.of(hex("c3a9ff"))).isEqualTo("é" + QUOTE + "FF");
        assertThat(QuotedName.of(hex("e282"))).isEqualTo(QUOTE + "E2" + QUOTE + "82");
        assertThat(QuotedName.of(hex("eda080"))).isEqualTo(QUOTE + "ED" + QUOTE + "A0" + QUOTE + "80");
        for (int b = 0x80; b <= 0xFF; b++) {
            byte[] name = { (byte) b };
            assertThat(QuotedName.of(name)).isEqualTo("%s%02X".formatted(QUOTE, b));
            assertThat(QuotedName.bytes(QuotedName.of(name))).isEqualTo(name);
        }
    }

    @Test
    void aNameThatLooksQuotedIsDistinguished() {
        assertThat(QuotedName.of((QUOTE + "E9").getBytes(StandardCharsets.UTF_8))).isEqualTo(QUOTE + QUOTE + "E9");
        assertThat(QuotedName.of((QUOTE + QUOTE).getBytes(StandardCharsets.UTF_8))).isEqualTo(QUOTE.repeat(3));
    }

    @Test
    void differentNamesStayDifferentAndAllComeBack() {
        Random random = new Random(20261129);
        byte[][] parts = { hex("e2809b"), hex("e9"), hex("45"), hex("39"), hex("e2"), hex("80"), hex("9b"), hex("c3a9"),
            hex("f09f9880") };
        Map<String, String> seen = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            StringBuilder digits = new StringBuilder();
            for (int length = 1 + random.nextInt(7); length > 0; length--) {
                digits.append(HexFormat.of().formatHex(parts[random.nextInt(parts.length)]));
            }
            byte[] name = hex(digits.toString());
            String text = QuotedName.of(name);
            assertThat(HexFormat.of().formatHex(QuotedName.bytes(text))).as(text).isEqualTo(digits.toString());
            assertThat(seen.merge(text, digits.toString(), (one, other) -> one)).isEqualTo(digits.toString());
            assertThat(text.getBytes(StandardCharsets.UTF_8)).asString(StandardCharsets.UTF_8).isEqualTo(text);
        }
    }
}
