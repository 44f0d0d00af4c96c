package dev.kloset.kafka.connect;

/** How a broker is spoken to. */
public enum SecurityProtocol {
    /** Without encryption and without login. */
    PLAINTEXT,
    /** With TLS, and perhaps with a certificate of the client. */
    SSL,
    /** With a login, without encryption. */
    SASL_PLAINTEXT,
    /** With a login, over TLS. */
    SASL_SSL;

    boolean hasLogin() {
        return this == SASL_PLAINTEXT || this == SASL_SSL;
    }
}
