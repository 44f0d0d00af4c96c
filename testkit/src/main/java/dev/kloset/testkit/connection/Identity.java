package dev.kloset.testkit.connection;

/** What a plugin says about itself in the answer to Init. */
public record Identity(String origin, String type, String root) {

    public static Identity of(RawMessage answer) {
        return new Identity(answer.text(1), answer.text(2), answer.text(3));
    }

    public String words() {
        return "type " + type + ", origin " + origin + ", root " + root;
    }
}
