package dev.kloset.support;

/**
 * Texts with a stack trace in them, as the exceptions of a server reach its clients: from Java, .NET, Node, Python and Go. Keeps
 * the words before and after the trace, and those of "Caused by".
 */
final class TraceText {

    /** A trace may be long, and the words of its causes stand between its lines. */
    private static final int LOOKED_AT = 1 << 18;

    private static final String CAUSE = "Caused by: ";

    private final Said said = new Said();
    private final StringBuilder block = new StringBuilder();
    private boolean isTrace; // a trace line was seen since the block began
    private boolean python;
    private boolean cut;

    private TraceText() {}

    /** {@return {@code text} without the lines of a stack trace; unchanged if it has none} */
    static String without(String text) {
        if (text.indexOf('\n') < 0) {
            return text;
        }
        TraceText trace = new TraceText();
        String looked = text.length() > LOOKED_AT ? text.substring(0, LOOKED_AT) + Sentence.CUT : text;
        for (String line : looked.split("\n", -1)) {
            if (trace.endsAt(line)) {
                break;
            }
            trace.take(line);
        }
        if (!trace.cut) {
            return text;
        }
        trace.endBlock();
        String words = trace.said.words();
        return words.isBlank() ? text : words;
    }

    private boolean endsAt(String line) {
        // The stacks of all goroutines follow.
        boolean end = line.startsWith("goroutine ") && line.stripTrailing().endsWith("]:");
        cut |= end;
        return end;
    }

    private void take(String line) {
        String words = line.strip();
        if (python && (words.isEmpty() || isIndented(line))) {
            return;
        }
        python = words.startsWith("Traceback (most recent call last)");
        if (python || isFrame(line, words)) {
            isTrace = true;
            cut = true;
            return;
        }
        if (words.startsWith(CAUSE)) {
            cut = true;
            endBlock();
            block.append(words, CAUSE.length(), words.length());
            return;
        }
        if (isTrace && !words.isEmpty()) {
            endBlock();
        }
        block.append(block.isEmpty() ? "" : "\n").append(line);
    }

    private void endBlock() {
        said.add(cut ? withoutType(block.toString().strip()) : block.toString());
        block.setLength(0);
        isTrace = false;
    }

    private static boolean isIndented(String line) {
        return !line.isEmpty() && line.charAt(0) <= ' ';
    }

    private static boolean isFrame(String line, String words) {
        return words.startsWith("at ") && (isIndented(line) || words.endsWith(")") && words.indexOf('(') > 0)
                || words.startsWith("... ") && (words.endsWith(" more") || words.endsWith(" common frames omitted"))
                || words.startsWith("--- End of ")
                || words.equals("During handling of the above exception, another exception occurred:")
                || words.equals("The above exception was the direct cause of the following exception:");
    }

    /** {@return {@code text} without leading class names} A name alone stays, because there is nothing else. */
    private static String withoutType(String text) {
        String rest = text;
        for (int colon = rest.indexOf(": "); colon > 0 && isType(rest, colon); colon = rest.indexOf(": ")) {
            rest = rest.substring(colon + 2).stripLeading();
        }
        return rest.isEmpty() ? text : rest;
    }

    private static boolean isType(String text, int end) {
        int dot = text.lastIndexOf('.', end - 1);
        if (dot <= 0 || !Character.isUpperCase(text.charAt(dot + 1))) {
            return false;
        }
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) != '.' && !Character.isJavaIdentifierPart(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
