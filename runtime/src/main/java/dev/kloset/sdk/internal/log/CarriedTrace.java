package dev.kloset.sdk.internal.log;

import dev.kloset.support.Sentence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stack traces that servers send in the messages of exceptions: sentences leave them out, the debug log shows them. */
final class CarriedTrace {

    /** How many lines of the log one message may take. */
    private static final int MOST_PIECES = 16;

    /** A piece must fit a line of the log together with what precedes it. */
    private static final int PIECE = 3000;

    private static final int DEPTH = 20;

    private CarriedTrace() {}

    /** {@return the messages of {@code thrown} and its causes that a sentence shortens, in pieces of one line each} */
    static List<String> pieces(@Nullable Throwable thrown) {
        List<String> pieces = new ArrayList<>();
        Throwable reason = thrown;
        for (int depth = 0; depth < DEPTH && reason != null; depth++) {
            String message = reason.getMessage();
            if (message != null && message.indexOf('\n') >= 0
                    && !Sentence.of(message).equals(Sentence.of(Sentence.line(message)))) {
                add(SecretRedactor.ofThisProcess().hide(message), pieces);
            }
            reason = reason.getCause();
        }
        return pieces;
    }

    private static void add(String message, List<String> pieces) {
        StringBuilder piece = new StringBuilder();
        int first = pieces.size();
        for (String line : message.split("\n", -1)) {
            if (piece.length() + line.length() > PIECE && !piece.isEmpty()) {
                pieces.add(words(first, pieces.size(), piece));
                piece.setLength(0);
            }
            if (pieces.size() - first == MOST_PIECES) {
                return;
            }
            piece.append(line.strip()).append(' ');
        }
        pieces.add(words(first, pieces.size(), piece));
    }

    private static String words(int first, int now, StringBuilder piece) {
        return (now == first ? "the whole message was: " : "and went on: ") + Sentence.line(piece.toString());
    }
}
