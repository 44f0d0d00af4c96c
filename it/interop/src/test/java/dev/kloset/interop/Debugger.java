package dev.kloset.interop;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.ClassPrepareRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** A debugger with one breakpoint, at which it lets the plugin continue. A thread of its own serves it until the plugin ends. */
final class Debugger {

    private static final String CONNECTOR = "com.sun.jdi.SocketAttach";

    private final VirtualMachine machine;
    private final String className;
    private final String method;
    private final AtomicInteger hits = new AtomicInteger();

    private Debugger(VirtualMachine machine, String className, String method) {
        this.machine = machine;
        this.className = className;
        this.method = method;
    }

    /**
     * {@return a debugger attached to the plugin that listens at {@code port}}
     *
     * @throws IOException if there is no listener
     */
    static Debugger attach(int port, String className, String method) throws IOException {
        AttachingConnector connector = Bootstrap.virtualMachineManager()
                .attachingConnectors()
                .stream()
                .filter(each -> each.name().equals(CONNECTOR))
                .findAny()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        Objects.requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
        Objects.requireNonNull(arguments.get("port")).setValue(Integer.toString(port));
        try {
            Debugger debugger = new Debugger(connector.attach(arguments), className, method);
            debugger.begin();
            return debugger;
        } catch (IllegalConnectorArgumentsException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return how often the plugin has reached the breakpoint} */
    int hits() {
        return hits.get();
    }

    private void begin() {
        ClassPrepareRequest prepared = machine.eventRequestManager().createClassPrepareRequest();
        prepared.addClassFilter(className);
        prepared.enable();
        machine.classesByName(className).forEach(this::stopIn);
        Thread.ofPlatform().daemon().name("debugger").start(this::serve);
        machine.resume();
    }

    private void stopIn(ReferenceType type) {
        machine.eventRequestManager()
                .createBreakpointRequest(type.methodsByName(method).getFirst().location())
                .enable();
    }

    private void serve() {
        try {
            while (true) {
                EventSet events = machine.eventQueue().remove();
                for (Event event : events) {
                    if (event instanceof VMDisconnectEvent) {
                        return;
                    }
                    react(event);
                }
                events.resume();
            }
        } catch (VMDisconnectedException e) {
            // The plugin has ended.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void react(Event event) {
        switch (event) {
            case ClassPrepareEvent prepare -> stopIn(prepare.referenceType());
            case BreakpointEvent _ -> hits.incrementAndGet();
            default -> {
            }
        }
    }
}
