package dev.kloset.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Code that uses a location gets the meaning of the standard; code that hides gets everything that could have been meant. */
class LocationTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = ' ', quoteCharacter = '|', value = {
        "ftp://me:secret@host/x me secret host/x", "ftp:me:secret@host/x me secret host/x",
        "web://bob:a%2Fb%40c@host:1/x bob a/b@c host:1/x", "web://bob:p@q@host/x bob p@q host/x",
        "web+tls://bob:a+b@[::1]:80/y bob a+b [::1]:80/y", "jdbc:postgresql://u:PW@h/db u PW h/db",
        "redis://:PW@h || PW h", "web://bob:50%@h bob 50% h", "web://b:p:q@h b p:q h" })
    void codeThatUsesALocationGetsTheMeaningOfTheStandard(String text, String user, String password, String place) {
        LocationText location = LocationText.of(text);
        assertThat(location.user()).contains(user);
        assertThat(location.password()).contains(password);
        assertThat(location.place()).isEqualTo(place);
    }

    @ParameterizedTest
    @ValueSource(strings = { "files:///a:b@c", "/srv/a:b@c", "files:///etc", "web://host/x", "web://host:80/x",
        "web://[::1]:80/x",
        "web://h/x?a=b", "" })
    void aLocationWithoutAUserIsShownAsItIs(String text) {
        LocationText location = LocationText.of(text);
        assertThat(location.user()).isEmpty();
        assertThat(location.password()).isEmpty();
        assertThat(location.shown()).isEqualTo(text);
        assertThat(location.withoutUser()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "ftp://me:secret@host/x ftp://me:***@host/x ftp://host/x",
        "ftp:me:secret@host/x ftp:me:***@host/x ftp:host/x",
        "web://bob:Zm9v/cret@host/x web://bob:***@host/x web://***@host/x",
        "s3://id:se/cr@et@host/x s3://id:***@host/x s3://***@host/x",
        "ftp://me:secret@host/x:y@z ftp://me:***@z ftp://***@z",
        "web://bob:a?b#c@host/x web://bob:***@host/x web://***@host/x",
        "web://DOM/bob:pw@host/x web://DOM/bob:***@host/x web://***@host/x",
        "web://DOM\\bob:pw@host/x web://DOM\\bob:***@host/x web://host/x",
        "jdbc:postgresql://u:P/W@h/db jdbc:postgresql://u:***@h/db jdbc:postgresql://***@h/db",
        "jdbc:oracle:thin:scott/tiger@h:1521/s jdbc:oracle:thin:scott/***@h:1521/s jdbc:oracle:thin:***@h:1521/s",
        "jdbc:sqlserver://h;user=sa;password=PW;x=1 jdbc:sqlserver://h;user=sa;password=*** jdbc:sqlserver://h;user=sa;password=***",
        "jdbc:x://h:1/db?password=a@b jdbc:x://h:1/db?password=*** jdbc:x://h:1/db?password=***",
        "web://h/x?secret_access_key=PW&y=1 web://h/x?secret_access_key=*** web://h/x?secret_access_key=***",
        "mongodb://u:p1@h1:1,h2:2/x mongodb://u:***@h1:1,h2:2/x mongodb://h1:1,h2:2/x",
        "mongodb://u:p1@h1,u:p2@h2/x mongodb://u:***@h2/x mongodb://h2/x",
        "web://bob:pw?token=x@h web://bob:*** web://bob:***", "web://bob@h/x web://bob@h/x web://h/x",
        "s3://minio:9000/bucket/me@home s3://minio:***@home s3://***@home" })
    void everythingThatCouldBeAPasswordIsHidden(String text, String shown, String withoutUser) {
        assertThat(LocationText.of(text).shown()).isEqualTo(shown);
        assertThat(LocationText.of(text).withoutUser()).isEqualTo(withoutUser);
    }

    @Test
    void aPartThatAnotherReaderTakesForHostOrPathIsASecretToo() {
        assertThat(FoundSecrets.of("location", "web://bob:Zm9v/cr%65t@host/x", false)).containsExactlyInAnyOrder(
                "Zm9v/cr%65t", "Zm9v/cret", "Zm9v", "cr%65t", "cret");
        assertThat(FoundSecrets.of("location", "web://u:first@h1,web://u:other@h2", false)).contains("first", "other");
        assertThat(FoundSecrets.of("location", "s3://minio:9000/bucket/me@home", false))
                .containsExactlyInAnyOrder("9000/bucket/me", "/bucket/me@", "/me@");
        assertThat(FoundSecrets.of("location", "files:///srv/data", false)).isEmpty();
    }

    @Test
    void secretsAreFoundByKeyByDeclarationAndInsideOtherValues() {
        assertThat(FoundSecrets.of("dbPassword", "x1", false)).containsExactly("x1");
        assertThat(FoundSecrets.of("client_id", "x1", false)).isEmpty();
        assertThat(FoundSecrets.of("client_id", "x1", true)).containsExactly("x1");
        assertThat(FoundSecrets.of("authorization", "Bearer x1", false)).containsExactly("Bearer x1", "x1");
        assertThat(FoundSecrets.of("headers", "Cookie: x1", false)).containsExactly("x1");
        assertThat(FoundSecrets.of("conn", "host=h password='a b' user=u", false)).containsExactly("a b");
        assertThat(FoundSecrets.of("conn", "host=h Password=x1;user=u", false)).contains("x1");
        assertThat(FoundSecrets.of("options", "?a=b&secret_access_key=x1&c=d", false)).contains("x1");
        assertThat(FoundSecrets.of("json", "{\"private_key\": \"l1\\nl2\"}", false)).contains("l1\nl2");
        assertThat(FoundSecrets.of("private_key", "-----BEGIN KEY-----\nabcd\r\nefgh\n", false))
                .contains("abcd", "efgh")
                .doesNotContain("-----BEGIN KEY-----");
        assertThat(FoundSecrets.of("use_token", "true", false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "password", "db.passwd", "secretAccessKey", "API_TOKEN", "authorization", "cookie", "dsn",
        "auth", "pwd",
        "credentials_file", "accessKey", "SSL-Passphrase" })
    void keysThatNameASecret(String key) {
        assertThat(SecretKeys.isSecret(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "keyspace", "author", "location", "host", "shelf", "", "-", "timeout" })
    void keysThatNameNoSecret(String key) {
        assertThat(SecretKeys.isSecret(key)).isFalse();
    }
}
