package dev.kloset.files.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kloset.files.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessIdentityTest {

    /** Prints the machine that the process takes itself to be on. */
    static final class Machine {
        public static void main(String[] args) throws Exception {
            ChildJvm.report(ProcessIdentity.self().machine());
        }
    }

    private static String machine(String... wrapper) throws Exception {
        try (ChildJvm child = ChildJvm.start(List.of(wrapper), Machine.class)) {
            String machine = child.line();
            assumeTrue(machine != null, "needs rights that this user has not");
            assertThat(child.await()).isZero();
            return machine;
        }
    }

    @Test
    void processesOfOneMachineKnowThatTheyAre() throws Exception {
        assertThat(machine()).isEqualTo(ProcessIdentity.self().machine());
    }

    /** A clone of a running virtual machine has its boot id and its process numbers; what differs is what its owner changes. */
    @Test
    void aCloneWithAnotherNameIsAnotherMachine() throws Exception {
        assertThat(machine("unshare", "--uts", "sh", "-c", "hostname clone && exec \"$@\"", "sh"))
                .isNotEqualTo(ProcessIdentity.self().machine());
    }

    @Test
    void aCloneWithOtherNetworkCardsIsAnotherMachine() throws Exception {
        try (Stream<Path> cards = Files.list(Path.of("/sys/class/net"))) {
            assumeTrue(cards.anyMatch(card -> Files.exists(card.resolve("device"))),
                    "this machine has no network card");
        }
        assertThat(machine("unshare", "--net", "--mount", "sh", "-c", "mount -t sysfs none /sys && exec \"$@\"", "sh"))
                .isNotEqualTo(ProcessIdentity.self().machine());
    }

    @Test
    void aContainerWithProcessesOfItsOwnIsAnotherMachine() throws Exception {
        assertThat(machine("unshare", "--pid", "--fork", "--mount-proc"))
                .isNotEqualTo(ProcessIdentity.self().machine());
    }
}
