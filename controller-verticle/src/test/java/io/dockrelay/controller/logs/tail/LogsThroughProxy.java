package io.dockrelay.controller.logs.tail;

import org.junit.jupiter.api.AfterEach;

import io.dockrelay.controller.testing.CuttingProxy;
import io.dockrelay.docker.testing.TestEngine;

/** Base of tests that reach the real engine through a proxy, which cuts, silences or changes what passes. */
abstract class LogsThroughProxy extends LogsOnRealEngine {

    final CuttingProxy proxy;

    LogsThroughProxy(TestEngine real) {
        super(real);
        proxy = new CuttingProxy(real.socket());
    }

    @Override
    final String host() {
        return proxy.host();
    }

    @AfterEach
    void closeProxy() {
        proxy.close();
    }
}
