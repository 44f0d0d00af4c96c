package dev.kloset.jdbc.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConfigException;
import dev.kloset.Location;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Locations as users and Plakar write them. */
class JdbcUrlTest {

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "jdbc:postgresql://db.example.org/shop postgresql db.example.org/shop db.example.org:5432",
        "jdbc://postgresql://db:5433/shop?ssl=true postgresql db:5433/shop db:5433",
        "jdbc:mariadb://[::1]:3307/shop mariadb [::1]:3307/shop ::1:3307",
        "jdbc:postgresql://a,b/shop postgresql a,b/shop none",
        "jdbc:h2:/srv/data/app h2 /srv/data/app none",
        "jdbc:h2:tcp://localhost/./app;MODE=MySQL h2 localhost/./app localhost:9092",
        "jdbc:oracle:thin:@//h:1522/svc oracle h:1522/svc h:1522",
        "jdbc:sqlserver://h;databaseName=shop sqlserver h/shop none" })
    void theOriginIsWhatTheUserWrote(String location, String product, String origin, String server) throws Exception {
        JdbcUrl url = JdbcUrl.of(Location.parse(location));

        assertThat(url.text()).startsWith("jdbc:" + product + ":");
        assertThat(url.product()).isEqualTo(product);
        assertThat(url.origin()).isEqualTo(origin);
        if (!product.equals("sqlserver")) {
            assertThat(url.server().map(Server::toString).orElse("none")).isEqualTo(server);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "jdbc:postgresql://db/shop?user=joe&password=hidden",
        "jdbc:postgresql://db/shop?sslpassword=hidden",
        "jdbc:postgresql://joe:hidden@db/shop",
        "jdbc://postgresql://joe:hid/den@db/shop",
        "jdbc:h2:/srv/app;USER=sa;PASSWORD=hidden",
        "jdbc:sqlserver://h;databaseName=shop;Pwd = hidden",
        "jdbc:db2://h:50000/shop:user=joe;password=hidden;",
        "jdbc:oracle:thin:joe/hidden@//h:1521/svc" })
    void aPasswordIsRefusedAndNotShown(String location) {
        assertThatThrownBy(() -> JdbcUrl.of(Location.parse(location))).isInstanceOf(ConfigException.class)
                .hasMessage(
                        "the setting \"location\" contains a password: put it into the setting \"password\", which is hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = { "jdbc:postgresql://joe@db/shop", "jdbc:postgresql://db:5432/shop@home",
        "jdbc:h2:/home/a:b/x@y",
        "jdbc:oracle:thin:@//h:1521/svc" })
    void whatLooksLikeOneIsNoPassword(String location) throws Exception {
        assertThat(JdbcUrl.of(Location.parse(location)).text()).isEqualTo(location);
    }

    @Test
    void aLocationThatIsNoUrlIsRefused() {
        assertThatThrownBy(() -> JdbcUrl.of(Location.parse("jdbc:"))).isInstanceOf(ConfigException.class)
                .hasMessageContaining("must be a JDBC URL");
    }
}
