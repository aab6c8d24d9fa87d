/** Load for those who are connected: asked for once for all of them, and told to each as it wants it. */
package io.dockrelay.listener.stats;
