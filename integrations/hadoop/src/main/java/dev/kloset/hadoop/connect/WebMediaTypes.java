package dev.kloset.hadoop.connect;

import org.apache.hadoop.shaded.javax.ws.rs.core.Application;
import org.apache.hadoop.shaded.javax.ws.rs.core.Link;
import org.apache.hadoop.shaded.javax.ws.rs.core.MediaType;
import org.apache.hadoop.shaded.javax.ws.rs.core.Response.ResponseBuilder;
import org.apache.hadoop.shaded.javax.ws.rs.core.UriBuilder;
import org.apache.hadoop.shaded.javax.ws.rs.core.Variant.VariantListBuilder;
import org.apache.hadoop.shaded.javax.ws.rs.ext.RuntimeDelegate;

/**
 * Reads the media types of answers over HTTP. Hadoop's client asks a class of Jersey for that, which {@code hadoop-client-runtime}
 * 3.5.0 does not have: without this, no answer of {@code webhdfs} is understood.
 */
final class WebMediaTypes extends RuntimeDelegate {

    private WebMediaTypes() {}

    /** Read media types from now on, in this process. */
    static void install() {
        RuntimeDelegate.setInstance(new WebMediaTypes());
    }

    @Override
    public <T> HeaderDelegate<T> createHeaderDelegate(Class<T> type) {
        if (type != MediaType.class) {
            throw new IllegalArgumentException("a client needs no " + type);
        }
        return new HeaderDelegate<>() {
            @Override
            public T fromString(String value) {
                return type.cast(mediaType(value));
            }

            @Override
            public String toString(T value) {
                MediaType media = (MediaType) value;
                return media.getType() + "/" + media.getSubtype();
            }
        };
    }

    private static MediaType mediaType(String value) {
        int end = value.indexOf(';');
        String type = (end < 0 ? value : value.substring(0, end)).strip();
        int slash = type.indexOf('/');
        return slash < 0
                ? new MediaType(type, "*")
                : new MediaType(type.substring(0, slash), type.substring(slash + 1));
    }

    @Override
    public UriBuilder createUriBuilder() {
        throw new UnsupportedOperationException("a client needs no builder of addresses");
    }

    @Override
    public ResponseBuilder createResponseBuilder() {
        throw new UnsupportedOperationException("a client makes no answers");
    }

    @Override
    public VariantListBuilder createVariantListBuilder() {
        throw new UnsupportedOperationException("a client makes no answers");
    }

    @Override
    public <T> T createEndpoint(Application application, Class<T> type) {
        throw new UnsupportedOperationException("a client has no end points");
    }

    @Override
    public Link.Builder createLinkBuilder() {
        throw new UnsupportedOperationException("a client makes no links");
    }
}
