package dev.kloset.sdk.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CarriedTraceTest {

    private static String trace(int frames) {
        return IntStream.range(0, frames)
                .mapToObj(i -> "\tat org.example.Server.call" + i + "(Server.java:" + i + ")")
                .collect(Collectors.joining("\n", "denied\n", "\n"));
    }

    @Test
    void aTraceInAMessageIsKeptInPiecesThatFitALine() {
        List<String> pieces = CarriedTrace.pieces(new IOException("cannot list", new IOException(trace(200))));

        assertThat(pieces).hasSizeGreaterThan(1).allMatch(piece -> piece.length() < 3100 && piece.indexOf('\n') < 0);
        assertThat(pieces.getFirst()).startsWith("the whole message was: denied at org.example.Server.call0(");
        String all = String.join(" ", pieces);
        IntStream.range(0, 200).forEach(i -> assertThat(all).contains("Server.java:" + i + ")"));
    }

    @Test
    void anEndlessTraceIsBounded() {
        assertThat(CarriedTrace.pieces(new IOException(trace(100_000)))).hasSizeLessThan(20);
    }

    @Test
    void anOrdinaryMessageIsNotRepeated() {
        assertThat(CarriedTrace.pieces(new IOException("first\nsecond", new IOException("third")))).isEmpty();
        assertThat(CarriedTrace.pieces(null)).isEmpty();
    }
}
