package dev.kloset.testkit;

/** What a plugin says of itself in the answer to Init. */
record Identity(String origin, String type, String root) {

    static Identity of(Fields answer) {
        return new Identity(answer.text(1), answer.text(2), answer.text(3));
    }

    String words() {
        return "type " + type + ", origin " + origin + ", root " + root;
    }
}
