package org.caravanhub.settings;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A port that the hub needs is held by another process. */
public final class PortTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int port;
    private final String holder;
    private final String option;

    /**
     * @param port the port
     * @param holder who has it, for a person: {@code mosquitto (pid 812)}
     * @param option how to choose another: {@code --mqtt-port}
     */
    public PortTaken(int port, String holder, String option) {
        super("Port " + port + " is taken by " + holder + ". Stop it, or choose another port with " + option + " N.");
        this.port = port;
        this.holder = holder;
        this.option = option;
    }

    /**
     * Returns if the port is free at this moment.
     *
     * @param address where to listen, for example {@code 0.0.0.0}
     * @param option the option that chooses another port
     * @throws PortTaken if somebody listens there
     * @throws CannotListen if the address is not one of this machine, or the port needs more rights
     */
    public static void check(String address, int port, String option) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        } catch (BindException e) {
            String reason = String.valueOf(e.getMessage());
            if (reason.contains("in use")) {
                throw new PortTaken(
                        port,
                        PortHolder.of(port).map(PortHolder::toString).orElse("a process of another user"),
                        option);
            }
            throw new CannotListen(address, port, option, e);
        } catch (IOException e) {
            throw new CannotListen(address, port, option, e);
        }
    }

    /** The port. */
    public int port() {
        return port;
    }

    /** Who has it, for a person. */
    public String holder() {
        return holder;
    }

    /** The option that chooses another port. */
    public String option() {
        return option;
    }
}
