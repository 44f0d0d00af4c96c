package dev.kloset;

/**
 * What the host tells a store about one call. A hint changes the cost, never the meaning.
 *
 * @param hot the object will be read often (it holds more than file contents): keep it on a fast tier
 */
public record StoreHints(boolean hot) {

    /** No hints. */
    public static final StoreHints NONE = new StoreHints(false);
}
