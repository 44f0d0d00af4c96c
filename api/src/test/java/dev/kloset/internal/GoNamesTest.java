package dev.kloset.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoNamesTest {

    @ParameterizedTest
    @CsvSource({ "Linux,linux", "Mac OS X,darwin", "macos,darwin", "Windows 11,windows", "FreeBSD,freebsd",
        "Some OS,someos" })
    void systemsHaveTheNamesOfGo(String javaName, String goName) {
        assertThat(GoNames.operatingSystem(javaName)).isEqualTo(goName);
    }

    @ParameterizedTest
    @CsvSource({ "x86_64,amd64", "amd64,amd64", "AMD64,amd64", "aarch64,arm64", "x86,386", "i386,386", "i686,386",
        "riscv64,riscv64", "s390x,s390x", "ppc64le,ppc64le", "arm,arm" })
    void processorsHaveTheNamesOfGo(String javaName, String goName) {
        assertThat(GoNames.architecture(javaName)).isEqualTo(goName);
    }
}
