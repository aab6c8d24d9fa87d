package io.dockrelay.relay;

import io.vertx.core.Future;

import io.dockrelay.relay.dial.DialledHosts;
import io.dockrelay.relay.hosts.Hosts;
import io.dockrelay.relay.uplink.UplinkTarget;
import io.dockrelay.relay.uplink.Uplinks;

/** The controllers that dial in, among the hosts of the relay. */
record EnrolledLinks(Hosts hosts, Uplinks uplinks) implements DialledHosts.Links {

    @Override
    public Future<Void> add(UplinkTarget target) {
        return hosts.addEnrolled(target);
    }

    @Override
    public Future<?> remove(String name) {
        return hosts.removeEnrolled(name);
    }

    @Override
    public void retry(String name) {
        uplinks.retry(name);
    }
}
