package io.dockrelay.cluster;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import io.vertx.core.Completable;
import io.vertx.core.Vertx;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.dockrelay.settings.SettingsException;

/**
 * A member that logs which members it sees, registers again after each change of the membership (see {@link
 * RegistrationRepair}), and leaves again, with a sentence, if another one has the bus with TLS and it has not, or the other way
 * round: they could never reach each other. Members of other programs, which do not say what they have, are not compared.
 * Hazelcast calls it on threads of its own.
 */
final class AgreeingMember extends HazelcastClusterManager {

    /** What the other members are shown. */
    static final String BUS = "dockrelay.bus";

    private static final Logger log = LoggerFactory.getLogger(AgreeingMember.class);

    private final String ours;
    private Vertx vertx;
    private RegistrationRepair repair;

    AgreeingMember(Config config, boolean tls) {
        super(config);
        this.ours = tls ? "tls" : "plain";
        config.getMemberAttributeConfig().setAttribute(BUS, ours);
    }

    @Override
    public void init(Vertx vertx) {
        super.init(vertx);
        this.vertx = vertx;
        this.repair = new RegistrationRepair(vertx, this::registerAgain);
    }

    @Override
    public void join(Completable<Void> joined) {
        super.join((nothing, failure) -> {
            if (failure != null) {
                joined.fail(failure);
            } else {
                vertx.executeBlocking(() -> different(getHazelcastInstance())).onComplete((other, unreadable) -> {
                    Optional<Member> found = unreadable == null ? other : Optional.empty();
                    found.ifPresentOrElse(member -> leave(refused(member), joined), () -> joined.succeed(null));
                });
            }
        });
    }

    @Override
    public synchronized void memberAdded(MembershipEvent added) {
        super.memberAdded(added);
        if (isActive()) {
            log.info("[cluster] {} has joined; members: {}", shown(added.getMember()), members());
            repair.changed();
        }
    }

    @Override
    public synchronized void memberRemoved(MembershipEvent removed) {
        super.memberRemoved(removed);
        if (isActive()) {
            log.warn(
                    "[cluster] {} has left or cannot be reached; what it showed is not seen here until it is back;"
                            + " members: {}",
                    shown(removed.getMember()),
                    members());
            repair.changed();
        }
    }

    @Override
    public synchronized void stateChanged(LifecycleEvent event) {
        super.stateChanged(event);
        if (isActive() && event.getState() == LifecycleState.MERGED) {
            log.info("[cluster] two halves are one cluster again; members: {}", members());
            repair.changed();
        }
    }

    @Override
    public void leave(Completable<Void> left) {
        repair.close();
        super.leave(left);
    }

    /** What Vert.x does after a split: it registers its consumers, and forgets those of others, which it then looks up. */
    private void registerAgain() {
        if (isActive() && getNodeInfo() != null) {
            super.stateChanged(new LifecycleEvent(LifecycleState.MERGED));
        }
    }

    private String members() {
        return getHazelcastInstance().getCluster().getMembers().stream()
                .map(AgreeingMember::shown)
                .collect(Collectors.joining(", "));
    }

    private static String shown(Member member) {
        return member.getAddress().getHost() + ":" + member.getAddress().getPort();
    }

    private void leave(SettingsException refused, Completable<Void> joined) {
        leave((left, failure) -> joined.fail(refused));
    }

    private Optional<Member> different(HazelcastInstance cluster) {
        Set<Member> members = cluster.getCluster().getMembers();
        return members.stream()
                .filter(member -> member.getAttribute(BUS) != null
                        && !member.getAttribute(BUS).equals(ours))
                .findFirst();
    }

    private SettingsException refused(Member other) {
        String where = shown(other);
        return new SettingsException(List.of(
                ours.equals("tls")
                        ? "cluster.json: tlsCert (CLUSTER_TLS_CERT) is set here, but not at the member " + where
                                + ": set it in all members of a cluster, or in none."
                        : "cluster.json: tlsCert (CLUSTER_TLS_CERT) is empty here, but set at the member " + where
                                + ": set it in all members of a cluster, or in none."));
    }
}
