/** The clustered event bus, with Hazelcast. A jar of its own, which a single node never loads. */
package io.dockrelay.cluster;
