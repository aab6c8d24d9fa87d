/** One upstream tail for each container that is watched, whatever the number of its readers. */
package io.dockrelay.relay.channel;
