package dev.kloset.exclude;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pattern for one name, as Go's {@code filepath.Match} reads it on Unix: {@code *}, {@code ?}, classes with ranges, and the
 * backslash. Names are bytes, because in Go {@code *} may end after any byte.
 */
final class NamePattern {

    /** What to try at one place. */
    private sealed interface Token {

        /** {@return where it ends in {@code name}, or -1} There is at least one byte at {@code at}. */
        int end(byte[] name, int at);
    }

    private record Exactly(byte value) implements Token {
        @Override
        public int end(byte[] name, int at) {
            return name[at] == value ? at + 1 : -1;
        }
    }

    private record Any() implements Token {
        @Override
        public int end(byte[] name, int at) {
            return at + Utf8Letter.length(name, at);
        }
    }

    private record OneOf(boolean negated, List<LetterRange> ranges) implements Token {
        @Override
        public int end(byte[] name, int at) {
            int letter = Utf8Letter.at(name, at);
            boolean found = ranges.stream().anyMatch(range -> range.first() <= letter && letter <= range.last());
            return found == negated ? -1 : at + Utf8Letter.length(name, at);
        }
    }

    private record LetterRange(int first, int last) {}

    /**
     * The part between two stars.
     *
     * @param anywhere whether a star precedes it
     */
    private record Chunk(boolean anywhere, List<Token> tokens) {

        /** {@return where it ends, or -1} */
        int end(byte[] name, int from) {
            int at = from;
            for (int i = 0; i < tokens.size() && at >= 0; i++) {
                at = at < name.length ? tokens.get(i).end(name, at) : -1;
            }
            return at;
        }
    }

    private final List<Chunk> chunks = new ArrayList<>();

    private NamePattern() {}

    /** {@return the pattern, or nothing if it is malformed and therefore matches no name} */
    static Optional<NamePattern> of(String pattern) {
        NamePattern compiled = new NamePattern();
        byte[] bytes = pattern.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        while (at < bytes.length) {
            int start = at;
            while (start < bytes.length && bytes[start] == '*') {
                start++;
            }
            int end = chunkEnd(bytes, start);
            List<Token> tokens = new Parser(bytes, start, end).tokens();
            if (tokens == null) {
                return Optional.empty();
            }
            compiled.chunks.add(new Chunk(start > at, tokens));
            at = end;
        }
        return Optional.of(compiled);
    }

    /** A star ends a chunk unless it stands in brackets. Here the first {@code ]} closes these, whatever it means. */
    private static int chunkEnd(byte[] pattern, int start) {
        boolean inBrackets = false;
        int at = start;
        while (at < pattern.length && (inBrackets || pattern[at] != '*')) {
            switch (pattern[at]) {
                case '\\' -> at++;
                case '[' -> inBrackets = true;
                case ']' -> inBrackets = false;
                default -> {
                }
            }
            at++;
        }
        return Math.min(at, pattern.length);
    }

    /** {@return whether the whole name matches} */
    boolean matches(byte[] name) {
        int at = 0;
        for (int i = 0; i < chunks.size() && at >= 0; i++) {
            at = end(chunks.get(i), i == chunks.size() - 1, name, at);
        }
        return at == name.length;
    }

    /** The first place that fits counts; the last chunk must also reach the end. */
    private static int end(Chunk chunk, boolean isLast, byte[] name, int from) {
        if (chunk.tokens().isEmpty()) {
            return name.length; // stars at the end
        }
        int lastStart = chunk.anywhere() ? name.length : from;
        for (int start = from; start <= lastStart; start++) {
            int end = chunk.end(name, start);
            if (end >= 0 && (!isLast || end == name.length)) {
                return end;
            }
        }
        return -1;
    }

    /** Reads the tokens of one chunk. */
    private static final class Parser {

        private static final int MALFORMED = -1;

        private final byte[] pattern;
        private final int end;
        private int at;

        Parser(byte[] pattern, int start, int end) {
            this.pattern = pattern;
            this.at = start;
            this.end = end;
        }

        /** {@return the tokens, or null if the chunk is malformed} */
        @Nullable
        List<Token> tokens() {
            List<Token> tokens = new ArrayList<>();
            while (at < end) {
                Token token = token();
                if (token == null) {
                    return null;
                }
                tokens.add(token);
            }
            return tokens;
        }

        private @Nullable Token token() {
            byte first = pattern[at++];
            return switch (first) {
                case '[' -> oneOf();
                case '?' -> new Any();
                case '\\' -> at < end ? new Exactly(pattern[at++]) : null;
                default -> new Exactly(first);
            };
        }

        private @Nullable Token oneOf() {
            boolean negated = at < end && pattern[at] == '^';
            at += negated ? 1 : 0;
            List<LetterRange> ranges = new ArrayList<>();
            while (ranges.isEmpty() || pattern[at] != ']') {
                int first = letter();
                int last = first;
                if (first != MALFORMED && pattern[at] == '-') {
                    at++;
                    last = letter();
                }
                if (last == MALFORMED) {
                    return null;
                }
                ranges.add(new LetterRange(first, last));
            }
            at++;
            return new OneOf(negated, ranges);
        }

        /** {@return the letter of a class} If nothing follows it, the class is malformed. */
        private int letter() {
            if (at == end || pattern[at] == '-' || pattern[at] == ']') {
                return MALFORMED;
            }
            if (pattern[at] == '\\' && ++at == end) {
                return MALFORMED;
            }
            int letter = Utf8Letter.at(pattern, at);
            at += Utf8Letter.length(pattern, at);
            return at < end ? letter : MALFORMED;
        }
    }
}
