package dev.kloset.testkit.connection;

/**
 * What a plugin says about itself in the answer to Init.
 *
 * @param isLocal whether it works on files of this machine
 */
public record Identity(String origin, String type, String root, boolean isLocal) {

    private static final int LOCALFS = 1;

    public static Identity of(RawMessage answer) {
        return new Identity(answer.text(1), answer.text(2), answer.text(3), (answer.number(4) & LOCALFS) != 0);
    }

    public String words() {
        return "type " + type + ", origin " + origin + ", root " + root;
    }
}
