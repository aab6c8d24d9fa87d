/** The relay: what stands between the controllers on the bus and the people in front of their browsers. */
package io.dockrelay.relay;
